"""Undo of what an agent has just changed on a case: put back as it stood, where nothing came after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import cases, deliveries, many, mentions, undoing
from careline.domain.conversations.errors import AlreadyGone, NotFound
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.messages import message_of
from careline.domain.conversations.queries.work import undo_of
from careline.domain.conversations.rules.covers import cover_of, verbs_of
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.sla.commands.promises import keep_promises
from careline.domain.staff.rules import Person, require


@dataclass(frozen=True, slots=True)
class Undone:
    """What was undone: a note, with its words, or a change of the cover."""

    note: int | None = None
    text: str = ""


def undo(agent: Person, number: int, *, by: Actor, at: datetime) -> Undone:
    """Undoes this agent's last change of the case.

    Also where the case went out of their sight by it. Raises NotFound, Forbidden, AlreadyGone.
    """
    with transaction.atomic():
        kept = undo_of(number, agent=agent.id, at=at)
        case = cases.locked(kept.conversation_id) if kept is not None else None
        if case is None or kept is None:
            conversation_for(agent, number)
            raise AlreadyGone("There is nothing of yours to undo here any more.")
        if case.version != kept.version:
            raise AlreadyGone("Something came after it: change it by hand.")
        undoing.forget(kept.id)
        if kept.note_id is not None:
            return Undone(kept.note_id, _note_taken_back(agent, case, kept, by=by, at=at))
        now = cover_of(case)
        for verb in verbs_of(kept.before, now):
            require(agent, verb)
        many.rewrite([(case, now, kept.before)], by=by, at=at, data={"undo": True, "of": kept.at.isoformat()})
        keep_promises([case.id], by=by, at=at)
        _with_its_word(agent, case, at=kept.at, now=at)
    return Undone()


def _with_its_word(agent: Person, case: Any, *, at: datetime, now: datetime) -> None:
    """A case that was handed over with a word, `at` that moment, comes back without it."""
    last = message_of(case.id, case.last_message_id) if case.last_message_id else None
    if last is not None and "handed_over" in last.data and (last.author_id, last.created_at) == (agent.id, at):
        deliveries.withdraw(last.id, at=now)


def _note_taken_back(agent: Person, case: Any, kept: Any, *, by: Actor, at: datetime) -> str:
    """As an answer that was taken back: it stays on the record, and is shown no more."""
    require(agent, "conversation:note")
    note = kept.note_id
    found = message_of(case.id, note)
    if found is None or found.author_id != agent.id or not deliveries.withdraw(note, at=at):
        raise NotFound(f"There is no note {note} of yours.")
    mentions.unmention(case, message=note)
    cases.put_back(
        case, category=case.category, waiting_since=case.waiting_since, first_responded_at=case.first_responded_at, by=by, at=at
    )  # fmt: skip
    data = {"case": case.number, "of": kept.at.isoformat()}
    record(Happening("message.taken_back", "message", note, case.id, case.customer_id, data), by=by, at=at)
    return str(found.text)
