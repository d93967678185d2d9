"""Where a person's own words end and the signature begins.

Closings ("Kind regards, Carol") are the person's words and stay; a signature begins at a delimiter, at a telephone's
line, or at a disclaimer.
"""

from __future__ import annotations

from careline.domain.channels.email.visible.marks import is_rule
from careline.domain.channels.email.visible.phrases import DISCLAIMER, DISCLAIMS, SENT_FROM

_MOST_LINES = 40
_MOST_LINES_AFTER_RULE = 8
_MOST_LINES_AFTER_DEVICE = 3
_LONGEST_DEVICE = 90
# How many lines may follow: the less a delimiter looks like RFC 3676's "-- ", the shorter.
_DELIMITERS = {"--": 20, "---": 8, "—": 8, "––": 8, "__": 8}


def signature_lines(lines: list[str], start: int, end: int) -> int:
    """The first line of the signature within lines[start:end]; `end` where there is none."""
    found = end
    first = max(start, end - _MOST_LINES)
    words_after = 0
    for at in range(end - 1, first - 1, -1):
        line = lines[at]
        stripped = line.strip()
        if not stripped:
            continue
        if _begins_signature(line, stripped, words_after) and (found < end or _stands_below_words(lines, start, at)):
            found = at
        words_after += 1
    return found


def _begins_signature(line: str, stripped: str, words_after: int) -> bool:
    sign = stripped[0]
    if sign in "-—–_":
        if stripped in _DELIMITERS:
            return words_after <= (_MOST_LINES if line == "-- " else _DELIMITERS[stripped])
        return sign == "_" and words_after <= _MOST_LINES_AFTER_RULE and is_rule(stripped)
    if len(stripped) <= _LONGEST_DEVICE and words_after <= _MOST_LINES_AFTER_DEVICE and SENT_FROM.match(stripped):
        return "," not in stripped
    return len(stripped) > 9 and bool(DISCLAIMER.match(stripped)) and bool(DISCLAIMS.search(stripped[:2000]))
