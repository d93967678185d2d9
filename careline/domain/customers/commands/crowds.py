"""Many customers at once, in few statements: what an import adds, changes and takes back. Guarded: flows only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.customers.commands.addresses import give_primaries
from careline.domain.customers.commands.words import refresh_words
from careline.domain.customers.models import Consent, Customer, Note
from careline.domain.customers.queries.fields import definitions
from careline.domain.customers.queries.imports import cards_of
from careline.domain.customers.rules.addresses import likeness_of
from careline.domain.customers.rules.columns import Entry
from careline.domain.customers.rules.importing import CARD, TakenBack, why_kept
from careline.domain.customers.rules.words import lexemes_of, sort_name_of, texts_of_fields
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

_ADD = """
INSERT INTO customers_customer (id, name, sort_name, organisation_id, language, time_zone, notes, fields, created_at, vector)
SELECT n.id, n.name, n.sort_name, n.company, n.language, n.time_zone, n.notes, n.fields, %s,
    array_to_tsvector(ARRAY(SELECT jsonb_array_elements_text(n.words)))
FROM jsonb_to_recordset(%s) AS n (id bigint, name text, sort_name text, company bigint, language text, time_zone text, notes text,
    fields jsonb, words jsonb)
"""
_CHANGE = """
UPDATE customers_customer cu SET name = n.name, sort_name = n.sort_name, organisation_id = n.organisation_id, language = n.language,
    time_zone = n.time_zone, notes = n.notes, fields = n.fields,
    sees_company = cu.sees_company AND cu.organisation_id IS NOT DISTINCT FROM n.organisation_id
FROM jsonb_to_recordset(%s) AS n (id bigint, name text, sort_name text, organisation_id bigint, language text, time_zone text, notes text,
    fields jsonb) WHERE cu.id = n.id
