"""Somebody is erased, or made a figure without a name: all that we hold of their words goes, in every package.

`erase` takes their cases with them; `anonymise` keeps cases, counts and moments. In cases of others they are struck out
either way. The dry run is the act itself, taken back, so the two can't differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from careline.domain.approvals.commands.requests import forget_words as forget_approvals
from careline.domain.channels.removing import empty_inbound, inbound_of, unplaced_of
from careline.domain.chats.forgetting import forget_visitors
from careline.domain.conversations.commands import forgetting, removing
from careline.domain.conversations.commands.search_index import forget_texts
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.removals import CasesOfPerson, cases_of_person, numbers_on_hold, words_in
from careline.domain.customers.commands import erasing
from careline.domain.customers.commands.erasing import Known
from careline.domain.customers.commands.people import Gone
from careline.domain.customers.queries.erasures import erasures_after
from careline.domain.desk.erasing import forget_searches
from careline.domain.desk.erasing import forget_words as forget_vocabulary
from careline.domain.desk.queries.api_customers import customer_for
from careline.domain.files.commands import let_go, take_off_the_disk
from careline.domain.history.actor import Actor
from careline.domain.history.commands import empty_set_asides
from careline.domain.idempotency.commands import empty_answers
from careline.domain.orders.commands.forgetting import forget_buyers
from careline.domain.requests.commands.forgetting import forget_requests
from careline.domain.staff.rules import Person
from careline.domain.webhooks.erasing import forget_told
from careline.flows.forget_words import forget_words
from careline.kit.journal import Journal

MODES = ("erase", "anonymise")
JOURNAL = "erasures.jsonl"


@dataclass(slots=True)
class Erased:
    """What goes: counts by noun, and the numbers of the cases that go, are emptied, or lose only this person's part."""

    mode: str
    counts: dict[str, int] = field(default_factory=dict)
    removed: list[int] = field(default_factory=list)
    emptied: list[int] = field(default_factory=list)
    shared: list[int] = field(default_factory=list)
    id: int = 0
    key: str = ""


def would_erase(agent: Person, customer: int, *, mode: str, by: Actor, at: datetime) -> Erased:
    """What `erase_customer` would do now, exactly; nothing is changed. Raises as it does."""
    customer_for(agent, customer, verb="customer:erase")
    with transaction.atomic():
        erased, _ = _erase(customer, mode=mode, reason="", key="", by=by, at=at)
        transaction.set_rollback(True)
    return erased


def erase_customer(agent: Person, customer: int, *, mode: str, reason: str, by: Actor, at: datetime) -> Erased:
    """Raises NotFound, Forbidden, Refused where a case is under legal hold."""
    customer_for(agent, customer, verb="customer:erase")
    with transaction.atomic():
        erased, gone = _erase(customer, mode=mode, reason=reason, key="", by=by, at=at)
    take_off_the_disk(gone)
    journal_erasures()
    return erased


def erase_again(entry: dict[str, Any], *, by: Actor) -> list[str] | None:
    """What a restored backup still holds of somebody who was erased since; None where it holds nothing.

    `entry` is a line of the journal. Holds are not asked: it was decided then. The contents that nothing names any more are
    given back and lie on the disk still: until the restored system has its place, the other one may need them.
    """
    at = datetime.fromisoformat(str(entry["at"]))
    said = {name: str(entry.get(name, "")) for name in ("mode", "reason", "key")}
    try:
        with transaction.atomic():
            _, gone = _erase(int(entry["customer"]), **said, by=by, at=at, is_asking=False)
    except NotFound:
        return None
    return gone


def journal_erasures() -> int:
    """Puts on the journal outside of the database what a crash left out; how many."""
    found = erasures_after(0, limit=100_000)
    return Journal(settings.DATA / JOURNAL).add(_entry(row) for row in found) if found else 0


