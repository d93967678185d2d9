"""A case goes to a colleague or a team with a word on how it stands: a note in its thread, read first by whoever gets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import cases, messages, undoing
from careline.domain.conversations.commands.messages import NewMessage
from careline.domain.conversations.errors import MergedAway, NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.sla.commands.promises import keep_promises
from careline.domain.staff.queries import is_assignable, teams
from careline.domain.staff.rules import Forbidden, Person, require

LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Handing:
    """A case of several that go at once: to whom of the two, and the word that goes with it."""

    number: int
    to: int | None
    team: int | None
    text: str = ""


def hand_over(
    agent: Person, number: int, *, to: int | None, team: int | None, text: str, by: Actor, at: datetime
) -> int | None:
    """To a person, or to nobody in a team; the id of the note, None where nothing was said.

    Undone with the case's last change, note and all. Raises NotFound, Forbidden, Refused.
    """
    words = text.strip()
    found = conversation_for(agent, number, verb="conversation:assign")
    _guard(agent, to=to, team=team, words=words)
    with transaction.atomic():
        case = cases.locked(found.id)
        note = _note(agent, case, words, to=to, team=team, by=by, at=at) if words else None
        cases.assign(case, assignee_id=to, team_id=case.team_id if team is None else team, by=by, at=at)
        data = {"to": to, "team": team, "note": note}
        record(
            Happening("conversation.handed_over", "conversation", case.number, case.id, case.customer_id, data),
            by=by,
            at=at,
        )
        if team is not None:
            keep_promises([case.id], by=by, at=at)
        undoing.keep(case, agent=agent.id, at=at)
    return note


def _guard(agent: Person, *, to: int | None, team: int | None, words: str) -> None:
    if to is None and team is None:
        raise Refused("Say to whom: a colleague or a team.")
    if to is not None and not is_assignable(to):
        raise Refused("This person can't be given cases: they are away for good, or may not reply.")
    if team is not None and team not in {row.id for row in teams()}:
        raise Refused("There is no such team.")
    if len(words) > LONGEST:
        raise Refused(f"Keep the note under {LONGEST:,} characters.")
    if words:
        require(agent, "conversation:note")


def _note(agent: Person, case: Any, words: str, *, to: int | None, team: int | None, by: Actor, at: datetime) -> int:
    """Internal as every note, and marked: it stands above the thread until whoever gets the case has read it."""
    message = NewMessage(
        kind="note", conversation=case.id, author_kind=by.kind.value, author_id=by.id, form="note", visibility="staff",
        sender={"value": agent.email, "name": agent.name}, text=words, visible_text=words, language=case.language,
        data={"handed_over": {"to": to, "team": team}},
    )  # fmt: skip
    key = messages.add(message, number=case.number, customer=case.customer_id, happening="note.added", by=by, at=at)
    cases.note_internal(case, message=key, has_attachment=False, at=at)
    return key


def hand_over_many(agent: Person, handings: Sequence[Handing], *, by: Actor, at: datetime) -> int:
    """Each on its own and undone on its own, every one to its receiver with its word; how many. Those out of reach by now are left alone.

    Raises Forbidden and Refused before any is moved.
    """
    require(agent, "conversation:assign")
    if not handings:
        raise Refused("Tick the cases that are to go.")
    for to, team, text in {(one.to, one.team, one.text.strip()) for one in handings}:
        _guard(agent, to=to, team=team, words=text)
    done = 0
    for one in {one.number: one for one in handings}.values():
        try:
            hand_over(agent, one.number, to=one.to, team=one.team, text=one.text, by=by, at=at)
        except (NotFound, Forbidden, MergedAway):
            continue
        done += 1
    return done
