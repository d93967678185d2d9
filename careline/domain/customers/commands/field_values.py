"""One field of many customers at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from careline.domain.customers.commands.words import refresh_words
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

_WRITE = """
UPDATE customers_customer cu SET fields = CASE WHEN n.value = '' THEN cu.fields - %(code)s::text
    ELSE cu.fields || jsonb_build_object(%(code)s::text, n.value) END
FROM jsonb_to_recordset(%(values)s) AS n (customer bigint, value text)
WHERE cu.id = n.customer AND cu.erased_at IS NULL AND cu.merged_into_id IS NULL AND coalesce(cu.fields ->> %(code)s::text, '') <> n.value
RETURNING cu.id
"""


@transaction.atomic
def set_field(code: str, values: Mapping[int, str], *, by: Actor, at: datetime) -> list[int]:
    """By customer; an empty value takes it away. Whom it changed: who has the value already, was merged or erased is left out."""
    given = [{"customer": key, "value": value} for key, value in sorted(values.items())]
    changed = [row.id for row in db.rows(_WRITE, {"code": code, "values": db.json(given)})]
    if changed:
        refresh_words(changed)
        record(
            *(
                Happening("customer.changed", "customer", key, customer=key, data={"fields": ["fields"]})
                for key in changed
            ),
            by=by,
            at=at,
        )
    return changed
