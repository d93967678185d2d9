"""A complaint ends: closed with the customer's view, taken off as a mistake, taken outside the house, or opened again."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from careline.domain.complaints.commands import clocks, complaints, entries
from careline.domain.complaints.errors import ComplaintRefused
from careline.domain.complaints.rules.clocks import unmet
from careline.domain.complaints.rules.handling import (
    ACKNOWLEDGED,
    CLOSED,
    MOST_WORDS,
    RECORDED,
    WITHDRAWN,
    against_closing,
    against_hands,
    against_reopening,
    against_withdrawing,
)
from careline.domain.complaints.rules.terms import ACKNOWLEDGEMENT, FINAL
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person
from careline.flows.hold_complaint import Held, hold_complaint, refuse
from careline.flows.keep_open_complaints import keep_open_complaints


def close_complaint(
    agent: Person, key: int, *, is_satisfied: bool | None, view: str = "", by: Actor, at: datetime
) -> None:
    """`is_satisfied`: the customer's own view, None where it is not known. Raises NotFound, Forbidden, ComplaintRefused."""
    with transaction.atomic():
        held = hold_complaint(agent, key)
        refuse(against_closing(held.standing) or against_hands(held.standing, agent.id))
        columns = {"state": CLOSED, "closed_at": at, "is_satisfied": is_satisfied, "view": view.strip()[:MOST_WORDS]}
        clocks.stop_all(key)
        complaints.change(held.row, columns, what="closed", data={"is_satisfied": is_satisfied}, by=by, at=at)
        words = view.strip()[:MOST_WORDS]
        entries.add_entry(key, "closure", words=words, data={"is_satisfied": is_satisfied}, by=by, at=at)


def withdraw_complaint(agent: Person, key: int, *, reason: str, by: Actor, at: datetime) -> None:
    """It was recorded by mistake: it counts no more, and stays on the record. Raises NotFound, Forbidden, ComplaintRefused."""
    if not reason.strip():
        raise ComplaintRefused("no_words", "Say why it is none: it stands on the record.")
    with transaction.atomic():
        held = hold_complaint(agent, key)
        refuse(against_withdrawing(held.standing) or against_hands(held.standing, agent.id))
        clocks.stop_all(key)
        complaints.change(held.row, {"state": WITHDRAWN, "closed_at": at}, what="withdrawn", data={}, by=by, at=at)
        entries.add_entry(key, "withdrawal", words=reason.strip()[:MOST_WORDS], by=by, at=at)
        _keep_case(held)


def reopen_complaint(agent: Person, key: int, *, reason: str, by: Actor, at: datetime) -> None:
    """It has to be answered once more; its final deadline runs on. Raises NotFound, Forbidden, ComplaintRefused."""
    if not reason.strip():
        raise ComplaintRefused("no_words", "Say why it is opened again: it stands on the record.")
    with transaction.atomic():
        held = hold_complaint(agent, key)
        refuse(against_reopening(held.standing))
        if held.row.conversation_id is not None and complaints.another_stands(key, held.row.conversation_id):
            raise ComplaintRefused("another_open", "There is a newer complaint on this case: go on with that one.")
        running = clocks.clocks_of(key)
        is_known = held.row.answered_at is not None or (
            ACKNOWLEDGEMENT in running and not running[ACKNOWLEDGEMENT].is_open
        )
        columns = {
            "state": ACKNOWLEDGED if is_known else RECORDED, "answered_at": None, "closed_at": None, "is_satisfied": None, "view": "",
            "reopened": held.row.reopened + 1,
        }  # fmt: skip
        complaints.change(held.row, columns, what="reopened", data={"was": held.row.state}, by=by, at=at)
        clocks.write(key, [unmet(one) for kind, one in running.items() if kind == FINAL or one.is_open])
        entries.add_entry(key, "reopening", words=reason.strip()[:MOST_WORDS], by=by, at=at)
        _keep_case(held)


def refer_complaint(
    agent: Person, key: int, *, body: str, on: date, reference: str = "", by: Actor, at: datetime
) -> None:
    """The customer, or we, took it to a body outside. Raises NotFound, Forbidden, ComplaintRefused."""
    if not body.strip():
        raise ComplaintRefused("no_words", "Name the body that it was taken to.")
    if on > at.date():
        raise ComplaintRefused("in_the_future", "It can't have been taken there later than today.")
    with transaction.atomic():
        held = hold_complaint(agent, key)
        refuse(against_hands(held.standing, agent.id))
        columns = {
            "referred_to": body.strip()[:300], "referred_on": on, "reference": reference.strip()[:300], "referral_outcome": "",
            "referral_ended_on": None,
        }  # fmt: skip
        complaints.change(held.row, columns, what="referred", data={"on": on.isoformat()}, by=by, at=at)
        entries.add_entry(key, "referral", words=body.strip()[:300], data={"on": on.isoformat()}, by=by, at=at)


def end_referral(agent: Person, key: int, *, outcome: str, on: date, by: Actor, at: datetime) -> None:
    """What the body outside decided. Raises NotFound, Forbidden, ComplaintRefused."""
    if not outcome.strip():
        raise ComplaintRefused("no_words", "Say what was decided there.")
    with transaction.atomic():
        held = hold_complaint(agent, key)
        refuse(against_hands(held.standing, agent.id))
        if held.row.referred_on is None:
            raise ComplaintRefused("not_referred", "This complaint was taken nowhere else.")
        if not held.row.referred_on <= on <= at.date():
            raise ComplaintRefused("bad_day", "That was decided between the day it was taken there and today.")
        columns = {"referral_outcome": outcome.strip()[:MOST_WORDS], "referral_ended_on": on}
        complaints.change(held.row, columns, what="referral_ended", data={"on": on.isoformat()}, by=by, at=at)
        words = outcome.strip()[:MOST_WORDS]
        entries.add_entry(key, "referral_end", words=words, data={"on": on.isoformat()}, by=by, at=at)


def _keep_case(held: Held) -> None:
    if held.case is not None:
        keep_open_complaints([held.case.id])
