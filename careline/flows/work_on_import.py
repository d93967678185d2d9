"""One step of an import of customers: what the worker does, chunk by chunk, each in its own transaction.

First the whole sheet is laid down as rows of ours, then checked without changing anything (the dry run), later carried out,
perhaps taken back. Each row is judged anew when it is carried out, since the world may have changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from careline.domain.company.queries import home_region
from careline.domain.conversations.queries.owners import customers_with_cases
from careline.domain.customers.commands import companies, crowds, imports
from careline.domain.customers.queries.fields import definitions
from careline.domain.customers.queries.imports import (
    cards_of,
    counts_of_rows,
    done_before,
    import_by_id,
    rows_after,
)
from careline.domain.customers.queries.people import customers_of
from careline.domain.customers.rules.columns import Entry, entry_of
from careline.domain.customers.rules.importing import CARD, Judged, judged
from careline.domain.files.queries import content_of
from careline.domain.history.actor import SYSTEM, Actor, agent
from careline.flows.written_address import kept_form
from careline.kit import db
from careline.kit.sheets.reading import Form, Unreadable, rows_of
from careline.kit.zones import zone_names

STAGED_AT_ONCE = 2_000
CHECKED_AT_ONCE = 1_000
WRITTEN_AT_ONCE = 250
"""Each row holds a lock for each of its addresses, and PostgreSQL has room for some thousands of them."""


def work_on_import(key: int, *, at: datetime) -> None:
    """One step of what is to be done for an import; what goes wrong with the file ends it with its sentence."""
    found = import_by_id(key)
    if found is None or found.due_at is None:
        return
    by = agent(found.by_id, via="import") if found.by_id else SYSTEM
    try:
        {"reading": _read, "checking": _check, "running": _run, "undoing": _undo}[found.state](found, by, at)
    except Unreadable as unreadable:
        imports.move_on(key, state="failed", due=False, error=str(unreadable), by=by, at=at)


def fail_import(key: int, *, at: datetime) -> None:
    """It broke on something nobody foresaw: it stops, and says so; what came in can be undone."""
    imports.move_on(key, state="failed", due=False, error="It broke on our side; the server's log says how.", by=SYSTEM, at=at)  # fmt: skip


def _read(found: Any, by: Actor, at: datetime) -> None:
    """The whole file into rows of ours, in chunks; a start after a crash finds those that are there."""
    chunk: list[tuple[int, list[str]]] = []
    number = 0
    for number, cells in enumerate(
        rows_of(content_of(found.digest), Form(found.format, found.encoding, found.delimiter))
    ):
        if number:
            chunk.append((number, cells))
        if len(chunk) >= STAGED_AT_ONCE:
            imports.stage(found.id, chunk)
            imports.advance(found.id, position=number, total=number)
            chunk = []
    imports.stage(found.id, chunk)
    with transaction.atomic():
        held = imports.locked(found.id)
        if held is not None and held.state == "reading":
            imports.move_on(found.id, state="checking", due=True, by=by, at=at)
            imports.advance(found.id, position=0, total=number)


def _check(found: Any, by: Actor, at: datetime) -> None:
    rows = rows_after(found.id, number=found.position, limit=CHECKED_AT_ONCE)
    with transaction.atomic():
        held = imports.locked(found.id)
        if held is None or held.state != "checking":
            return
        if not rows:
            imports.note_repeated(found.id)
            imports.move_on(found.id, state="checked", due=False, counts=counts_of_rows(found.id), by=by, at=at)
            imports.advance(found.id, position=found.total)
            return
        entries = _entries(rows, found)
        decided = _judged(entries, found, may_add=False, by=by, at=at)
        imports.note_judged([(row.id, entry.keys, decided[row.number]) for row, entry in entries])
        imports.advance(found.id, position=rows[-1].number)


def _run(found: Any, by: Actor, at: datetime) -> None:
    rows = rows_after(found.id, number=found.position, limit=WRITTEN_AT_ONCE)
    with transaction.atomic():
        held = imports.locked(found.id)
        if held is None or held.state != "running":
            return
        if not rows:
            imports.move_on(found.id, state="done", due=False, counts=counts_of_rows(found.id), by=by, at=at)
            imports.advance(found.id, position=found.total)
            return
        entries = _entries([row for row in rows if row.outcome != "refused"], found)
        db.lock_words(key for _row, entry in entries for key in entry.keys)
        while entries:
            entries = _write(entries, found, by=by, at=at)
        imports.advance(found.id, position=rows[-1].number)


def _write(entries: list[tuple[Any, Entry]], found: Any, *, by: Actor, at: datetime) -> list[tuple[Any, Entry]]:
    """Carries out those rows that do not name somebody whom another row of the chunk adds just now; the others are left over."""
    named: set[str] = set()
    now: list[tuple[Any, Entry]] = []
    later: list[tuple[Any, Entry]] = []
    for row, entry in entries:
        (later if named & set(entry.keys) else now).append((row, entry))
        named |= set(entry.keys)
    decided = _judged(now, found, may_add=True, by=by, at=at)
    new = [(row, entry) for row, entry in now if decided[row.number].outcome == "new"]
    firms = _companies([entry for _row, entry in new], may_add=True, by=by, at=at)
    keys = crowds.add_crowd([(entry, firms.get(entry.company)) for _row, entry in new], source=found.id, by=by, at=at)
    done = [_done(row, "new", key, {}, _card(entry, firms)) for (row, entry), key in zip(new, keys, strict=True)]
    changed = [(row, decided[row.number]) for row, _entry in now if decided[row.number].outcome == "changed"]
    cards = cards_of([one.customer for _row, one in changed if one.customer is not None])
    given = [(one.customer, cards[one.customer], one.after) for _row, one in changed if one.customer is not None]
    before = crowds.change_crowd(given, source=found.id, by=by, at=at) if given else []
    done += [
        _done(row, "changed", one.customer, was, one.after)
        for (row, one), was in zip([each for each in changed if each[1].customer is not None], before, strict=True)
    ]
    rest = [(row, decided[row.number]) for row, _entry in now if decided[row.number].outcome in ("same", "refused")]
    done += [_done(row, one.outcome, one.customer, {}, {}, one.reason) for row, one in rest]
    imports.note_done(done)
    return later


def _undo(found: Any, by: Actor, at: datetime) -> None:
    # From where the step before came to: PostgreSQL would walk over all that is taken back already, each time anew.
    rows = done_before(found.id, number=found.total + 1 - found.position, limit=WRITTEN_AT_ONCE)
    with transaction.atomic():
        held = imports.locked(found.id)
        if held is None or held.state != "undoing":
            return
        if not rows:
            imports.move_on(found.id, state="undone", due=False, counts=counts_of_rows(found.id), by=by, at=at)
            return
        in_use = customers_with_cases([row.customer_id for row in rows if row.customer_id])
        told = crowds.take_back_crowd(rows, in_use=in_use, source=found.id, by=by, at=at)
        imports.note_undone([(row.id, told[row.id]) for row in rows])
        imports.advance(found.id, position=found.total + 1 - rows[-1].number)


def _entries(rows: Sequence[Any], found: Any) -> list[tuple[Any, Entry]]:
    defined = {definition.code: definition for definition in definitions("customer")}
    zones, kept = zone_names(), partial(kept_form, region=home_region())
    return [(row, entry_of(row.cells, found.mapping, defined, kept_form=kept, zones=zones)) for row in rows]


def _judged(
    entries: list[tuple[Any, Entry]], found: Any, *, may_add: bool, by: Actor, at: datetime
) -> dict[int, Judged]:
    """By the row's number; companies that there are not yet are added where that may be."""
    keys = list(dict.fromkeys(pair for _row, entry in entries for pair in entry.addresses))
    owners = customers_of(keys)
    cards = cards_of(list(set(owners.values())))
    firms = _companies([entry for _row, entry in entries], may_add=may_add, by=by, at=at)
    decided: dict[int, Judged] = {}
    for row, entry in entries:
        held = [owners[pair] for pair in entry.addresses if pair in owners]
        company = firms.get(entry.company) if entry.company else None
        decided[row.number] = judged(entry, owners=held, cards=cards, company=company, is_updating=found.is_updating)
    return decided


def _companies(entries: Sequence[Entry], *, may_add: bool, by: Actor, at: datetime) -> dict[str, int]:
    """The key of each company that is named; 0 for one that there is not yet, unless it may be added."""
    names = list(dict.fromkeys(entry.company for entry in entries if entry.company and not entry.wrong))
    return companies.organisations_named(names, may_add=may_add, by=by, at=at)


def _card(entry: Entry, firms: dict[str, int]) -> dict[str, Any]:
    """What a new customer looked like, for the undo."""
    blank: dict[str, Any] = {name: "" for name in CARD if name != "organisation_id"}
    return {
        **blank, **entry.card, "organisation_id": firms.get(entry.company), "fields": entry.fields, "keys": entry.keys, "remark": entry.note,
    }  # fmt: skip


def _done(
    row: Any, outcome: str, customer: int | None, before: dict[str, Any], after: dict[str, Any], reason: str = ""
) -> dict[str, Any]:
    return {"id": row.id, "outcome": outcome, "reason": reason, "customer": customer, "before": before, "after": after}
