"""Where history begins: attribution lines, dividers and header blocks, found line by line."""

from __future__ import annotations

import re

from careline.domain.channels.email.visible.phrases import DIVIDERS, FROM, OPENS, SENT, SUBJECT, TO, WROTE

_LONGEST_ATTRIBUTION = 500
_LONGEST_ATTRIBUTION_LINES = 4
_COLONS = (":", "：")
_ADDRESS = re.compile(r"[<\[(]?[^\s<>@]{1,64}@[^\s<>@]{2,190}")
_DATE = re.compile(
    r"\d{1,2}[:.h]\d{2}|\b(?:19|20)\d\d\b|"
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[年년]|\d{1,2}[月월]|\b\d{1,2} (?:Uhr|h)\b"
)
_TIME_OR_FULL_DATE = re.compile(
    r"\d{1,2}[:.h]\d{2}|\b(?:19|20)\d\d\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|[年년].{0,8}[月월]"
)
_OLD_GMAIL = re.compile(r"\d{4}[/-]\d{1,2}[/-]\d{1,2}\s.{0,200}<[^<>\s]{3,200}>\s*:?$")
_RULE_OF_SIGNS = re.compile(r"[\s*_=>—–-]{5,400}$")
_LABEL = re.compile(r"[\s>*_]{0,8}([^\W\d_][^:：\n]{0,24}?)\s{0,3}\*{0,2}\s?[:：]\*{0,2}")


def is_divider(line: str) -> bool:
    """-----Original Message-----, in any language; the dashes (or Apple's closing colon) must be there."""
    if len(line) > 120:
        return False
    words = line.strip(" \t-_=*>—–:：").lower().replace("i\u0307", "i")
    if words not in DIVIDERS:
        return False
    stripped = line.strip()
    return stripped[:1] in "-_=*—–" or stripped[-1:] in _COLONS


def is_header_block(lines: list[str], at: int) -> bool:
    """Whether From: … Sent: … To: … Subject: stand here, in any language and any order after the first."""
    if _label(lines[at]) not in FROM:
        return False
    kinds, seen = {"from"}, 0
    for line in lines[at + 1 : at + 9]:
        if not line.strip():
            if seen:
                break
            continue
        label = _label(line)
        for kind, words in (("sent", SENT), ("to", TO), ("subject", SUBJECT)):
            if label in words:
                kinds.add(kind)
                seen += 1
    # Somebody's own "From: Berlin, To: Paris, Date: Friday" is no mail header: that has a subject or an address.
    return len(kinds) >= 3 and ("subject" in kinds or "@" in lines[at])


def attribution_start(lines: list[str], at: int, *, quoted_below: bool) -> int:
    """The first line of the attribution that ends on line `at`; -1 where there is none.

    With quoted lines right below, a date or an address and a closing colon are enough, whatever the language.
    """
    last = lines[at].strip()
    if len(last) > _LONGEST_ATTRIBUTION:
        return -1
    if not last.endswith(_COLONS):
        old = quoted_below and (_OLD_GMAIL.match(last) or (last.endswith(">") and _closes_old_style(last)))
        return at if old else -1
    near = " ".join(line[:_LONGEST_ATTRIBUTION] for line in lines[max(0, at - _LONGEST_ATTRIBUTION_LINES + 1) : at + 1])
    if "@" not in near and not _DATE.search(near):
        return -1
    text, best = "", -1
    for first in range(at, max(-1, at - _LONGEST_ATTRIBUTION_LINES), -1):
        line = lines[first].strip()
        if not line or line.startswith(">"):
            break
        text = f"{line} {text}" if text else line
        if len(text) > _LONGEST_ATTRIBUTION:
            break
        if _is_attribution(text, quoted_below=quoted_below):
            best = first
            if _opens(text):
                break
        elif best >= 0:
            break
    return best


def is_rule(line: str) -> bool:
    """A line of dashes or underscores only."""
    return bool(_RULE_OF_SIGNS.match(line))


def _is_attribution(text: str, *, quoted_below: bool) -> bool:
    has_address = "@" in text and bool(_ADDRESS.search(text))
    if not (has_address or _DATE.search(text)):
        return False
    if WROTE.search(text):
        if quoted_below or has_address:
            return True
        return _opens(text) and bool(_TIME_OR_FULL_DATE.search(text))
    if has_address and _DATE.search(text) and text.rstrip(":： ").endswith((">", ")", "]")):
        return True
    return quoted_below and (has_address or bool(_TIME_OR_FULL_DATE.search(text))) and (has_address or _opens(text))


def _opens(text: str) -> bool:
    return bool(OPENS.match(text)) or text[0].isdigit() or bool(_DATE.match(text))


def _closes_old_style(last: str) -> bool:
    return bool(_DATE.search(last)) and "@" in last and bool(WROTE.search(last) or last[0].isdigit())


def _label(line: str) -> str:
    found = _LABEL.match(line)
    return found[1].strip(" *_").lower() if found else ""
