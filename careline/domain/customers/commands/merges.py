"""Two customers who are one person: merging them, either way, and taking it back at any time. Guarded: flows only.

A merge moves addresses, notes and consents here, cases in conversations; what moved is listed in its row. Where the
survivor is merged on, the lists of that merge hold it too; so what is given back is struck off the lists above, and each
thing always stands in the lists of exactly those merges that brought it to where it is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.customers.commands.addresses import give_primaries
from careline.domain.customers.commands.words import refresh_words
from careline.domain.customers.errors import CannotMerge, CannotUnmerge
from careline.domain.customers.models import Customer, Merge, NotSame
from careline.domain.customers.queries.merges import merge_by_id, way_up
from careline.domain.customers.rules.merging import SIMPLE, card_after, restored
from careline.domain.customers.rules.words import sort_name_of
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

_CARD = (*SIMPLE, "notes", "do_not_contact", "fields")


@dataclass(frozen=True, slots=True)
class GivenBack:
    """What an unmerge returned: to whom, from those on `way` (the survivor and whom they were merged into since)."""

    merge: Any
    merged: int
    way: list[int]
    addresses: list[tuple[str, str]]


@transaction.atomic
def merge(survivor: int, merged: int, *, take: Collection[str] = (), by: Actor, at: datetime) -> int:
    """`merged` becomes one with `survivor`; the merge's key. Raises CannotMerge. `take`: see rules/merging.py."""
    if survivor == merged:
        raise CannotMerge("This is one and the same customer.")
    _lock_addresses([merged, survivor])
    held = _locked([survivor, merged])
    if len(held) < 2:
        raise CannotMerge("One of the two is no longer there.")
    for one in held.values():
        if one.merged_into_id is not None:
            raise CannotMerge(f"{one.name or 'This customer'} was merged meanwhile; look again who it is now.")
    cards = [{name: getattr(held[key], name) for name in _CARD} for key in (survivor, merged)]
    after = card_after(*cards, take=take)
    made = Merge.objects.create(
        survivor_id=survivor, merged_id=merged, by_kind=by.kind.value, by_id=by.id, at=at, addresses=_move_addresses(merged, survivor),
        note_ids=_move_notes(merged, survivor), consent_ids=_move_consents(merged, survivor),
        before={name: cards[0][name] for name in after}, after=after,
    )  # fmt: skip
    Customer.objects.filter(pk=merged).update(merged_into_id=survivor)
    _write_card(survivor, after)
    refresh_words([survivor, merged])
    data = {"merge": made.pk}
    record(
        Happening("customer.merged", "customer", merged, customer=merged, data={**data, "into": survivor}),
        Happening("customer.absorbed", "customer", survivor, customer=survivor, data={**data, "from": merged}),
        by=by, at=at,
    )  # fmt: skip
    return int(made.pk)


def note_moved(merge: int, *, cases: Sequence[int], participants: Sequence[int]) -> None:
    """What of conversations moved with a merge."""
    Merge.objects.filter(pk=merge).update(case_ids=list(cases), participant_ids=list(participants))


@transaction.atomic
def unmerge(merge: int, *, by: Actor, at: datetime) -> GivenBack:
    """They are two again: what moved and was not changed since goes back. Raises CannotUnmerge."""
    found = merge_by_id(merge)
    if found is None or found.undone_at is not None:
        raise CannotUnmerge("This merge was taken back already.")
    _lock_addresses([found.merged_id], ids=[one["id"] for one in found.addresses])
    way, held = _locked_way(found.survivor_id, found.merged_id)
    found = merge_by_id(merge, locked=True)
    if found is None or found.undone_at is not None or held[found.merged_id].merged_into_id != found.survivor_id:
        raise CannotUnmerge("This merge was taken back already.")
    addresses = _return_addresses(found, way)
    notes = _return("customers_note", found.note_ids, found.merged_id, way)
    consents = _return("customers_consent", found.consent_ids, found.merged_id, way)
    _strike(way, addresses=[row.id for row in addresses], notes=notes, consents=consents)
    survivor = held[found.survivor_id]
    now = {name: getattr(survivor, name) for name in _CARD}
    _write_card(found.survivor_id, restored(now, before=found.before, after=found.after))
    Customer.objects.filter(pk=found.merged_id).update(merged_into_id=None)
    Merge.objects.filter(pk=merge).update(undone_at=at, undone_by=by.id)
    everybody = [found.merged_id, *way]
    give_primaries(everybody)
    refresh_words(everybody)
    data = {"merge": merge}
    record(
        Happening("customer.unmerged", "customer", found.merged_id, customer=found.merged_id, data={**data, "from": found.survivor_id}),
        Happening("customer.gave_back", "customer", way[-1], customer=way[-1], data={**data, "to": found.merged_id}),
        by=by, at=at,
    )  # fmt: skip
    return GivenBack(found, found.merged_id, way, [(row.kind, row.value) for row in addresses])


def note_given_back(given: GivenBack, *, cases: Sequence[int], participants: Sequence[int]) -> None:
    """What of conversations went back with an unmerge is struck off the merges above it."""
    _strike(given.way, cases=cases, participants=participants)


