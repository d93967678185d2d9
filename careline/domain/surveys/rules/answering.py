"""What somebody answered, read and judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from careline.domain.surveys.rules.conditions import is_met
from careline.domain.surveys.rules.content import LONGEST_TEXT, SCALES, Content, Question


@dataclass(frozen=True, slots=True)
class Read:
    """`score`: of the main question, None where there is none; `values`: typed, by key; `wrong`: key → code."""

    score: int | None = None
    values: dict[str, Any] = field(default_factory=dict)
    comment: str = ""
    wrong: dict[str, str] = field(default_factory=dict)


def read(content: Content, given: Mapping[str, Any]) -> Read:
    """Takes what a page or a program sent; what was not asked (its condition does not hold) is left out.

    Codes of `wrong`: missing, scale, choice, long.
    """
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for question in content.questions:
        if not is_asked(question, values):
            continue
        value, code = _value(question, given.get(question.key))
        if code:
            wrong[question.key] = code
        elif value is None and question.is_required:
            wrong[question.key] = "missing"
        elif value is not None:
            values[question.key] = value
    main = content.main
    texts = [values[q.key] for q in content.questions if q.kind == "text" and q.key in values]
    return Read(values.get(main.key) if main else None, values, "\n\n".join(texts), wrong)


def is_asked(question: Question, values: Mapping[str, Any]) -> bool:
    return question.when is None or is_met(question.when, values)


def is_low(score: int | None, low_at_most: int | None) -> bool:
    return score is not None and low_at_most is not None and score <= low_at_most


def may_change(*, answered_at: datetime, hours: int, at: datetime) -> bool:
    """An answer may be changed for so long; afterwards it stays as it is."""
    return at <= answered_at + timedelta(hours=hours)


def _value(question: Question, given: Any) -> tuple[Any, str]:
    """(value or None, what is wrong with it)."""
    word = str(given).strip().replace("\0", "") if given is not None and not isinstance(given, bool) else ""
    if not word:
        return None, ""
    if question.kind in SCALES:
        is_number = word.isascii() and word.isdecimal() and len(word) <= 2
        return (int(word), "") if is_number and int(word) in question.scale else (None, "scale")
    if question.kind == "choice":
        return (word, "") if word in {code for code, _ in question.options} else (None, "choice")
    return (word, "") if len(word) <= LONGEST_TEXT else (None, "long")
