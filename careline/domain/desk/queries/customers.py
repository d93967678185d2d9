"""The customer list and a customer's page."""

from __future__ import annotations

from typing import Any

from careline.kit import db


def customers_page(*, text: str = "", before: int | None = None, limit: int = 50) -> list[Any]:
    """Customers, newest first, by part of a name or the beginning of an address."""
    return db.rows(
        """SELECT cu.id, cu.name, cu.language, cu.created_at, o.name AS company_name,
               (SELECT coalesce(json_agg(ca.value ORDER BY ca.is_primary DESC, ca.id), '[]') FROM customers_address ca
                WHERE ca.customer_id = cu.id) AS addresses,
               (SELECT count(*) FROM conversations_conversation c WHERE c.customer_id = cu.id) AS case_count
           FROM customers_customer cu LEFT JOIN customers_organisation o ON o.id = cu.organisation_id
           WHERE cu.erased_at IS NULL AND cu.merged_into_id IS NULL AND (%(before)s::bigint IS NULL OR cu.id < %(before)s)
             AND (%(text)s = '' OR cu.name ILIKE %(pattern)s OR EXISTS (SELECT FROM customers_address ca
                  WHERE ca.customer_id = cu.id AND ca.value ILIKE %(prefix)s))
           ORDER BY cu.id DESC LIMIT %(limit)s""",
        {"text": text, "pattern": f"%{_plain(text)}%", "prefix": f"{_plain(text)}%", "before": before, "limit": limit},
    )


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
