"""How the values of a dimension are called."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.reports.rules.asking import TEXTS
from careline.domain.reports.rules.measures import NONE
from careline.domain.staff.rules import Person, reach_of
from careline.kit import db

_NAMES = {
    "channel": "SELECT id, coalesce(nullif(name, ''), address) AS name FROM channels_channel WHERE id = ANY(%s)",
    "brand": "SELECT id, name FROM company_brand WHERE id = ANY(%s)",
    "team": "SELECT id, name FROM staff_team WHERE id = ANY(%s)",
    "agent": "SELECT id, name FROM staff_agent WHERE id = ANY(%s)",
    "topic": "SELECT id, name FROM conversations_topic WHERE id = ANY(%s)",
    "form": "SELECT id, name FROM forms_form WHERE id = ANY(%s)",
    "product": "SELECT id, name FROM orders_product WHERE id = ANY(%s)",
    "customer": "SELECT id, name FROM customers_customer WHERE id = ANY(%s)",
    "company": "SELECT id, name FROM customers_organisation WHERE id = ANY(%s)",
}
_CHOICES = {
    "channel": "SELECT id, coalesce(nullif(name, ''), address) AS name FROM channels_channel ORDER BY lower(name), id",
    "brand": "SELECT id, name FROM company_brand ORDER BY lower(name), id",
    "team": "SELECT id, name FROM staff_team ORDER BY lower(name), id",
    "topic": "SELECT id, name FROM conversations_topic WHERE retired_at IS NULL ORDER BY position, id",
}


def labels_of(dim: str, keys: Iterable[str], *, language: str) -> dict[str, str]:
    """Key → name. What has no name (any more) is not in it; words and priorities are named where they are shown."""
    if dim in TEXTS or dim not in _NAMES:
        return {}
    wanted = sorted({int(key) for key in keys if key != NONE})
    return {str(row.id): said for row in db.rows(_NAMES[dim], [wanted]) if (said := _said(row.name, language))}


def label_for(person: Person, dim: str, key: str, *, language: str) -> str:
    """The name of one value that somebody wrote into an address; empty where it is that of a customer or company none of whose
    cases they see."""
    if dim in ("customer", "company") and not reach_of(person, "conversation:read").everything:
        seen, params = visible(reach_of(person, "conversation:read"))
        found = db.value(
            f"""SELECT EXISTS (SELECT FROM conversations_conversation c
                WHERE {_OF_CUSTOMER if dim == "customer" else _OF_COMPANY} AND {seen})""",
            params | {"of": int(key)},
        )
        if not found:
            return ""
    return labels_of(dim, [key], language=language).get(key, "")


_OF_CUSTOMER = "c.customer_id = %(of)s"
_OF_COMPANY = "c.customer_id IN (SELECT id FROM customers_customer WHERE organisation_id = %(of)s)"


def choices_of(dim: str, *, language: str) -> list[tuple[str, str]]:
    """What may be chosen as a filter: key and name, by name."""
    return [(str(row.id), _said(row.name, language)) for row in db.rows(_CHOICES[dim])]


def _said(name: Any, language: str) -> str:
    """Words of the company may stand in several languages."""
    if not isinstance(name, dict):
        return str(name or "")
    return str(name.get(language) or name.get("en") or next(iter(name.values()), ""))
