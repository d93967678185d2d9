"""Rule sets in their versions, categories, causes and letters."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.complaints.rules.causes import Cause, Placed, in_order
from careline.domain.complaints.rules.choosing import Version, chosen, in_force
from careline.kit import db

_RULES = """
SELECT r.*, b.name AS brand_name, p.name AS product_name, k.name AS calendar_name, a.name AS author_name
FROM complaints_ruleset r LEFT JOIN company_brand b ON b.id = r.brand_id LEFT JOIN orders_product p ON p.id = r.product_id
LEFT JOIN calendars_calendar k ON k.id = r.calendar_id LEFT JOIN staff_agent a ON a.id = r.author_id
"""


def rules_for(*, brand: int | None, product: int | None, country: str, at: datetime) -> Any | None:
    """The version that a complaint falls under which is received now; None where the company has said nothing that fits."""
    rows = {row.id: row for row in db.rows("SELECT * FROM complaints_ruleset ORDER BY id")}
    found = chosen(map(_version, rows.values()), brand=brand, product=product, country=country, at=at)
    return rows[found.id] if found is not None else None


def rules_in_force(at: datetime) -> list[Any]:
    """The latest version of each, by name; those that were switched off and those to come stand among `versions_of`."""
    rows = {row.id: row for row in db.rows(_RULES)}
    found = [rows[one.id] for one in in_force(map(_version, rows.values()), at=at)]
    return sorted(found, key=lambda row: (row.name.casefold(), row.id))


def rule_codes() -> list[str]:
    return [row.code for row in db.rows("SELECT DISTINCT code FROM complaints_ruleset ORDER BY code")]


def rules_by_id(key: int) -> Any | None:
    return db.row(f"{_RULES} WHERE r.id = %s", [key])


def versions_of(code: str) -> list[Any]:
    """The newest first."""
    return db.rows(f"{_RULES} WHERE r.code = %s ORDER BY r.valid_from DESC, r.id DESC LIMIT 100", [code])


def all_versions() -> list[Any]:
    """Of every rule set, the newest first."""
    return db.rows(f"{_RULES} ORDER BY r.name, r.valid_from DESC, r.id DESC LIMIT 500")


def categories(*, with_old: bool = False) -> list[Any]:
    """id, name, is_active."""
    return db.rows(
        "SELECT id, name, is_active FROM complaints_category WHERE is_active OR %s ORDER BY position, lower(name), id",
        [with_old],
    )


def causes(*, with_old: bool = False) -> list[tuple[Placed, bool]]:
    """In the order of the tree: where each stands, and whether it is used still."""
    rows = db.rows(
        "SELECT id, parent_id, name, position, is_active FROM complaints_cause WHERE is_active OR %s", [with_old]
    )
    active = {row.id: row.is_active for row in rows}
    placed = in_order(Cause(row.id, row.parent_id, row.name, row.position) for row in rows)
    return [(one, active[one.id]) for one in placed]


def cause_parents() -> dict[int, int | None]:
    return {row.id: row.parent_id for row in db.rows("SELECT id, parent_id FROM complaints_cause")}


def cause_by_id(key: int) -> Any | None:
    return db.row("SELECT * FROM complaints_cause WHERE id = %s", [key])


def letters(*, kind: str = "", with_old: bool = False) -> list[Any]:
    """id, kind, outcome, name, texts, is_active."""
    return db.rows(
        """SELECT * FROM complaints_letter WHERE (is_active OR %s) AND (%s = '' OR kind = %s)
           ORDER BY array_position(ARRAY['acknowledgement', 'holding', 'final'], kind), lower(name), id""",
        [with_old, kind, kind],
    )


def letter_by_id(key: int) -> Any | None:
    return db.row("SELECT * FROM complaints_letter WHERE id = %s", [key])


def _version(row: Any) -> Version:
    return Version(row.id, row.code, row.valid_from, row.is_off, row.brand_id, row.product_id, row.country)
