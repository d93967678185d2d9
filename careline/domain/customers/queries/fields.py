"""The fields there are."""

from __future__ import annotations

from typing import Any

from careline.kit import db
from careline.kit.typed_fields import Choice, Definition

_FIELDS = "SELECT id, subject, code, name, kind, choices, is_required, is_listed, position FROM customers_field"


def fields_of(subject: str) -> list[Any]:
    """Rows of those in use, in their order; `subject` is customer or organisation."""
    return db.rows(f"{_FIELDS} WHERE subject = %s AND archived_at IS NULL ORDER BY position, id", [subject])


def field_by_id(field: int) -> Any | None:
    return db.row(f"{_FIELDS} WHERE id = %s AND archived_at IS NULL", [field])


def definitions(subject: str) -> list[Definition]:
    """The same as kit/typed_fields.py judges values by."""
    return [definition_of(row) for row in fields_of(subject)]


def definition_of(row: Any) -> Definition:
    return Definition(row.code, row.name, row.kind, tuple(Choice(*choice) for choice in row.choices), row.is_required)
