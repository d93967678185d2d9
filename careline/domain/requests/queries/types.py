"""Types of requests, in the version that is in use or that a request was begun with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.requests.rules.content import Content, content_from
from careline.kit import db

_TYPE = """
SELECT t.id, t.code, t.version, t.is_open, v.id AS version_id, v.content, v.written_at, a.name AS author_name
FROM requests_type t JOIN requests_version v ON v.type_id = t.id AND v.number = t.version
LEFT JOIN staff_agent a ON a.id = v.author_id
"""


@dataclass(frozen=True, slots=True)
class TypeRow:
    id: int
    code: str
    version: int
    is_open: bool
    version_id: int
    content: Content
    written_at: datetime
    author_name: str | None = None


def types() -> list[TypeRow]:
    return [_of(row) for row in db.rows(f"{_TYPE} ORDER BY t.id")]


def type_by_code(code: str) -> TypeRow | None:
    row = db.row(f"{_TYPE} WHERE t.code = %s", [code])
    return _of(row) if row is not None else None


def type_code_of(key: int) -> str:
    return str(db.value("SELECT code FROM requests_type WHERE id = %s", [key]))


def content_of_version(version: int) -> Content:
    return content_from(db.value("SELECT content FROM requests_version WHERE id = %s", [version]))


def counts_by_type() -> dict[int, int]:
    """How many requests of each run."""
    found = db.rows(
        "SELECT type_id, count(*) AS n FROM requests_request WHERE state IN ('open', 'waiting') GROUP BY type_id"
    )
    return {row.type_id: row.n for row in found}


def _of(row: Any) -> TypeRow:
    return TypeRow(*row._replace(content=content_from(row.content)))
