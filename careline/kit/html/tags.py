"""HTML cut into text and tags, in one pass: no tree, so neither depth nor disorder costs more than length."""

from __future__ import annotations

import re
from collections.abc import Iterator

# name of the tag ("" for text), its attributes or the text, whether it closes
Token = tuple[str, str, bool]

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*+)((?:[^<>\"']++|\"[^\"<>]*+\"|'[^'<>]*+')*+)>")
_OPEN = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*+)")
_MARK = re.compile(r"[>\"']")
_RAW = frozenset(("script", "style", "title", "noscript", "template", "svg", "math", "iframe", "noembed", "noframes"))
_RAW_END = {name: re.compile(rf"</{name}\s*+>", re.I) for name in _RAW}


def tokens(html: str) -> Iterator[Token]:
    """Text and tags in order. Comments, declarations and what stands inside scripts and the like are left out."""
    absent: set[str] = set()
    at, end = 0, len(html)
    find, match = html.find, _TAG.match
    while at < end:
        opening = find("<", at)
        if opening < 0:
            yield "", html[at:], False
            return
        if opening > at:
            yield "", html[at:opening], False
        found = match(html, opening)
        if found:
            slash, name, attributes = found.groups()
            at = found.end()
        elif html[opening + 1 : opening + 2] in ("!", "?"):
            at = _after_declaration(html, opening, absent)
            continue
        else:
            start = _OPEN.match(html, opening)
            if not start:
                yield "", "<", False
                at = opening + 1
                continue
            closing = _end_of_tag(html, start.end(), absent)
            if closing < 0:
                yield "", html[opening:], False
                return
            slash, name, attributes = start[1], start[2], html[start.end() : closing]
            at = closing + 1
        name = name.lower()
        if name in _RAW and not slash:
            at = _after_raw(html, at, name, absent)
            continue
        yield name, attributes, bool(slash)


def _end_of_tag(html: str, at: int, absent: set[str]) -> int:
    """Where the tag's `>` stands, skipping quoted values; -1 where it never ends. `absent` keeps the search linear."""
    while True:
        if ">" in absent:
            return -1
        mark = _MARK.search(html, at)
        if not mark:
            absent.add(">")
            return -1
        if mark[0] == ">":
            return mark.start()
        at = mark.end()
        if mark[0] in absent or not html[max(0, mark.start() - 8) : mark.start()].rstrip().endswith("="):
            continue
        closing = html.find(mark[0], at)
        if closing < 0:
            absent.add(mark[0])
        else:
            at = closing + 1


def _after_declaration(html: str, opening: int, absent: set[str]) -> int:
    ending = "-->" if html.startswith("<!--", opening) else ">"
    if html.startswith(("<!-->", "<!--->"), opening):
        ending = ">"
    if ending not in absent:
        closing = html.find(ending, opening + 2)
        if closing >= 0:
            return closing + len(ending)
        absent.add(ending)
    # An unclosed comment: what follows may be somebody's words.
    return opening + (4 if ending == "-->" else 2)


def _after_raw(html: str, at: int, name: str, absent: set[str]) -> int:
    if name in absent:
        return at
    closing = _RAW_END[name].search(html, at)
    if closing:
        return closing.end()
    absent.add(name)
    return at
