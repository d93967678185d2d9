"""So that it does not happen again: a corrective action with an owner and a day, and somebody else who looks whether it helped."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from careline.domain.complaints.commands import corrections
from careline.domain.complaints.errors import ComplaintRefused
from careline.domain.complaints.queries.register import correction_by_id
from careline.domain.complaints.rules.handling import MOST_WORDS, against_checking
from careline.domain.complaints.rules.terms import end_of_day
from careline.domain.conversations.errors import NotFound
from careline.domain.history.actor import Actor
from careline.domain.staff.queries import agent_by_id
from careline.domain.staff.rules import Person
from careline.flows.complaint_terms import rules_of, schedule_of_rules
from careline.flows.hold_complaint import Held, hold_complaint, refuse

LONGEST_CHECK = 365
LATEST = timedelta(days=3 * 366)


def ask_correction(
    agent: Person, key: int, *, text: str, owner: int, due_on: date, check_after: int = 30, by: Actor, at: datetime
) -> int:
    """Until the end of that day; `check_after` days behind it is done somebody else looks. Raises NotFound, Forbidden, ComplaintRefused."""
    if not text.strip():
        raise ComplaintRefused("no_words", "Say what is to be done.")
    if not 1 <= check_after <= LONGEST_CHECK:
        raise ComplaintRefused("bad_check", f"Whether it helped is checked from 1 to {LONGEST_CHECK} days later.")
    if due_on > at.date() + LATEST:
        raise ComplaintRefused("bad_day", "That is too late: name a day of the next three years.")
    if agent_by_id(owner) is None:
        raise ComplaintRefused("no_such_colleague", "Nobody who works here has this number.")
    with transaction.atomic():
        held = hold_complaint(agent, key)
        due_at = end_of_day(due_on, schedule=schedule_of_rules(rules_of(held.row)))
        if due_at <= at:
            raise ComplaintRefused("bad_day", "It has to be due today or later.")
        return corrections.add_correction(
            held.row, text=text.strip()[:MOST_WORDS], owner=owner, due_at=due_at, check_after=check_after, cause=held.row.cause_id, by=by,
            at=at,
        )  # fmt: skip


def finish_correction(agent: Person, correction: int, *, result: str, by: Actor, at: datetime) -> None:
    """Done, with what came of it. Raises NotFound, Forbidden, ComplaintRefused."""
    with transaction.atomic():
        held, row = _held(agent, correction)
        if row.done_at is not None:
            raise ComplaintRefused("already_done", "This was done already.")
        check_due_at = at + timedelta(days=row.check_after)
        corrections.finish(held.row, row, result=result.strip()[:MOST_WORDS], check_due_at=check_due_at, by=by, at=at)


def check_correction(
    agent: Person, correction: int, *, is_effective: bool, finding: str, by: Actor, at: datetime
) -> None:
    """Whether it helped, found by another person than did it. Raises NotFound, Forbidden, ComplaintRefused."""
    if not finding.strip():
        raise ComplaintRefused("no_words", "Say what you looked at.")
    with transaction.atomic():
        held, row = _held(agent, correction)
        if row.done_at is None:
            raise ComplaintRefused("not_done", "It has not been done yet.")
        if row.checked_at is not None:
            raise ComplaintRefused("already_checked", "This was checked already.")
        refuse(against_checking(checker=agent.id, owner=row.owner_id, done_by=row.done_by_id))
        finding = finding.strip()[:MOST_WORDS]
        corrections.check(held.row, row, is_effective=is_effective, finding=finding, by=by, at=at)


def _held(agent: Person, correction: int) -> tuple[Held, Any]:
    found = correction_by_id(correction)
    if found is None:
        raise NotFound(f"There is no corrective action {correction}.")
    held = hold_complaint(agent, found.complaint_id)
    row = corrections.locked_correction(correction)
    if row is None:
        raise NotFound(f"There is no corrective action {correction}.")
    return held, row