@transaction.atomic
def say_not_same(one: int, other: int, *, by: Actor, at: datetime) -> None:
    """These two are different people: they are not suggested again."""
    first, second = sorted((one, other))
    NotSame.objects.get_or_create(first_id=first, second_id=second, defaults={"by_id": by.id, "at": at})
    data = {"other": second}
    record(Happening("customer.not_same", "customer", first, customer=first, data=data), by=by, at=at)


def _lock_addresses(customers: Sequence[int], *, ids: Sequence[int] = ()) -> None:
    """What comes in from one of these addresses waits (flows/receive.py holds the same locks), and lands where it belongs."""
    held = db.rows(
        "SELECT kind, value FROM customers_address WHERE customer_id = ANY(%s) OR id = ANY(%s)",
        [list(customers), list(ids)],
    )
    db.lock_words(f"{row.kind}:{row.value}" for row in held)


def _locked(customers: Sequence[int]) -> dict[int, Customer]:
    held = Customer.objects.select_for_update().filter(pk__in=customers, erased_at=None).order_by("pk")
    return {one.pk: one for one in held}


def _locked_way(survivor: int, merged: int) -> tuple[list[int], dict[int, Customer]]:
    """The way up from the survivor, held; looked at again, since somebody may have merged them on meanwhile."""
    while True:
        way = way_up(survivor)
        held = _locked([*way, merged])
        if way_up(survivor) == way:
            return way, held


def _move_addresses(merged: int, survivor: int) -> list[dict[str, Any]]:
    moved = db.rows(
        "SELECT id, is_primary FROM customers_address WHERE customer_id = %s ORDER BY id FOR UPDATE", [merged]
    )
    db.execute(
        """UPDATE customers_address a SET customer_id = %(to)s, is_primary = a.is_primary AND NOT EXISTS (
               SELECT FROM customers_address own WHERE own.customer_id = %(to)s AND own.kind = a.kind AND own.is_primary)
           WHERE a.customer_id = %(from)s""",
        {"from": merged, "to": survivor},
    )
    return [{"id": row.id, "was_primary": row.is_primary} for row in moved]


def _move_notes(merged: int, survivor: int) -> list[int]:
    return [row.id for row in db.rows(
        "UPDATE customers_note SET customer_id = %s WHERE customer_id = %s RETURNING id", [survivor, merged])]  # fmt: skip


def _move_consents(merged: int, survivor: int) -> list[int]:
    """All of them; only one that both gave and still give stays with the merged one, being there once already."""
    return [row.id for row in db.rows(
        """UPDATE customers_consent c SET customer_id = %(to)s WHERE c.customer_id = %(from)s AND (c.withdrawn_at IS NOT NULL
               OR NOT EXISTS (SELECT FROM customers_consent own WHERE own.customer_id = %(to)s AND own.purpose = c.purpose
                              AND own.withdrawn_at IS NULL)) RETURNING c.id""", {"from": merged, "to": survivor})]  # fmt: skip


def _return_addresses(found: Any, way: list[int]) -> list[Any]:
    primaries = [one["id"] for one in found.addresses if one["was_primary"]]
    return db.rows(
        """UPDATE customers_address SET customer_id = %s, is_primary = (id = ANY(%s))
           WHERE id = ANY(%s) AND customer_id = ANY(%s) RETURNING id, kind, value""",
        [found.merged_id, primaries, [one["id"] for one in found.addresses], way],
    )


_RETURNS = {
    "customers_note": "UPDATE customers_note SET customer_id = %s WHERE id = ANY(%s) AND customer_id = ANY(%s) RETURNING id",
    "customers_consent": """UPDATE customers_consent c SET customer_id = %s WHERE id = ANY(%s) AND customer_id = ANY(%s) RETURNING id""",
}


def _return(table: str, ids: Sequence[int], owner: int, way: list[int]) -> list[int]:
    return [row.id for row in db.rows(_RETURNS[table], [owner, list(ids), way])]


def _strike(
    way: list[int],
    *,
    addresses: Sequence[int] = (),
    notes: Sequence[int] = (),
    consents: Sequence[int] = (),
    cases: Sequence[int] = (),
    participants: Sequence[int] = (),
) -> None:
    """Takes things off the lists of the merges on the way up: they are no longer where those brought them."""
    above = Merge.objects.select_for_update().filter(merged_id__in=way, undone_at=None).order_by("pk")
    for one in above:
        one.addresses = [each for each in one.addresses if each["id"] not in set(addresses)]
        for name, gone in (("note_ids", notes), ("consent_ids", consents), ("case_ids", cases), ("participant_ids", participants)):  # fmt: skip
            setattr(one, name, [key for key in getattr(one, name) if key not in set(gone)])
        one.save(update_fields=["addresses", "note_ids", "consent_ids", "case_ids", "participant_ids"])


def _write_card(customer: int, new: dict[str, Any]) -> None:
    if not new:
        return
    words = {**new, "sort_name": sort_name_of(new["name"])} if "name" in new else new
    Customer.objects.filter(pk=customer).update(**words)
