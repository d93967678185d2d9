"""What stands on a case's cover changes: who has it, tags, priority, subject, spam, snooze."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import cases, labels, undoing
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.sla.commands.promises import keep_promises
from careline.domain.staff.queries import is_assignable, teams
from careline.domain.staff.rules import Person


class _Kept:
    """Stands for "leave it as it is", where None means "nobody"."""


KEPT = _Kept()


@dataclass(frozen=True, slots=True)
class Change:
    """What to change; what is not given stays. `tags` are all of them from now on, `tag` is one more and `untag` one less."""

    assignee: int | _Kept | None = KEPT
    team: int | _Kept | None = KEPT
    tags: tuple[str, ...] | _Kept = KEPT
    priority: str | _Kept = KEPT
    subject: str | _Kept = KEPT
    is_spam: bool | _Kept = KEPT
    snoozed_until: datetime | _Kept | None = KEPT
    without_hint: bool = False
    tag: str = ""
    untag: str = ""


def change(agent: Person, number: int, wanted: Change, *, by: Actor, at: datetime) -> None:
    """All or nothing. Raises NotFound, Forbidden, Refused."""
    with transaction.atomic():
        case = cases.locked(_reached(agent, number, wanted).id)
        if not isinstance(wanted.assignee, _Kept) or not isinstance(wanted.team, _Kept):
            assignee = case.assignee_id if isinstance(wanted.assignee, _Kept) else wanted.assignee
            team = case.team_id if isinstance(wanted.team, _Kept) else wanted.team
            _guard_owner(assignee, team)
            cases.assign(case, assignee_id=assignee, team_id=team, by=by, at=at)
            if assignee == agent.id and case.assignee_id not in (None, agent.id):
                _tell_of_take_over(case, by=by, at=at)
        if not isinstance(wanted.tags, _Kept):
            labels.tag(case, names=wanted.tags, by=by, at=at)
        if wanted.tag:
            labels.add_tag(case, name=wanted.tag, by=by, at=at)
        if wanted.untag:
            labels.remove_tag(case, name=wanted.untag, by=by, at=at)
        if not isinstance(wanted.priority, _Kept):
            if wanted.priority not in labels.PRIORITIES:
                raise Refused(f"There is no priority {wanted.priority!r}; there are {', '.join(labels.PRIORITIES)}.")
            labels.prioritise(case, priority=labels.PRIORITIES[wanted.priority], by=by, at=at)
        if not isinstance(wanted.subject, _Kept):
            labels.rename(case, subject=wanted.subject, by=by, at=at)
        if not isinstance(wanted.is_spam, _Kept):
            labels.mark_spam(case, is_spam=wanted.is_spam, by=by, at=at)
        if wanted.without_hint:
            labels.drop_hint(case, by=by, at=at)
        if not isinstance(wanted.snoozed_until, _Kept):
            cases.snooze(case, until=wanted.snoozed_until, by=by, at=at)
        if any(not isinstance(value, _Kept) for value in (wanted.team, wanted.priority, wanted.is_spam)):
            keep_promises([case.id], by=by, at=at)
        undoing.keep(case, agent=agent.id, at=at)


def _tell_of_take_over(case: Any, *, by: Actor, at: datetime) -> None:
    """Whoever had the case is told that somebody else has it now."""
    data = {"from": case.assignee_id}
    record(
        Happening("conversation.taken_over", "conversation", case.number, case.id, case.customer_id, data), by=by, at=at
    )


def _guard_owner(assignee: int | None, team: int | None) -> None:
    if assignee is not None and not is_assignable(assignee):
        raise Refused("This person can't be given cases: they are away for good, or may not reply.")
    if team is not None and team not in {row.id for row in teams()}:
        raise Refused("There is no such team.")


def _reached(agent: Person, number: int, wanted: Change) -> Any:
    """The case, once every verb that the change needs was asked for: who may move a case may not label it by that."""
    moves = not isinstance(wanted.assignee, _Kept) or not isinstance(wanted.team, _Kept)
    labels_it = (
        wanted.without_hint
        or bool(wanted.tag or wanted.untag)
        or any(
            not isinstance(value, _Kept)
            for value in (wanted.tags, wanted.priority, wanted.subject, wanted.is_spam, wanted.snoozed_until)
        )
    )
    if moves:
        found = conversation_for(agent, number, verb="conversation:assign")
    if labels_it or not moves:
        found = conversation_for(agent, number, verb="conversation:label")
    return found
