"""Troubleshooting guides: steps that ask, answers that lead on, and what is wrong with a guide before anybody walks it.

As data: [{"key": "s1", "ask": {language: text}, "hint": {language: text}, "answers": [{"key": "a1", "say": {language: text},
"to": KEY OF A STEP} | {…, "end": "solved" | "hand_over"} | {…, "end": "article", "article": ID}]}]. The first step is where it begins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SOLVED, HAND_OVER, ARTICLE, STOPPED = "solved", "hand_over", "article", "stopped"
ENDS = (SOLVED, HAND_OVER, ARTICLE)
MOST_STEPS, MOST_ANSWERS, LONGEST_WORDS, LONGEST_TITLE = 60, 12, 2_000, 200
_KEY = re.compile(r"[a-z0-9]{1,16}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


class BadGuide(ValueError):
    """A guide that can't be kept so, in a sentence; `field` names the part."""

    def __init__(self, part: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = part


@dataclass(frozen=True, slots=True)
class Answer:
    """Leads `to` a step, or to an `end`; to neither while it is being written."""

    key: str
    say: Mapping[str, str]
    to: str = ""
    end: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    key: str
    ask: Mapping[str, str]
    hint: Mapping[str, str]
    answers: tuple[Answer, ...]

    def answer(self, key: str) -> Answer | None:
        return next((answer for answer in self.answers if answer.key == key), None)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a guide can't be published: a code of FAULTS, and the steps that it is about, counted from 1."""

    code: str
    step: int
    other: int = 0

    @property
    def sentence(self) -> str:
        return FAULTS[self.code] % {"step": self.step, "other": self.other}


FAULTS = {
    "empty": "A guide needs at least one step.",
    "no_question": "Step %(step)s asks nothing.",
    "dead_end": "Step %(step)s is a dead end: it has no answers.",
    "no_words": "An answer of step %(step)s says nothing.",
    "leads_nowhere": "An answer of step %(step)s leads nowhere.",
    "no_article": "An answer of step %(step)s names no article.",
    "unreached": "No answer leads to step %(step)s.",
    "loop": "Step %(step)s comes back to itself through step %(other)s.",
}


def steps_from(given: Any) -> tuple[Step, ...]:
    """The steps as somebody wrote them, also unfinished ones. Raises BadGuide for what is no guide at all."""
    if not isinstance(given, list) or len(given) > MOST_STEPS:
        raise BadGuide("steps", f"A guide is a list of at most {MOST_STEPS} steps.")
    steps = tuple(_step(n, one) for n, one in enumerate(given))
    if len({step.key for step in steps}) < len(steps):
        raise BadGuide("steps", "Each step has a key of its own.")
    return steps


def as_data(steps: Sequence[Step]) -> list[dict[str, Any]]:
    return [
        {"key": step.key, "ask": dict(step.ask), "hint": dict(step.hint), "answers": [_answer_data(a) for a in step.answers]}
        for step in steps
    ]  # fmt: skip


def faults_of(steps: Sequence[Step]) -> list[Fault]:
    """What stands against publishing it, in the order of its steps."""
    if not steps:
        return [Fault("empty", 0)]
    places = {step.key: n for n, step in enumerate(steps, 1)}
    found = [fault for n, step in enumerate(steps, 1) for fault in _faults_in(step, n, places)]
    reached = _reached(steps)
    found += [Fault("unreached", places[step.key]) for step in steps if step.key not in reached]
    return found + _loops(steps, places)


def words_from(part: str, given: Any, *, longest: int = LONGEST_WORDS) -> dict[str, str]:
    """{language: text} without empty ones. Raises BadGuide."""
    if not isinstance(given, dict):
        raise BadGuide(part, "Give the words by language, as in {“en”: “…”}.")
    for language, text in given.items():
        if not isinstance(text, str) or not _LANGUAGE.fullmatch(str(language)):
            raise BadGuide(part, "Give the words by language, as in {“en”: “…”}.")
        if len(text) > longest:
            raise BadGuide(part, f"These words are too long: at most {longest:,} characters.")
    return {language: text.strip() for language, text in given.items() if text.strip()}


def _step(n: int, given: Any) -> Step:
    part = f"steps[{n}]"
    if not isinstance(given, dict):
        raise BadGuide(part, "A step is an object with key, ask and answers.")
    answers = given.get("answers", [])
    if not isinstance(answers, list) or len(answers) > MOST_ANSWERS:
        raise BadGuide(f"{part}.answers", f"A step has at most {MOST_ANSWERS} answers.")
    read = tuple(_answer(f"{part}.answers[{m}]", one) for m, one in enumerate(answers))
    if len({answer.key for answer in read}) < len(read):
        raise BadGuide(f"{part}.answers", "Each answer of a step has a key of its own.")
    ask, hint = (words_from(f"{part}.{name}", given.get(name, {})) for name in ("ask", "hint"))
    return Step(_key(part, given.get("key")), ask, hint, read)


def _answer(part: str, given: Any) -> Answer:
    if not isinstance(given, dict):
        raise BadGuide(part, "An answer is an object with key, say, and to or end.")
    end, to = str(given.get("end") or ""), str(given.get("to") or "")
    if end and end not in ENDS:
        raise BadGuide(f"{part}.end", f"A guide ends by {', '.join(ENDS)}.")
    if end and to:
        raise BadGuide(part, "An answer leads to a step or to an end, not to both.")
    article = str(given.get("article") or "")[:40] if end == ARTICLE else ""
    say = words_from(f"{part}.say", given.get("say", {}), longest=LONGEST_TITLE)
    return Answer(_key(part, given.get("key")), say, to[:16], end, article)


def _key(part: str, given: Any) -> str:
    if not isinstance(given, str) or not _KEY.fullmatch(given):
        raise BadGuide(f"{part}.key", "A key is made of up to 16 small letters and digits.")
    return given


def _answer_data(answer: Answer) -> dict[str, Any]:
    data: dict[str, Any] = {"key": answer.key, "say": dict(answer.say)}
    if answer.end:
        return data | {"end": answer.end} | ({"article": answer.article} if answer.end == ARTICLE else {})
    return data | {"to": answer.to}


def _faults_in(step: Step, n: int, places: Mapping[str, int]) -> list[Fault]:
    found = [] if step.ask else [Fault("no_question", n)]
    if not step.answers:
        return [*found, Fault("dead_end", n)]
    if not all(answer.say for answer in step.answers):
        found.append(Fault("no_words", n))
    if any(not answer.end and answer.to not in places for answer in step.answers):
        found.append(Fault("leads_nowhere", n))
    if any(answer.end == ARTICLE and not answer.article for answer in step.answers):
        found.append(Fault("no_article", n))
    return found


def _reached(steps: Sequence[Step]) -> set[str]:
    by_key = {step.key: step for step in steps}
    reached, ahead = set(), [steps[0].key]
    while ahead:
        key = ahead.pop()
        if key not in reached and key in by_key:
            reached.add(key)
            ahead += [answer.to for answer in by_key[key].answers if answer.to]
    return reached


def _loops(steps: Sequence[Step], places: Mapping[str, int]) -> list[Fault]:
    """One fault for each answer that leads back to a step on the way to it."""
    leads = {step.key: [answer.to for answer in step.answers if answer.to in places] for step in steps}
    found: set[tuple[int, int]] = set()
    done: set[str] = set()

    def follow(key: str, way: tuple[str, ...]) -> None:
        for to in leads[key]:
            if to in way:
                found.add((places[to], places[key]))
            elif to not in done:
                follow(to, (*way, to))
        done.add(key)

    for step in steps:
        if step.key not in done:
            follow(step.key, (step.key,))
    return [Fault("loop", *pair) for pair in sorted(found)]
