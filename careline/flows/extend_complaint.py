"""The final deadline of a complaint is put off, with a reason, as far as its rules allow."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from careline.domain.complaints.commands import clocks, complaints, entries
from careline.domain.complaints.errors import ComplaintRefused
from careline.domain.complaints.rules.clocks import extended
from careline.domain.complaints.rules.handling import (
    MOST_WORDS,
    OPEN,
    against_extending,
    against_hands,
    against_working,
)
from careline.domain.complaints.rules.terms import FINAL, Term, end_of, end_of_day, warning_of
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person
from careline.flows.complaint_terms import rules_of, schedule_of_rules, terms_of
from careline.flows.hold_complaint import hold_complaint, refuse

LATEST = timedelta(days=3 * 366)


def extend_complaint(agent: Person, key: int, *, until: date, reason: str, by: Actor, at: datetime) -> datetime:
    """To the end of that day; what was due before stays on the record. Raises NotFound, Forbidden, ComplaintRefused."""
    if not reason.strip():
        raise ComplaintRefused("no_words", "Say why more time is needed: it stands on the record.")
    with transaction.atomic():
        held = hold_complaint(agent, key)
        refuse(against_working(held.standing) or against_hands(held.standing, agent.id))
        if until > at.date() + LATEST:
            raise ComplaintRefused("too_late", "That is later than the rules of this complaint allow.")
        clock = clocks.clocks_of(key).get(FINAL)
        if clock is None or held.row.state not in OPEN:
            raise ComplaintRefused("already_answered", "The final answer has been given.")
        rules = rules_of(held.row)
        terms, hours = terms_of(rules), schedule_of_rules(rules)
        due_at = end_of_day(until, schedule=hours)
        first = clocks.first_due(key, FINAL)
        latest = end_of(terms.extension or Term(1, "days"), since=first, schedule=hours)
        refuse(
            against_extending(extension=terms.extension is not None, due_at=clock.due_at, latest=latest, until=due_at)
        )
        warn_at = warning_of(terms.deadlines.get(FINAL, Term(1, "days")), due_at=due_at, since=at)
        clocks.write(key, [extended(clock, due_at=due_at, warn_at=warn_at)])
        data = {"kind": FINAL, "from": clock.due_at.isoformat(), "to": due_at.isoformat()}
        entries.add_entry(key, "extension", words=reason.strip()[:MOST_WORDS], data=data, by=by, at=at)
        complaints.say(held.row, "extended", data, by=by, at=at)
    return due_at