def _erase(
    customer: int, *, mode: str, reason: str, key: str, by: Actor, at: datetime, is_asking: bool = True
) -> tuple[Erased, list[str]]:
    """What went, and the contents to take off the disk after the commit."""
    if mode not in MODES:
        raise Refused(f"A customer is erased by {' or '.join(MODES)}.")
    try:
        known = erasing.held_person(customer)
    except Gone as absent:
        raise NotFound(str(absent)) from absent
    cases = cases_of_person(known.people, known.addresses)
    if is_asking and (held := numbers_on_hold([*cases.own, *cases.shared])):
        raise Refused(f"Under legal hold: {', '.join(map(str, held))}. Take the tag off first.")
    erased = Erased(mode)
    sheets = erasing.sheets_of(known.people, known.addresses)
    uploads = forget_visitors(known.people, cases.own)
    digests, messages = _leave_cases(erased, known, cases, by=by, at=at)
    raw = sorted({*inbound_of(messages.ids), *unplaced_of(known.addresses)})
    digests |= set(empty_inbound(raw, outcome="erased", reason="Removed with the customer it was from.", at=at))
    digests |= forget_words(cases.own, customers=known.people)
    digests |= set(forget_requests(known.people))
    counts = erasing.erase(known, at=at)
    _leave_the_rest(known, cases, messages)
    gone = let_go(sorted(digests | set(sheets) | set(uploads)))
    forget_texts(gone)
    erased.counts |= {"raw messages": len(raw), "files": len(gone)} | counts
    erased.counts = {name: number for name, number in erased.counts.items() if number}
    erased.id, erased.key = erasing.note_erasure(
        customer, mode=mode, reason=reason, counts=erased.counts, by=by, at=at, key=key
    )
    return erased, gone


@dataclass(slots=True)
class _Messages:
    ids: list[int]
    words: list[str]


def _leave_cases(
    erased: Erased, known: Known, cases: CasesOfPerson, *, by: Actor, at: datetime
) -> tuple[set[str], _Messages]:
    why = {"customer": known.people[0]}
    own_messages = removing.what_is_in(cases.own)
    shared = removing.what_is_in(cases.shared)
    words = words_in([*own_messages.message_ids, *shared.message_ids])
    naming = forgetting.mails_in(cases.shared)
    take = removing.remove_cases if erased.mode == "erase" else removing.empty_cases
    own = take(cases.own, why=why, by=by, at=at)
    others = forgetting.leave_cases(cases.shared, people=known.people, addresses=known.addresses, names=known.names)
    (erased.removed if erased.mode == "erase" else erased.emptied).extend(own.numbers)
    erased.shared = forgetting.numbers_of(cases.shared)
    erased.counts = {
        "cases": own.cases,
        "emptied cases": own.emptied_cases,
        "cases of others": len(cases.shared),
        "messages": own.messages + others.messages,
        "attachments": own.attachments + others.attachments,
    }
    ids = [*own.message_ids, *others.message_ids, *naming]
    return own.digests | others.digests, _Messages(ids, words)


def _leave_the_rest(known: Known, cases: CasesOfPerson, messages: _Messages) -> None:
    """What is kept of their words beside cases and customers."""
    words: Sequence[str] = [*known.addresses, *known.names]
    forgetting.forget_automatic_answers(known.addresses)
    empty_answers(words)
    empty_set_asides([*cases.own, *cases.shared])
    forget_approvals(cases.shared)
    forget_told(conversations=[*cases.own, *cases.shared], customers=known.people)
    forget_buyers(known.people)
    forget_searches(words)
    forget_vocabulary(messages.words, most=len(messages.ids) + len(known.names) + 1)


def _entry(row: Any) -> dict[str, Any]:
    return {
        "key": row.key, "customer": row.customer_id, "mode": row.mode, "reason": row.reason, "at": row.at.isoformat(),
        "by_kind": row.by_kind, "by_id": row.by_id,
    }  # fmt: skip
