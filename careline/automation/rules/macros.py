"""A macro is run on a case: the same flows that a person calls, all of them or none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from careline.domain.company.queries import languages
from careline.domain.conversations.errors import NotFound, Refused, ThreadChanged
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.history.actor import Actor
from careline.domain.knowledge.commands.canned import note_uses
from careline.domain.knowledge.queries.canned import macro_of
from careline.domain.knowledge.queries.values import values_in
from careline.domain.knowledge.rules.languages import language_for
from careline.domain.knowledge.rules.variables import Filled, fill
from careline.domain.staff.rules import Forbidden, Person
from careline.flows.change import Change, change
from careline.flows.note import note
from careline.flows.reply import Draft, reply
from careline.flows.resolve import reopen, resolve
from careline.flows.set_status import set_status
from careline.kit import db

_ORDER = ("assign", "team", "untag", "tag", "priority", "note", "reply", "status", "reopen", "resolve", "snooze")
"""Cover first, then words, then what ends it: so that a reply leaves before its case is resolved."""


class MacroRefused(Refused):
    """Something the macro does is not possible here; nothing of it was done. `reasons` are (action, sentence)."""

    code = "macro_refused"

    def __init__(self, reasons: list[tuple[str, str]]) -> None:
        super().__init__(" ".join(sentence for _, sentence in reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a macro does here: `does` as the macro has it, `words` filled in for this case, and why it would be refused."""

    does: dict[str, Any]
    words: Filled | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of it: the message that was written, if one was."""

    steps: list[Step]
    message: int | None = None


class _OnlyTried(Exception):
    """Ends a preview: what was tried is undone."""

    def __init__(self, steps: list[Step]) -> None:
        self.steps = steps


def preview_macro(agent: Person, number: int, key: int, *, by: Actor, at: datetime) -> list[Step]:
    """What the macro would do here, each step with its refusal if it has one; nothing is changed. Raises NotFound."""
    try:
        with transaction.atomic():
            raise _OnlyTried(_tried(agent, number, key, seen=None, by=by, at=at).steps)
    except _OnlyTried as tried:
        return tried.steps


def run_macro(agent: Person, number: int, key: int, *, seen_message: int | None = None, by: Actor, at: datetime) -> Ran:
    """All of it or nothing. Raises NotFound, ThreadChanged, MacroRefused with every reason."""
    with transaction.atomic():
        ran = _tried(agent, number, key, seen=seen_message, by=by, at=at)
        reasons = [(step.does["do"], step.refusal) for step in ran.steps if step.refusal]
        if reasons:
            raise MacroRefused(reasons)
        note_uses("macro", [key], agent=agent.id, at=at)
    return ran


def _tried(agent: Person, number: int, key: int, *, seen: int | None, by: Actor, at: datetime) -> Ran:
    case, macro = conversation_for(agent, number), macro_of(agent, key)
    if macro is None:
        raise NotFound(f"There is no macro {key}.")
    steps: list[Step] = []
    message = None
    for action in sorted(macro.actions, key=lambda action: _ORDER.index(action["do"])):
        words = filled(action, case, agent, at=at)
        refusal = ""
        if words is not None and words.unfilled:
            refusal = f"Nothing is known here for {', '.join(words.unfilled)}."
        else:
            try:
                with db.savepoint():
                    made = ACTS[action["do"]](agent, number, action, words, seen, by, at)
                message = made if made is not None else message
            except ThreadChanged:
                raise
            except (Refused, Forbidden) as refused:
                refusal = str(refused)
        steps.append(Step(action, words, refusal))
    return Ran(steps, message)


def filled(action: dict[str, Any], case: Any, agent: Person, *, at: datetime) -> Filled | None:
    if "texts" not in action:
        return None
    language = language_for(action["texts"], wanted=case.language, company=languages())
    return fill(action["texts"][language], values_in(case, agent, language=language, at=at))


Act = Callable[[Person, int, dict[str, Any], Filled | None, int | None, Actor, datetime], int | None]


def _changes(wanted: Callable[[Person, dict[str, Any], datetime], list[Change]]) -> Act:
    def act(
        agent: Person,
        number: int,
        action: dict[str, Any],
        words: Filled | None,
        seen: int | None,
        by: Actor,
        at: datetime,
    ) -> None:
        for one in wanted(agent, action, at):
            change(agent, number, one, by=by, at=at)

    return act


def _owner(agent: Person, to: str) -> int | None:
    return agent.id if to == "me" else None if to == "nobody" else int(to)


def _note(
    agent: Person, number: int, action: dict[str, Any], words: Filled | None, seen: int | None, by: Actor, at: datetime
) -> int:
    return note(agent, number, text=words.text if words else "", by=by, at=at)


def _reply(
    agent: Person, number: int, action: dict[str, Any], words: Filled | None, seen: int | None, by: Actor, at: datetime
) -> int:
    draft = Draft(text=words.text if words else "", everybody=True, seen_message=seen)
    return reply(agent, number, draft, by=by, at=at).message


def _resolve(
    agent: Person, number: int, action: dict[str, Any], words: Filled | None, seen: int | None, by: Actor, at: datetime
) -> None:
    resolve(agent, number, by=by, at=at)


def _reopen(
    agent: Person, number: int, action: dict[str, Any], words: Filled | None, seen: int | None, by: Actor, at: datetime
) -> None:
    reopen(agent, number, by=by, at=at)


def _status(
    agent: Person, number: int, action: dict[str, Any], words: Filled | None, seen: int | None, by: Actor, at: datetime
) -> None:
    set_status(agent, number, action["to"], by=by, at=at)


ACTS: dict[str, Act] = {
    "assign": _changes(lambda agent, action, at: [Change(assignee=_owner(agent, action["to"]))]),
    "team": _changes(lambda agent, action, at: [Change(team=None if action["to"] == "none" else int(action["to"]))]),
    "tag": _changes(lambda agent, action, at: [Change(tag=name) for name in action["names"]]),
    "untag": _changes(lambda agent, action, at: [Change(untag=name) for name in action["names"]]),
    "priority": _changes(lambda agent, action, at: [Change(priority=action["to"])]),
    "snooze": _changes(lambda agent, action, at: [Change(snoozed_until=at + timedelta(hours=action["hours"]))]),
    "note": _note, "reply": _reply, "resolve": _resolve, "status": _status, "reopen": _reopen,
}  # fmt: skip
