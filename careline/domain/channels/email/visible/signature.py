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
_LEAST_LINES_ABOVE_DISCLAIMER = 2
# How many lines may follow: the less a delimiter looks like the "-- " of RFC 3676, the fewer.
_RFC_DELIMITER = "-- "
_DELIMITERS = {"--": 20, "---": 8, "—": 8, "––": 8, "__": 8}


def signature_lines(lines: list[str], start: int, end: int) -> int:
    """The first line of the signature within lines[start:end]; `end` where there is none."""
    found = end
    words_after = 0
    for at in range(end - 1, max(start, end - _MOST_LINES) - 1, -1):
        stripped = lines[at].strip()
        if not stripped:
            continue
        if stripped[0] in "-—–_":
            if _delimits(lines[at], stripped, words_after):
                found = at
        elif _is_device(stripped, words_after) or (_is_disclaimer(stripped) and _has_words_above(lines, start, at)):
            found = at
        words_after += 1
    return found


def _delimits(line: str, stripped: str, words_after: int) -> bool:
    if stripped in _DELIMITERS:
        return words_after <= (_MOST_LINES if line == _RFC_DELIMITER else _DELIMITERS[stripped])
    return stripped[0] == "_" and words_after <= _MOST_LINES_AFTER_RULE and is_rule(stripped)


def _is_device(stripped: str, words_after: int) -> bool:
    if len(stripped) > _LONGEST_DEVICE or words_after > _MOST_LINES_AFTER_DEVICE:
        return False
    return "," not in stripped and bool(SENT_FROM.match(stripped))


def _is_disclaimer(stripped: str) -> bool:
    return len(stripped) > 9 and bool(DISCLAIMER.match(stripped)) and bool(DISCLAIMS.search(stripped[:2000]))


def _has_words_above(lines: list[str], start: int, at: int) -> bool:
    """Somebody may begin with "This e-mail is confidential" and only then tell what happened."""
    above = sum(1 for line in lines[start:at] if line.strip())
    return above >= _LEAST_LINES_ABOVE_DISCLAIMER
