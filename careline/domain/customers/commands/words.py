"""Keeping the words by which customers are found."""

from __future__ import annotations

from collections.abc import Sequence

from careline.domain.customers.queries.fields import definitions
from careline.domain.customers.rules.words import lexemes_of, texts_of_fields
from careline.kit import db

_TEXTS = """
SELECT cu.id, cu.name, cu.notes, cu.fields,
    ARRAY(SELECT a.value FROM customers_address a WHERE a.customer_id = cu.id ORDER BY a.id) AS addresses,
    ARRAY(SELECT n.text FROM customers_note n WHERE n.customer_id = cu.id ORDER BY n.id) AS remarks
FROM customers_customer cu WHERE cu.id = ANY(%s)
"""
_WRITE = """
UPDATE customers_customer cu SET vector = array_to_tsvector(ARRAY(SELECT jsonb_array_elements_text(new.words)))
FROM jsonb_to_recordset(%s) AS new (id bigint, words jsonb) WHERE cu.id = new.id
"""


def refresh_words(customers: Sequence[int]) -> None:
    """What these are found by: name, addresses, notes and fields. Call it in the transaction that changes one of them."""
    found = db.rows(_TEXTS, [list(customers)])
    if not found:
        return
    fields = definitions("customer") if any(row.fields for row in found) else []
    new = [
        {"id": row.id, "words": lexemes_of((row.name, *row.addresses, row.notes, *texts_of_fields(fields, row.fields), *row.remarks))}
        for row in found
    ]  # fmt: skip
    db.execute(_WRITE, [db.json(new)])
