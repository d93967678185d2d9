"""A mail's text in three: what was written now, the history, the signature."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from careline.domain.channels.email.mail import Mail
from careline.domain.channels.email.visible.marks import attribution_start, is_divider, is_header_block, is_rule
from careline.domain.channels.email.visible.signature import signature_lines
from careline.domain.channels.email.visible.structure import HISTORY, marked_text

_VISIBLE, _QUOTED, _SIGNATURE = 0, 1, 2
_COLONS = (":", "：")
# Marks of writing direction say nothing about where history begins, yet stand before and after the signs that do.
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_DIRECTIONS = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


@dataclass(frozen=True, slots=True)
class Split:
    visible: str
    quoted: str = ""
    signature: str = ""


def split_visible(mail: Mail) -> None:
    """Fills `visible_text`, `quoted` and `signature` from the mail's text, or from its HTML where that tells more."""
    split = split_text(mail.text) if mail.text.strip() else Split("")
    if mail.html and not split.quoted:
        marked = marked_text(mail.html, always=not mail.text.strip())
        if marked:
            from_html = _split(marked)
            if from_html.quoted or not mail.text.strip():
                split = from_html
    mail.visible_text, mail.quoted, mail.signature = split.visible, split.quoted, split.signature


def split_text(text: str) -> Split:
    """Every line that is not blank stands in exactly one of the three, in order.

    Where nothing would be visible, all of it is.
    """
    return _split(text.replace(HISTORY, ""))


def _split(text: str) -> Split:
    """As `split_text`, where a line of HISTORY tells what only the HTML knew."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kinds = _history([line.translate(_DIRECTIONS) for line in lines] if _DIRECTION.search(text) else lines)
    _mark_signatures(lines, kinds)
    if not any(kind == _VISIBLE and line.strip() for line, kind in zip(lines, kinds, strict=True)):
        return Split(_joined(line for line in lines if line.strip() != HISTORY))
    parts: tuple[list[str], list[str], list[str]] = ([], [], [])
    for line, kind in zip(lines, kinds, strict=True):
        if line.strip() != HISTORY:
            parts[kind].append(line)
    return Split(*(_joined(part) for part in parts))


def _history(lines: list[str]) -> list[int]:
    """Which lines are history. What `>` quote ends with the `>`; any other history goes on to the end."""
    kinds = [_VISIBLE] * len(lines)
    has_words = False
    for at, line in enumerate(lines):
        stripped = line.strip()
        if not stripped:
            continue
        if stripped[0] == ">":
            kinds[at] = _QUOTED
            continue
        start = _start_of_history(lines, at, stripped)
        if start < 0:
            has_words = True
            continue
        quotes = _first_quote(lines, at)
        if quotes > 0:
            kinds[start:quotes] = [_QUOTED] * (quotes - start)
            continue
        if not has_words and stripped != HISTORY:
            continue  # a mail that begins with history: the person's words can only stand below
        start = _with_rule_above(lines, start)
        kinds[start:] = [_QUOTED] * (len(lines) - start)
        break
    _join_wrapped_quotes(lines, kinds)
    return kinds


def _start_of_history(lines: list[str], at: int, stripped: str) -> int:
    if stripped == HISTORY:
        return at
    if (":" in stripped[:40] or "：" in stripped[:40]) and (is_header_block(lines, at) or is_divider(stripped)):
        return at
    if stripped[0] in "-_=*—–" and is_divider(stripped):
        return at
    if stripped[-1] in _COLONS or (stripped[-1] == ">" and _quotes_below(lines, at)):
        return attribution_start(lines, at, quoted_below=_quotes_below(lines, at))
    return -1


def _quotes_below(lines: list[str], at: int) -> bool:
    """Whether the next line with words is quoted by `>`."""
    for line in lines[at + 1 : at + 8]:
        stripped = line.strip()
        if stripped:
            return stripped[0] == ">"
    return False


def _first_quote(lines: list[str], at: int) -> int:
    """The quoted line that the beginning of history on line `at` leads to; -1 where none follows at once."""
    reach = 8 if lines[at].strip() == HISTORY else 1
    for below in range(at + 1, min(len(lines), at + 9)):
        stripped = lines[below].strip()
        if stripped[:1] == ">":
            return below
        reach -= bool(stripped)
        if reach <= 0:
            return -1
    return -1


def _with_rule_above(lines: list[str], start: int) -> int:
    """Outlook draws a line above its header block; it belongs to the history."""
    above = start - 1
    while above >= 0 and start - above < 4 and not lines[above].strip():
        above -= 1
    return above if above >= 0 and is_rule(lines[above]) else start


def _join_wrapped_quotes(lines: list[str], kinds: list[int]) -> None:
    """A long quoted line whose end was wrapped without its `>` is still quoted, where the quote goes on right after."""
    for at in range(1, len(lines) - 1):
        if (
            kinds[at] == _VISIBLE
            and kinds[at - 1] == _QUOTED
            and kinds[at + 1] == _QUOTED
            and len(lines[at - 1]) >= 65
            and 0 < len(lines[at].strip()) <= 30
        ):
            kinds[at] = _QUOTED


def _mark_signatures(lines: list[str], kinds: list[int]) -> None:
    """Each run of the person's own lines may end in a signature."""
    at, count = 0, len(lines)
    while at < count:
        if kinds[at] != _VISIBLE:
            at += 1
            continue
        end = at
        while end < count and kinds[end] == _VISIBLE:
            end += 1
        start = signature_lines(lines, at, end)
        kinds[start:end] = [_SIGNATURE] * (end - start)
        at = end


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines).strip("\n").rstrip()
