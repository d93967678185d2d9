"""Customers and companies by the words of their names, addresses and fields: as a person may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.customers.rules.words import query_of
from careline.domain.desk.queries.search.asked import Asked
from careline.domain.staff.rules import Person, reach_of
from careline.kit import db
from careline.kit.search.query import OPERATOR

Place = tuple[datetime, int]
_STAFF = "SELECT FROM customers_customer cu WHERE cu.organisation_id = o.id"
_CASES = "SELECT FROM conversations_conversation c WHERE c.customer_id = cu.id"


@dataclass(frozen=True, slots=True)
class People:
    """Rows {id, name, detail, at}, and where the next page begins."""

    rows: list[Any]
    next: Place | None


def plain_words(asked: Asked) -> str:
    """What is asked besides operators; people have none of their own."""
    if any(token.kind == OPERATOR or token.negated for token in asked.tokens):
        return ""
    return " ".join(token.value for token in asked.tokens)


def customers_found(
    words: str, person: Person, *, after: Place | None = None, limit: int, among_newest: int = 1_000_000
) -> People:
    """Those in whose name, addresses or fields every word begins one; who came last stands first.

    `among_newest`: only so many of those with the words are looked at, for whoever sees few and waits for a suggestion.
    """
    query = query_of(words)
    if not query:
        return People([], None)
    known, params = _known_to(person)
    found = db.rows(
        f"""SELECT cu.id, cu.name, cu.created_at AS at, concat_ws(' · ', a.value, o.name) AS detail
            FROM (SELECT * FROM customers_customer cu
                WHERE cu.vector @@ %(words)s::tsquery AND cu.erased_at IS NULL AND cu.merged_into_id IS NULL
                ORDER BY cu.created_at DESC, cu.id DESC LIMIT %(newest)s) cu
            LEFT JOIN customers_organisation o ON o.id = cu.organisation_id
            LEFT JOIN LATERAL (SELECT ad.value FROM customers_address ad WHERE ad.customer_id = cu.id
                ORDER BY ad.is_primary DESC, ad.id LIMIT 1) a ON true
            WHERE {known} AND (%(after_at)s::timestamptz IS NULL OR (cu.created_at, cu.id) < (%(after_at)s, %(after_id)s))
            ORDER BY cu.created_at DESC, cu.id DESC LIMIT %(limit)s""",
        {**params, "words": query, "newest": among_newest, "limit": limit + 1, **_after(after)},
    )
    return _page(found, limit)


def companies_found(words: str, person: Person, *, after: Place | None = None, limit: int) -> People:
    """Those with every word in their name or their domains, with somebody the person may see, or nobody yet."""
    asked = words.split()[:8]
    if not asked or reach_of(person, "customer:read").nothing:
        return People([], None)
    known, params = _known_to(person)
    every = " AND ".join(f"(o.name ILIKE %(word{n})s OR o.domains::text ILIKE %(word{n})s)" for n in range(len(asked)))
    found = db.rows(
        f"""SELECT o.id, o.name, o.created_at AS at, (SELECT string_agg(d, ', ') FROM jsonb_array_elements_text(o.domains) AS d) AS detail
            FROM customers_organisation o
            WHERE {every} AND (NOT EXISTS ({_STAFF}) OR EXISTS ({_STAFF} AND {known}))
              AND (%(after_at)s::timestamptz IS NULL OR (o.created_at, o.id) < (%(after_at)s, %(after_id)s))
            ORDER BY o.created_at DESC, o.id DESC LIMIT %(limit)s""",
        {**params, **{f"word{n}": _within(word) for n, word in enumerate(asked)}, "limit": limit + 1, **_after(after)},
    )
    return _page(found, limit)


def _known_to(person: Person) -> tuple[str, dict[str, Any]]:
    """Through a case that is reached, by a grant over all, or while they have no case at all."""
    reach = reach_of(person, "customer:read")
    if reach.nothing or reach.everything:
        return ("false" if reach.nothing else "true"), {}
    condition, params = visible(reach)
    return f"(EXISTS ({_CASES} AND {condition}) OR NOT EXISTS ({_CASES}))", params


def _within(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _after(after: Place | None) -> dict[str, Any]:
    return {"after_at": after[0] if after else None, "after_id": after[1] if after else None}


def _page(found: list[Any], limit: int) -> People:
    kept = found[:limit]
    return People(kept, (kept[-1].at, kept[-1].id) if len(found) > limit else None)
