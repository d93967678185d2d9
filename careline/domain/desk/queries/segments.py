"""Who is in a segment, and who of them may be written to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.conversations.errors import NotFound
from careline.domain.customers.queries.consents import AGREES
from careline.domain.customers.queries.segments import segment_by_id
from careline.domain.desk.queries.api_customers import count_of
from careline.domain.desk.queries.customer_filter import CustomerFilter, condition_of, filter_of
from careline.domain.staff.rules import Person
from careline.kit import db

_MEMBER = """
SELECT cu.id, cu.name, cu.language, cu.time_zone, (SELECT a.value FROM customers_address a WHERE a.customer_id = cu.id
    AND a.kind = %(kind)s AND a.undeliverable_since IS NULL ORDER BY a.is_primary DESC, a.id LIMIT 1) AS address
FROM customers_customer cu
"""
_REACHABLE = f"""{AGREES.replace("%(purpose)s", "%(mail_purpose)s")} AND NOT (cu.do_not_contact @> ARRAY[%(kind)s]) AND EXISTS (
    SELECT FROM customers_address a WHERE a.customer_id = cu.id AND a.kind = %(kind)s AND a.undeliverable_since IS NULL)"""


def consenting(
    segment: int,
    person: Person,
    *,
    purpose: str,
    at: datetime,
    kind: str = "email",
    after: int | None = None,
    limit: int = 1000,
) -> list[Any]:
    """Those of a segment who agree to be written to for the purpose, did not ask not to be reached so, and can be."""
    condition, params = condition_of(_filter(segment), person, at=at)
    return _members(
        f"{condition} AND {_REACHABLE}", params | {"mail_purpose": purpose}, kind=kind, after=after, limit=limit
    )


def consenting_count(segment: int, person: Person, *, purpose: str, at: datetime, kind: str = "email") -> int:
    """How many those are."""
    condition, params = condition_of(_filter(segment), person, at=at)
    return int(
        db.value(
            f"SELECT count(*) FROM customers_customer cu WHERE {condition} AND {_REACHABLE}",
            params | {"mail_purpose": purpose, "kind": kind},
        )
    )


def size_of(segment: int, person: Person, *, at: datetime) -> int:
    """How many of a segment the person sees. Raises NotFound."""
    return count_of(_filter(segment), person, at=at)


def _members(condition: str, params: dict[str, Any], *, kind: str, after: int | None, limit: int) -> list[Any]:
    return db.rows(
        f"{_MEMBER} WHERE {condition} AND (%(after)s::bigint IS NULL OR cu.id > %(after)s) ORDER BY cu.id LIMIT %(limit)s",
        {**params, "kind": kind, "after": after, "limit": limit},
    )


def _filter(segment: int) -> CustomerFilter:
    row = segment_by_id(segment)
    if row is None:
        raise NotFound("There is no such segment.")
    return filter_of(row.filter)
