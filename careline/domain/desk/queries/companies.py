"""Companies as lists and pages show them."""

from __future__ import annotations

from typing import Any

from careline.kit import db

_COMPANY = """
SELECT o.id, o.name, o.domains, o.notes, o.fields, o.created_at,
    (SELECT count(*) FROM customers_customer cu WHERE cu.organisation_id = o.id AND cu.merged_into_id IS NULL AND cu.erased_at IS NULL) AS people
FROM customers_organisation o
"""


def companies_page(*, words: str = "", after: int | None = None, limit: int) -> list[Any]:
    """By name; `words` stand at the beginning of a word of it, or are a domain. `after` is the key of the page's last."""
    pattern = words.casefold().strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return db.rows(
        f"""{_COMPANY} WHERE (%(words)s = '' OR o.sort_name LIKE %(start)s OR o.sort_name LIKE %(inner)s OR o.domains @> %(domain)s)
            AND (%(after)s::bigint IS NULL OR (o.sort_name, o.id) > (SELECT b.sort_name, b.id FROM customers_organisation b WHERE b.id = %(after)s))
            ORDER BY o.sort_name, o.id LIMIT %(limit)s""",
        {"words": words, "start": f"{pattern}%", "inner": f"% {pattern}%", "domain": db.json([words.casefold().strip()]),
         "after": after, "limit": limit},
    )  # fmt: skip


def company_row(company: int) -> Any | None:
    return db.row(f"{_COMPANY} WHERE o.id = %s", [company])


def company_choices(*, limit: int = 500) -> list[Any]:
    """Names to choose from, in their order: id, name."""
    return db.rows("SELECT id, name FROM customers_organisation ORDER BY sort_name, id LIMIT %s", [limit])


def companies_of_domains(domains: list[str]) -> dict[str, Any]:
    """By domain, the company whose mail comes from there: id, name; the oldest where several say so."""
    found = db.rows(
        """SELECT DISTINCT ON (d.domain) d.domain, o.id, o.name FROM unnest(%s::text[]) AS d (domain)
           JOIN customers_organisation o ON o.domains @> to_jsonb(ARRAY[d.domain]) ORDER BY d.domain, o.id""",
        [domains],
    )
    return {row.domain: row for row in found}
