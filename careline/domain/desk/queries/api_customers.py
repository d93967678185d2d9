"""Customers as a person may see them: through a case that is visible, by a grant over all, or while they have no case at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from careline.domain.conversations.errors import NotFound
from careline.domain.customers.queries.merges import root_of
from careline.domain.desk.queries.customer_filter import CustomerFilter, condition_of, known_to
from careline.domain.staff.rules import Forbidden, Person
from careline.kit import db

_CUSTOMER = """
SELECT cu.id, cu.name, cu.language, cu.time_zone, cu.notes, cu.fields, cu.preferred_channel, cu.do_not_contact, cu.created_at,
    o.id AS company_id, o.name AS company_name,
    (SELECT json_agg(json_build_object('id', ad.id::text, 'kind', ad.kind, 'value', ad.value, 'is_primary', ad.is_primary,
        'verified', ad.verified_at IS NOT NULL, 'verified_at', to_char(ad.verified_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'verified_how', ad.verified_how, 'undeliverable', ad.undeliverable_since IS NOT NULL) ORDER BY ad.is_primary DESC, ad.id)
     FROM customers_address ad WHERE ad.customer_id = cu.id) AS addresses
FROM customers_customer cu LEFT JOIN customers_organisation o ON o.id = cu.organisation_id
"""
_SORTS = {
    "newest": ("cu.id DESC", "cu.id < %(after)s"),
    "oldest": ("cu.id", "cu.id > %(after)s"),
    "name": (
        "cu.sort_name, cu.id",
        "(cu.sort_name, cu.id) > (SELECT b.sort_name, b.id FROM customers_customer b WHERE b.id = %(after)s)",
    ),
    "company": (
        "coalesce(o.sort_name, ''), cu.sort_name, cu.id",
        """(coalesce(o.sort_name, ''), cu.sort_name, cu.id) > (
            SELECT coalesce(bo.sort_name, ''), b.sort_name, b.id FROM customers_customer b
            LEFT JOIN customers_organisation bo ON bo.id = b.organisation_id WHERE b.id = %(after)s)""",
    ),
}
SORTS = tuple(_SORTS)


def customers_page(
    person: Person,
    wanted: CustomerFilter | None = None,
    *,
    at: datetime,
    sort: str = "newest",
    after: int | None = None,
    limit: int,
    verb: str = "customer:read",
) -> list[Any]:
    """Customers a person may see; `after` is the key of the last one of the page before, whatever the order."""
    condition, params = condition_of(wanted or CustomerFilter(), person, at=at, verb=verb)
    order, behind = _SORTS[sort]
    if after is not None:
        condition += f" AND {behind}"
        params["after"] = after
    return db.rows(f"{_CUSTOMER} WHERE {condition} ORDER BY {order} LIMIT %(limit)s", {**params, "limit": limit})


def customer_row(person: Person, customer: int, *, verb: str = "customer:read") -> Any | None:
    """One customer; None for absent, erased, merged and not theirs alike."""
    condition, params = known_to(person, verb)
    return db.row(
        f"""{_CUSTOMER} WHERE cu.id = %(customer)s AND cu.erased_at IS NULL AND cu.merged_into_id IS NULL AND {condition}""",
        {**params, "customer": customer},
    )


def customer_for(person: Person, customer: int, *, verb: str = "customer:read") -> Any:
    """The customer, for whoever may. Raises NotFound for absent and not theirs alike, Forbidden where they may see but not this."""
    found = customer_row(person, customer)
    if found is None:
        raise NotFound(f"There is no customer {customer}.")
    if verb != "customer:read" and customer_row(person, customer, verb=verb) is None:
        raise Forbidden(verb)
    return found


def seen_of(person: Person, customers: Sequence[int]) -> set[int]:
    """Those of the customers whom a person may see."""
    condition, params = known_to(person, "customer:read")
    found = db.rows(
        f"""SELECT cu.id FROM customers_customer cu
            WHERE cu.id = ANY(%(customers)s) AND cu.erased_at IS NULL AND cu.merged_into_id IS NULL AND {condition}""",
        {**params, "customers": list(customers)},
    )
    return {row.id for row in found}


def merged_into(person: Person, customer: int) -> int | None:
    """Who answers for this one now, where they were merged and the person may see that other; else None."""
    root = root_of(customer)
    return root if root not in (None, customer) and customer_row(person, root or 0) is not None else None


def count_of(wanted: CustomerFilter, person: Person, *, at: datetime, verb: str = "customer:read") -> int:
    condition, params = condition_of(wanted, person, at=at, verb=verb)
    return int(db.value(f"SELECT count(*) FROM customers_customer cu WHERE {condition}", params))
