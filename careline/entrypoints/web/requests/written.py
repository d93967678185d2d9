"""A type as it stands on the screen: read from what was sent, so that nothing but saving keeps it.

Fields are rows f0, f1 … as forms have them; steps s0 …, papers p0 …, reasons r0 …, criteria c0 … and effects e0 …
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import QueryDict

from careline.domain.forms.rules.content import Content as Form
from careline.domain.forms.rules.content import Words
from careline.domain.requests.rules.content import (
    DECISION,
    LETTERS,
    MOST_PAPERS,
    MOST_STEPS,
    STEP_KINDS,
    Content,
    Criterion,
    Effect,
    PaperAsked,
    Reason,
    StepPlan,
)
from careline.entrypoints.web.forms.written import rearranged as rearranged_fields
from careline.entrypoints.web.forms.written import written_content
from careline.entrypoints.web.visit import whole_number
from careline.kit.typed_fields import code_of

MOST_ROWS = 60


def written_type(form: QueryDict, languages: Sequence[str]) -> Content:
    """All that stands on the screen. What can't be is said by flows.keep_service_request_types when it is saved."""
    asked = written_content(form, languages)
    papers: list[PaperAsked] = []
    for row in _rows(form, "paper", MOST_PAPERS):
        words = _words(form, f"{row}-name", languages)
        key = _key(form, row, words, "paper", {one.key for one in papers})
        papers.append(PaperAsked(key, words, form.get(f"{row}-required") == "1"))
    reasons: list[Reason] = []
    for row in _rows(form, "reason-row", MOST_ROWS):
        words = _words(form, f"{row}-words", languages)
        reasons.append(Reason(_key(form, row, words, "reason", {one.code for one in reasons}), words))
    return Content(
        asked.title, asked.fields, _steps(form, languages), asked.intro, tuple(papers), tuple(reasons), _effects(form),
        {which: said for which in LETTERS if (said := _words(form, f"letter-{which}", languages))}, form.get("amount", ""),
        form.get("currency", "").strip().upper()[:3] if form.get("amount") else "", form.get("for_customers") == "1",
    )  # fmt: skip


def rearranged(content: Content, act: str) -> Content:
    """One row more, less, up or down, as a button asks: add:text, step-add:check, step-up:2, paper-add:, reason-remove:0."""
    what, _colon, which = act.partition(":")
    noun, _dash, verb = what.partition("-")
    if noun == "step":
        return replace(content, steps=_moved(list(content.steps), verb, which, _new_step(content, which)))
    if noun == "paper":
        key = _free("paper", {one.key for one in content.papers})
        return replace(content, papers=_moved(list(content.papers), verb, which, PaperAsked(key, {})))
    if noun == "reason":
        code = _free("reason", {one.code for one in content.reasons})
        return replace(content, reasons=_moved(list(content.reasons), verb, which, Reason(code, {})))
    return replace(content, fields=rearranged_fields(Form({}, content.fields), act).fields)


def _moved(rows: list[Any], verb: str, which: str, new: Any) -> tuple[Any, ...]:
    if verb == "add":
        return (*rows, new)
    place = int(which) if which.isdecimal() and len(which) < 4 and int(which) < len(rows) else None
    if place is None:
        return tuple(rows)
    if verb == "remove":
        del rows[place]
    elif verb in ("up", "down"):
        rows.insert(max(0, min(len(rows) - 1, place + (1 if verb == "down" else -1))), rows.pop(place))
    return tuple(rows)


def _new_step(content: Content, kind: str) -> StepPlan:
    kind = kind if kind in STEP_KINDS else "task"
    return StepPlan(_free(kind, {one.key for one in content.steps}), kind, {})


def _steps(form: QueryDict, languages: Sequence[str]) -> tuple[StepPlan, ...]:
    steps: list[StepPlan] = []
    for row in _rows(form, "step", MOST_STEPS):
        kind, words = form.get(f"{row}-kind", ""), _words(form, f"{row}-name", languages)
        steps.append(
            StepPlan(
                _key(form, row, words, kind or "step", {one.key for one in steps}), kind, words, whole_number(form.get(f"{row}-team")),
                whole_number(form.get(f"{row}-skill")), whole_number(form.get(f"{row}-hours")),
                _criteria(form, languages) if kind == DECISION else (),
            )
        )  # fmt: skip
    return tuple(steps)


def _criteria(form: QueryDict, languages: Sequence[str]) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(form.get(f"{row}-field", ""), form.get(f"{row}-compare", ""), form.get(f"{row}-value", "").strip()[:100],
                  _words(form, f"{row}-words", languages))
        for row in _rows(form, "criterion", MOST_ROWS)
        if form.get(f"{row}-field")
    )  # fmt: skip


def _effects(form: QueryDict) -> tuple[Effect, ...]:
    return tuple(
        Effect(form.get(f"{row}-field", ""), form.get(f"{row}-target", ""))
        for row in _rows(form, "effect", MOST_ROWS)
        if form.get(f"{row}-field")
    )


def _rows(form: QueryDict, name: str, most: int) -> list[str]:
    return [row for row in form.getlist(name)[: most + 1] if row.isalnum()]


def _key(form: QueryDict, row: str, words: Words, otherwise: str, taken: set[str]) -> str:
    return form.get(f"{row}-key", "") or _free(code_of(next(iter(words.values()), "")) or otherwise, taken)


def _free(wanted: str, taken: set[str]) -> str:
    tried = (wanted[:40], *(f"{wanted[:40]}_{count}" for count in range(2, MOST_ROWS + 200)))
    return next(key for key in tried if key not in taken)


def _words(form: QueryDict, name: str, languages: Sequence[str]) -> Words:
    return {code: text for code in languages if (text := form.get(f"{name}-{code}", "").replace("\r\n", "\n").strip())}
