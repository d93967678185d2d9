"""A guide as its form says it. The order of the fields is the order of the steps; whatever is wrong comes back as it was written."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import QueryDict

from careline.domain.knowledge.rules.guides import ARTICLE, HAND_OVER, SOLVED
from careline.entrypoints.web.visit import Visit
from careline.flows.keep_guides import WrittenGuide

STEP, ANSWER, TO = "s", "a", "to"


def written_in(visit: Visit) -> WrittenGuide:
    form = visit.form
    audience = "staff" if form.get("audience") == "staff" else "public"
    return WrittenGuide(
        _by_language(form, "title"), _by_language(form, "summary"), steps_in(form), audience, "asks_device" in form
    )


def steps_in(form: QueryDict) -> list[dict[str, Any]]:
    """Fields: s.STEP.ask.LANGUAGE, s.STEP.hint.LANGUAGE, a.STEP.ANSWER.say.LANGUAGE, to.STEP.ANSWER."""
    steps: dict[str, dict[str, Any]] = {}
    for name in form:
        parts = name.split(".")
        if parts[0] == STEP and len(parts) == 4 and parts[2] in ("ask", "hint"):
            step = steps.setdefault(parts[1], {"key": parts[1], "ask": {}, "hint": {}, "answers": {}})
            step[parts[2]][parts[3]] = _typed(form, name)
        elif parts[0] == ANSWER and len(parts) == 5 and parts[3] == "say" and parts[1] in steps:
            _answer_of(steps[parts[1]], parts[2])["say"][parts[4]] = _typed(form, name)
        elif parts[0] == TO and len(parts) == 3 and parts[1] in steps:
            _answer_of(steps[parts[1]], parts[2]).update(_leads(form.get(name, "")))
    return [step | {"answers": list(step["answers"].values())} for step in steps.values()]


def reshaped(steps: list[dict[str, Any]], asked: QueryDict) -> list[dict[str, Any]]:
    """The steps with one step or answer more, one less, or one step moved; as the button that was pressed says."""
    act, step_key, answer_key = (asked.get(name, "") for name in ("act", "step", "answer"))
    place = next((n for n, step in enumerate(steps) if step["key"] == step_key), None)
    if act == "add-step":
        return [*steps, blank_step()]
    if place is None:
        return steps
    step = steps[place]
    if act == "add-answer":
        step["answers"].append(blank_answer())
    elif act == "remove-answer":
        step["answers"] = [answer for answer in step["answers"] if answer["key"] != answer_key]
    elif act == "remove-step":
        return steps[:place] + steps[place + 1 :]
    elif act == "up" and place:
        steps[place - 1 : place + 1] = [step, steps[place - 1]]
    elif act == "down" and place + 1 < len(steps):
        steps[place : place + 2] = [steps[place + 1], step]
    return steps


def blank_step() -> dict[str, Any]:
    return {"key": new_key(), "ask": {}, "hint": {}, "answers": [blank_answer(), blank_answer()]}


def blank_answer() -> dict[str, Any]:
    return {"key": new_key(), "say": {}, "to": ""}


def new_key() -> str:
    return secrets.token_hex(4)


def _answer_of(step: dict[str, Any], key: str) -> dict[str, Any]:
    found: dict[str, Any] = step["answers"].setdefault(key, {"key": key, "say": {}})
    return found


def _leads(chosen: str) -> dict[str, str]:
    if chosen in (SOLVED, HAND_OVER):
        return {"end": chosen}
    if chosen.startswith(f"{ARTICLE}:"):
        return {"end": ARTICLE, "article": chosen.removeprefix(f"{ARTICLE}:")}
    return {"to": chosen.removeprefix("step:")}


def _by_language(form: QueryDict, name: str) -> dict[str, str]:
    return {field.removeprefix(f"{name}."): _typed(form, field) for field in form if field.startswith(f"{name}.")}


def _typed(form: QueryDict, name: str) -> str:
    return form.get(name, "").replace("\r\n", "\n").strip()
