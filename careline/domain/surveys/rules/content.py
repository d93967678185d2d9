"""What a questionnaire asks: its words in each language, its questions, when each is asked. As JSON:

{"intro": {lang: text}, "thanks": {…}, "questions": [{"key", "kind", "label": {…}, "required", "low": {…}, "high": {…},
"options": [[code, {…}]], "when": rules.conditions}]}
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from careline.domain.surveys.rules import conditions
from careline.domain.surveys.rules.conditions import When

SCALES: dict[str, tuple[int, int]] = {"csat": (1, 5), "nps": (0, 10), "ces": (1, 7)}
"""Satisfaction; likelihood to recommend (Reichheld 2003); effort (CEB's second form: 7 is easiest)."""
KINDS = (*SCALES, "choice", "text")
SURVEY_KINDS = (*SCALES, "own")
MOST_QUESTIONS, MOST_OPTIONS, LONGEST_WORDS, LONGEST_TEXT = 20, 20, 1000, 2000
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
Words = dict[str, str]


class BadContent(ValueError):
    """A questionnaire that can't be so; one sentence."""


@dataclass(frozen=True, slots=True)
class Question:
    """`low` and `high` are the words at the two ends of a scale."""

    key: str
    kind: str
    label: Words
    is_required: bool = False
    low: Words = field(default_factory=dict)
    high: Words = field(default_factory=dict)
    options: tuple[tuple[str, Words], ...] = ()
    when: When | None = None

    @property
    def scale(self) -> range:
        least, most = SCALES.get(self.kind, (0, -1))
        return range(least, most + 1)


@dataclass(frozen=True, slots=True)
class Content:
    questions: tuple[Question, ...]
    intro: Words = field(default_factory=dict)
    thanks: Words = field(default_factory=dict)

    @property
    def main(self) -> Question | None:
        """The question whose number is the score: the first with a scale."""
        return next((one for one in self.questions if one.kind in SCALES), None)


def content_from(given: Any) -> Content:
    """Raises BadContent, in one sentence."""
    if not isinstance(given, Mapping):
        raise BadContent("A questionnaire has questions.")
    questions = given.get("questions")
    if not isinstance(questions, Sequence) or isinstance(questions, str) or not 0 < len(questions) <= MOST_QUESTIONS:
        raise BadContent(f"A questionnaire asks 1 to {MOST_QUESTIONS} questions.")
    made = tuple(_question(one) for one in questions)
    keys = [one.key for one in made]
    if len(set(keys)) < len(keys):
        raise BadContent("Two questions have the same key.")
    for number, one in enumerate(made):
        if one.when is not None and one.when.key not in keys[:number]:
            raise BadContent(f"{one.key} waits for a question that does not stand above it.")
    return Content(made, _words(given.get("intro") or {}), _words(given.get("thanks") or {}))


def fits(content: Content, kind: str) -> None:
    """Raises BadContent where the score of a survey of this kind could not be read from it, or a condition can't be met."""
    asked = {one.key: one for one in content.questions}
    for one in content.questions:
        if one.when is not None:
            above = asked[one.when.key]
            if wrong := conditions.against(
                one.when, scale=above.scale, codes=[code for code, _words_ in above.options]
            ):
                raise BadContent(wrong)
    if kind in SCALES and (content.main is None or content.main.kind != kind):
        raise BadContent(f"The first scale of this survey has to be the one of {kind.upper()}.")
    if kind in SCALES and content.main is not None and content.main.when is not None:
        raise BadContent("The question that gives the score is asked of everybody: take its condition away.")


def as_json(content: Content) -> dict[str, Any]:
    return {
        "intro": content.intro, "thanks": content.thanks,
        "questions": [
            {
                "key": q.key, "kind": q.kind, "label": q.label, "required": q.is_required, "low": q.low, "high": q.high,
                "options": [[code, words] for code, words in q.options],
                "when": conditions.as_json(q.when) if q.when else None,
            }
            for q in content.questions
        ],
    }  # fmt: skip


def _question(given: Any) -> Question:
    if not isinstance(given, Mapping):
        raise BadContent("A question has a key, a kind and a label.")
    key, kind, label = str(given.get("key") or ""), str(given.get("kind") or ""), _words(given.get("label") or {})
    if not _KEY.fullmatch(key):
        raise BadContent("A question's key is of small letters, digits and _, and begins with a letter.")
    if kind not in KINDS:
        raise BadContent(f"A question is one of {', '.join(KINDS)}.")
    if not any(label.values()):
        raise BadContent(f"{key} has no words.")
    options = tuple(_option(one) for one in given.get("options") or ())
    if kind == "choice" and not 2 <= len({code for code, _words_ in options}) == len(options) <= MOST_OPTIONS:
        raise BadContent(f"{key} has 2 to {MOST_OPTIONS} different answers to choose from.")
    ends = {name: _words(given.get(name) or {}) for name in ("low", "high")}
    return Question(key, kind, label, bool(given.get("required")), ends["low"], ends["high"], options, _when(given))


def _option(given: Any) -> tuple[str, Words]:
    if (
        not isinstance(given, Sequence)
        or isinstance(given, str)
        or len(given) != 2
        or not _KEY.fullmatch(str(given[0]))
    ):
        raise BadContent("An answer to choose is a code and its words.")
    return str(given[0]), _words(given[1])


def _when(given: Mapping[str, Any]) -> When | None:
    asked = given.get("when")
    if not asked:
        return None
    if not isinstance(asked, Mapping) or not _KEY.fullmatch(str(asked.get("key") or "")):
        raise BadContent("A condition names a question by its key.")
    ends = [asked.get("least"), asked.get("most")]
    if any(end is not None and (isinstance(end, bool) or not isinstance(end, int)) for end in ends):
        raise BadContent("A condition's ends are whole numbers.")
    answered = asked.get("answered")
    if answered is not None and not isinstance(answered, bool):
        raise BadContent("A question was answered, or it was not: true or false.")
    return When(str(asked["key"]), ends[0], ends[1], tuple(str(code) for code in asked.get("codes") or ()), answered)


def _words(given: Any) -> Words:
    if not isinstance(given, Mapping) or len(given) > 40:
        raise BadContent("Words are given by language.")
    words = {str(code)[:12]: str(text).strip() for code, text in given.items() if str(text).strip()}
    if any(len(text) > LONGEST_WORDS for text in words.values()):
        raise BadContent(f"These words are too long: {LONGEST_WORDS} characters at most.")
    return words
