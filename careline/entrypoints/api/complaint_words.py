"""How complaints are shown to programs."""

from __future__ import annotations

from typing import Any

from careline.domain.complaints.queries.register import clocks_of, corrections_of, record_of
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.merges import cases_below
from careline.domain.desk.queries.complaints import complaint_for, complaint_handed_on, redress_on
from careline.domain.staff.rules import Person
from careline.entrypoints.api.shapes import complaints as shapes
from careline.entrypoints.api.shapes.money import money_shown
from careline.entrypoints.api.shapes.parts import Named
from careline.flows.complaint_trends import Trend
from careline.flows.complaint_words import number_words
from careline.kit.money import Money


def complaint_of(person: Person, key: int) -> shapes.Complaint:
    """Raises NotFound."""
    return _whole(complaint_for(person, key))


def complaint_left(person: Person, key: int) -> shapes.Complaint:
    """The answer to what they changed just now: also to whoever said that it is about themselves, this once."""
    row = complaint_handed_on(key)
    return _whole(row) if row is not None and row.about_id == person.id else complaint_of(person, key)


def _whole(row: Any) -> shapes.Complaint:
    key, referral = row.id, None
    if row.referred_on is not None:
        referral = shapes.ComplaintReferral(
            row.referred_to, row.referred_on, row.reference, row.referral_outcome, row.referral_ended_on
        )
    clocks = [
        shapes.ComplaintClock(one.kind, one.due_at, one.first_due_at, one.warned_at, one.met_at, one.broken_at)
        for one in clocks_of([key])
    ]
    record = [
        shapes.ComplaintRecordLine(
            str(one.id), one.at, one.by_name, one.what, one.words, str(one.message_id) if one.message_id else None, one.paper_id is not None
        )
        for one in record_of(key)
    ]  # fmt: skip
    return shapes.Complaint(
        row_of(row), _named(row.rules_id, row.rules_name), _named(row.investigator_id, row.investigator_name),
        _named(row.about_id, row.about_name), row.reasons, list(row.remedies), referral, clocks, _redress(row),
        [correction_of(one) for one in corrections_of(key)], record,
    )  # fmt: skip


def row_of(row: Any) -> shapes.ComplaintRow:
    return shapes.ComplaintRow(
        str(row.id), number_words(row.id), row.number, row.customer_name, row.state, _named(row.category_id, row.category_name), row.severity,
        _named(row.product_id, row.product_name), row.complainant, row.country, row.text, row.wish, _named(row.owner_id, row.owner_name),
        row.received_at, row.next_due_at, row.due_kind, row.is_broken, row.outcome, _named(row.cause_id, row.cause_name), row.answered_at,
        row.closed_at, row.is_satisfied,
    )  # fmt: skip


def correction_of(one: Any) -> shapes.Correction:
    return shapes.Correction(
        str(one.id), one.text, _named(one.owner_id, one.owner_name), one.due_at, one.done_at, one.result, one.check_due_at, one.checked_at,
        one.checker_name, one.is_effective, one.finding,
    )  # fmt: skip


def trend_shown(found: Trend) -> shapes.ComplaintTrend:
    causes = [
        shapes.CauseTrend(one.name, one.depth, [str(key) for key in one.keys], one.now, one.then, one.change)
        for one in found.causes
    ]
    now, then = found.figures_now, found.figures_then
    return shapes.ComplaintTrend(
        found.now.start, found.now.end, found.then.start, now.count, then.count, now.in_time, then.in_time, causes
    )


def _redress(row: Any) -> list[shapes.ComplaintRedress]:
    case = conversation_by_number(row.number) if row.number is not None else None
    if case is None:
        return []
    return [
        shapes.ComplaintRedress(
            one.action, money_shown(Money(one.amount, one.currency)) if one.amount is not None else None, one.state,
            str(one.request) if one.request else None, one.at,
        )
        for one in redress_on(cases_below(case.id), since=row.received_at, until=row.closed_at)
    ]  # fmt: skip


def _named(key: int | None, name: str | None) -> Named | None:
    return Named(str(key), name) if key is not None and name is not None else None