"""


def new_ids(count: int) -> list[int]:
    return [row.id for row in db.rows(
        "SELECT nextval(pg_get_serial_sequence('customers_customer', 'id')) AS id FROM generate_series(1, %s)", [count])]  # fmt: skip


@transaction.atomic
def add_crowd(entries: Sequence[tuple[Entry, int | None]], *, source: int, by: Actor, at: datetime) -> list[int]:
    """Adds a customer for each (entry, company); their keys in that order. `source` is the import they came with."""
    defined = definitions("customer")
    keys = new_ids(len(entries))
    rows = [
        {"id": key, "name": entry.card.get("name", ""), "sort_name": sort_name_of(entry.card.get("name", "")), "company": company,
         "language": entry.card.get("language", ""), "time_zone": entry.card.get("time_zone", ""), "notes": entry.card.get("notes", ""),
         "fields": entry.fields, "words": _words(entry, defined)}
        for key, (entry, company) in zip(keys, entries, strict=True)
    ]  # fmt: skip
    db.execute(_ADD, [at, db.json(rows)])
    _attach([(key, entry.addresses, entry.note, entry.consents) for key, (entry, _) in zip(keys, entries, strict=True)], by=by, at=at)  # fmt: skip
    record(*(Happening("customer.added", "customer", key, customer=key, data={"import": source}) for key in keys), by=by, at=at)  # fmt: skip
    return keys


@transaction.atomic
def change_crowd(
    changes: Sequence[tuple[int, dict[str, Any], dict[str, Any]]], *, source: int, by: Actor, at: datetime
) -> list[dict[str, Any]]:
    """Changes each (customer, their card, what changes: rules/importing.py); what each was before, in that order."""
    cards = []
    for key, card, after in changes:
        new = {name: after.get(name, card[name]) for name in (*CARD, "fields")}
        cards.append({"id": key, "sort_name": sort_name_of(new["name"]), **new})
    db.execute(_CHANGE, [db.json(cards)])
    _attach(
        [(key, [tuple(one.split(":", 1)) for one in after.get("keys", ())], after.get("remark", ""), after.get("purposes", ()))
         for key, _card, after in changes], by=by, at=at,
    )  # fmt: skip
    refresh_words([key for key, _card, _after in changes])
    record(*(Happening("customer.changed", "customer", key, customer=key, data={"import": source, "fields": sorted(after)})
             for key, _card, after in changes), by=by, at=at)  # fmt: skip
    return [{name: card[name] for name in after if name in (*CARD, "fields")} for _key, card, after in changes]


@transaction.atomic
def take_back_crowd(rows: Sequence[Any], *, in_use: set[int], source: int, by: Actor, at: datetime) -> dict[int, str]:
    """Undoes rows of an import: who was new goes, who was changed gets back what nobody changed since.

    `in_use` are customers with cases. By row: "" where it was taken back, else why somebody was kept.
    """
    keys = sorted({row.customer_id for row in rows if row.customer_id is not None})
    db.execute("SELECT FROM customers_customer WHERE id = ANY(%s) ORDER BY id FOR UPDATE", [keys])
    cards = cards_of(keys)
    merged = _merged(keys)
    told: dict[int, str] = {}
    back = TakenBack()
    for row in rows:
        card = cards.get(row.customer_id or 0)
        if row.customer_id is None or (card is None and row.customer_id not in merged):
            told[row.id] = ""
        elif card is None or row.customer_id in merged:
            told[row.id] = "The customer was merged with another one since."
        elif row.outcome == "changed":
            back.give(card, row)
            told[row.id] = ""
        else:
            told[row.id] = why_kept(card, row.after, is_in_use=card["id"] in in_use)
            back.gone += [] if told[row.id] else [card["id"]]
    _carry_out(back)
    record(
        *(Happening("customer.import_undone", "customer", key, customer=key, data={"import": source}) for key in (*back.gone, *back.changed)),
        by=by, at=at,
    )  # fmt: skip
    return told


def _merged(customers: list[int]) -> set[int]:
    """Those of them who took somebody in, or were taken in."""
    found = db.rows(
        "SELECT survivor_id, merged_id FROM customers_merge WHERE undone_at IS NULL AND (survivor_id = ANY(%s) OR merged_id = ANY(%s))",
        [customers, customers],
    )
    return {key for row in found for key in (row.survivor_id, row.merged_id)}


def _carry_out(back: TakenBack) -> None:
    cards = [{**card, "sort_name": sort_name_of(card["name"])} for card in back.changed.values()]
    db.execute(_CHANGE, [db.json(cards)])
    db.execute(
        """DELETE FROM customers_address a USING jsonb_to_recordset(%s) AS n (customer bigint, word text)
           WHERE a.customer_id = n.customer AND a.kind || ':' || a.value = n.word AND a.verified_at IS NULL""",
        [db.json(back.addresses)],
    )
    db.execute(
        """DELETE FROM customers_note a USING jsonb_to_recordset(%s) AS n (customer bigint, word text)
           WHERE a.customer_id = n.customer AND a.text = n.word AND a.edited_at IS NULL""",
        [db.json(back.notes)],
    )
    db.execute(
        """DELETE FROM customers_consent a USING jsonb_to_recordset(%s) AS n (customer bigint, word text)
           WHERE a.customer_id = n.customer AND a.purpose = n.word AND a.given_how = 'import' AND a.withdrawn_at IS NULL""",
        [db.json(back.consents)],
    )
    _delete(back.gone)
    give_primaries(list(back.changed))
    refresh_words(list(back.changed))


def _delete(customers: list[int]) -> None:
    """With what is theirs alone, in one statement a table: the ORM would read every row first."""
    db.execute("DELETE FROM customers_address WHERE customer_id = ANY(%s)", [customers])
    db.execute("DELETE FROM customers_note WHERE customer_id = ANY(%s)", [customers])
    db.execute("DELETE FROM customers_consent WHERE customer_id = ANY(%s)", [customers])
    db.execute("UPDATE customers_importrow SET customer_id = NULL WHERE customer_id = ANY(%s)", [customers])
    Customer.objects.filter(pk__in=customers).delete()


def _attach(rows: Sequence[tuple[int, Any, str, Any]], *, by: Actor, at: datetime) -> None:
    """(customer, addresses, note, purposes) of each."""
    addresses = [
        {"customer": key, "kind": kind, "value": value, "likeness": likeness_of(kind, value), "place": place}
        for key, given, _note, _purposes in rows
        for place, (kind, value) in enumerate(given)
    ]
    if addresses:
        db.execute(
            """INSERT INTO customers_address (customer_id, kind, value, likeness, is_primary, created_at)
               SELECT n.customer, n.kind, n.value, n.likeness, row_number() OVER (PARTITION BY n.customer, n.kind ORDER BY n.place) = 1
                   AND NOT EXISTS (SELECT FROM customers_address own WHERE own.customer_id = n.customer AND own.kind = n.kind AND own.is_primary), %s
               FROM jsonb_to_recordset(%s) AS n (customer bigint, kind text, value text, likeness text, place int)
               ORDER BY n.customer, n.place ON CONFLICT (kind, value) DO NOTHING""",
            [at, db.json(addresses)],
        )
    Note.objects.bulk_create(
        [Note(customer_id=key, author_id=by.id or None, text=note, created_at=at) for key, _a, note, _p in rows if note]
    )
    Consent.objects.bulk_create(
        [Consent(customer_id=key, purpose=purpose, given_at=at, given_how="import", given_by_id=by.id or None)
         for key, _a, _n, purposes in rows for purpose in dict.fromkeys(purposes)], ignore_conflicts=True,
    )  # fmt: skip


def _words(entry: Entry, defined: Sequence[Any]) -> list[str]:
    texts = [entry.card.get("name", ""), *(value for _, value in entry.addresses), entry.card.get("notes", "")]
    return lexemes_of([*texts, *texts_of_fields(defined, entry.fields), entry.note])
