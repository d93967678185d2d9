"""When a question is asked: by what was answered to one above it. As JSON: {"key", "least", "most", "codes", "answered"}."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class When:
    """Of the question `key`: whether it was answered at all, or a number from `least` to `most`, or one of `codes`."""

    key: str
    least: int | None = None
    most: int | None = None
    codes: tuple[str, ...] = ()
    answered: bool | None = None


def is_met(when: When, values: Mapping[str, Any]) -> bool:
    """What was not answered is neither small nor large, and none of the codes."""
    held = values.get(when.key)
    if when.answered is not None:
        return (held is not None) == when.answered
    if held is None:
        return False
    if isinstance(held, int):
        return (when.least is None or held >= when.least) and (when.most is None or held <= when.most)
    return held in when.codes


def as_json(when: When) -> dict[str, Any]:
    said: dict[str, Any] = {"key": when.key, "least": when.least, "most": when.most, "codes": list(when.codes)}
    return said if when.answered is None else {**said, "answered": when.answered}


def against(when: When, *, scale: range, codes: Collection[str]) -> str:
    """Why the question of this scale, or with these codes to choose from, can't be waited for so; empty where it can."""
    if when.answered is not None:
        return "" if when == When(when.key, answered=when.answered) else "A condition asks one thing of an answer."
    if scale:
        ends = [end for end in (when.least, when.most) if end is not None]
        if not ends:
            return "Say from which score or up to which score it is asked."
        if when.codes or any(end not in scale for end in ends) or ends != sorted(ends):
            return f"Scores to wait for lie between {scale[0]} and {scale[-1]}, the smaller one first."
        return ""
    if codes:
        return "" if when.codes and set(when.codes) <= set(codes) else "Say after which of its answers it is asked."
    return "Free words can only be waited for as answered or not."
