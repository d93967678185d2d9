"""Customers as a person may see them: through a case that is visible, by a grant over all, or while they have no case at all."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.staff.rules import Person, reach_of
from careline.kit import db

_CUSTOMER = """
SELECT cu.id, cu.name, cu.language, cu.notes, cu.created_at, o.id AS company_id, o.name AS company_name,
    (SELECT json_agg(json_build_object('id', ad.id::text, 'kind', ad.kind, 'value', ad.value, 'is_primary', ad.is_primary,
        'verified', ad.verified_at IS NOT NULL, 'undeliverable', ad.undeliverable_since IS NOT NULL) ORDER BY ad.is_primary DESC, ad.id)
     FROM customers_address ad WHERE ad.customer_id = cu.id) AS addresses
FROM customers_customer cu LEFT JOIN customers_organisation o ON o.id = cu.organisation_id
"""


def customers_page(person: Person, *, words: str = "", after: int | None, limit: int) -> list[Any]:
    """Customers a person may see, the newest first; `words` stand in the name or begin an address."""
    condition, params = _known_to(person, "customer:read")
    pattern = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return db.rows(
        f"""{_CUSTOMER} WHERE cu.erased_at IS NULL AND cu.merged_into_id IS NULL AND {condition}
              AND (%(after)s::bigint IS NULL OR cu.id < %(after)s)
              AND (%(words)s = '' OR cu.name ILIKE '%%' || %(pattern)s || '%%' OR EXISTS (
                   SELECT FROM customers_address ad WHERE ad.customer_id = cu.id AND ad.value ILIKE %(pattern)s || '%%'))
            ORDER BY cu.id DESC LIMIT %(limit)s""",
        {**params, "words": words, "pattern": pattern, "after": after, "limit": limit},
    )


def customer_row(person: Person, customer: int, *, verb: str = "customer:read") -> Any | None:
    """One customer; None for absent, erased and not theirs alike."""
    condition, params = _known_to(person, verb)
    return db.row(
        f"{_CUSTOMER} WHERE cu.id = %(customer)s AND cu.erased_at IS NULL AND {condition}",
        {**params, "customer": customer},
    )


def _known_to(person: Person, verb: str) -> tuple[str, dict[str, Any]]:
    reach = reach_of(person, verb)
    if reach.nothing:
        return "false", {}
    if reach.everything:
        return "true", {}
    condition, params = visible(reach)
    cases = "SELECT FROM conversations_conversation c WHERE c.customer_id = cu.id"
    return f"(EXISTS ({cases} AND {condition}) OR NOT EXISTS ({cases}))", params
