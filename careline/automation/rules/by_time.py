"""Rules by time look at all cases each minute, by one statement each: on a case they act once, until it has left what they ask for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.automation.rules.acts import act, outcome_of
from careline.automation.rules.book import Book
from careline.automation.rules.triggers import verdict
from careline.domain.triggers.commands.rules import EVERY, note_looked
from careline.domain.triggers.commands.runs import Judged, log, next_run_id, stand
from careline.domain.triggers.queries.facts import known_of
from careline.domain.triggers.queries.matching import newly_fitting
from careline.domain.triggers.queries.rules import due_rule
from careline.domain.triggers.queries.runs import often_of
from careline.domain.triggers.rules.chains import held_back
from careline.domain.triggers.rules.judging import Known

AT_ONCE = 20
"""Cases in one transaction, so that none of them is long."""


def look(*, at: datetime) -> bool:
    """One rule whose minute has come, a chunk of its cases in one transaction. False where none is due."""
    with transaction.atomic():
        row = due_rule(at)
        if row is None:
            return False
        if _acted_on(row, at=at) < AT_ONCE:
            note_looked(row.id, next_at=at + EVERY)
    return True


def _acted_on(row: Any, *, at: datetime) -> int:
    book = Book(at)
    ready = book.ready(row)
    if ready.is_broken or ready.tree is None:
        return 0
    cases, _left = newly_fitting(
        row.id, ready.tree, book.moment(row.calendar_id, asks_hours=ready.asks_hours), limit=AT_ONCE
    )
    known = known_of(cases, at=at)
    judged = [_on_case(row, ready, known[case], book, at=at) for case in cases if case in known]
    log(judged, at=at)
    return len(cases)


def _on_case(row: Any, ready: Any, known: Known, book: Book, *, at: datetime) -> Judged:
    case = known.values["id"]
    one = verdict(ready, known, book)
    stand(row.id, case, at=at)
    if one.outcome:
        return one
    if hindrance := held_back(row.id, chain=(), runs=often_of(case, at=at).get(row.id, 0)):
        one.outcome = hindrance
        return one
    one.id = next_run_id()
    one.steps = act(known.values["number"], row.actions, rule=row.id, run=one.id, answers=None, at=at)
    one.outcome = outcome_of(one.steps)
    return one
