"""A case as one row: words as they stand now, measures from its fact. A page at a time by number, whatever the length of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from careline.domain.conversations.queries.visibility import visible
from careline.domain.reports.rules.rows import OWN_FIELD, kind_of
from careline.domain.staff.rules import Person, reach_of
from careline.kit import db
from careline.kit.sheets import csv_sql, parquet_sql
from careline.kit.sheets.columns import Column, Kind
from careline.kit.sheets.parquet import Cells

Condition = tuple[str, dict[str, Any]]
"""Over `conversations_conversation c`, with its parameters: who sees what, and what was asked for."""

_NAMED = "coalesce(nullif(n.name ->> %(language)s, ''), n.name ->> 'en', (SELECT min(w.value) FROM jsonb_each_text(n.name) w))"
# OFFSET 0: the few statuses and topics are named before they are joined, each once.
_JOINS = {
    "f": "LEFT JOIN case_fact f ON f.conversation_id = c.id",
    "s": f"LEFT JOIN (SELECT id, {_NAMED} AS name FROM conversations_status n OFFSET 0) s ON s.id = c.status_id",
    "ch": "LEFT JOIN channels_channel ch ON ch.id = c.channel_id",
    "b": "LEFT JOIN company_brand b ON b.id = c.brand_id",
    "te": "LEFT JOIN staff_team te ON te.id = c.team_id",
    "a": "LEFT JOIN staff_agent a ON a.id = c.assignee_id",
    "t": f"LEFT JOIN (SELECT id, {_NAMED} AS name FROM conversations_topic n OFFSET 0) t ON t.id = c.topic_id",
    "cu": "LEFT JOIN customers_customer cu ON cu.id = c.customer_id",
    "o": "LEFT JOIN customers_organisation o ON o.id = cu.organisation_id",
}
# what stands in a column, and the joins it needs
_SHOWN: dict[str, tuple[str, tuple[str, ...]]] = {
    "number": ("c.number", ()), "subject": ("c.subject", ()), "status": ("s.name", ("s",)), "category": ("c.category", ()),
    "priority": ("(ARRAY['low', 'normal', 'high', 'urgent'])[c.priority]", ()), "channel": ("ch.name", ("ch",)),
    "channel_kind": ("ch.kind", ("ch",)), "brand": ("b.name", ("b",)), "team": ("te.name", ("te",)), "agent": ("a.name", ("a",)),
    "topic": ("t.name", ("t",)), "customer": ("cu.name", ("cu",)), "customer_id": ("c.customer_id", ()),
    "company": ("o.name", ("cu", "o")), "language": ("c.language", ()), "opened_at": ("c.created_at", ()), "updated_at": ("c.updated_at", ()),
    "is_spam": ("c.is_spam", ()), "not_counted": ("f.why_not", ("f",)),
    "products": (
        """CASE WHEN f.product_ids <> '{}' THEN
        (SELECT string_agg(p.name, '; ' ORDER BY p.name, p.id) FROM orders_product p WHERE p.id = ANY(f.product_ids)) END""",
        ("f",),
    ),
    "tags": (
        """CASE WHEN c.tag_ids <> '{}' THEN
        (SELECT string_agg(g.name, '; ' ORDER BY lower(g.name)) FROM conversations_tag g WHERE g.id = ANY(c.tag_ids)) END""",
        (),
    ),
}  # fmt: skip


def rows_page(
    where: Condition,
    columns: Sequence[str],
    *,
    language: str,
    after: int | None = None,
    limit: int,
    oldest_first: bool = False,
) -> list[Any]:
    """Rows of the columns in their order, behind each the case's number as `key`: the newest first, or the oldest. `after`: the key of
    the last one seen."""
    ROWS, params = _asked(where, columns, language=language, after=after, limit=limit, oldest_first=oldest_first)
    return db.rows(f"{ROWS}", params)


def rows_as_csv(
    where: Condition, columns: Sequence[str], *, language: str, after: int | None = None, limit: int
) -> list[bytes]:
    """The same rows as lines of CSV, the oldest first, the key as a last cell of each."""
    ROWS, params = _asked(where, columns, language=language, after=after, limit=limit, oldest_first=True)
    CELLS = ", ".join(csv_sql.cell(f"r.c{n}", cast(Kind, kind_of(key))) for n, key in enumerate(columns))
    return db.copied(f"COPY (SELECT {CELLS}, r.key FROM ({ROWS}) r ORDER BY r.key) TO STDOUT (FORMAT csv)", params)


def rows_as_columns(
    where: Condition, columns: Sequence[Column], *, language: str, after: int | None = None, limit: int
) -> tuple[list[Cells], int] | None:
    """(the same rows, the oldest first, as columns of Parquet, the key of the last one); None where there are no more."""
    ROWS, params = _asked(
        where, [one.key for one in columns], language=language, after=after, limit=limit, oldest_first=True
    )
    CELLS = ", ".join(parquet_sql.column_sql(f"r.c{n}", one.kind) for n, one in enumerate(columns))
    # Aggregates take rows in the order in which the inner select gives them.
    told = iter(
        db.copied_fields(
            f"COPY (SELECT count(*), max(r.key), {CELLS} FROM ({ROWS}) r) TO STDOUT (FORMAT binary)", params
        )
    )
    count, last = int.from_bytes(next(told), "big"), int.from_bytes(next(told), "big")
    return (parquet_sql.cells_of(columns, count, told), last) if count else None


def _asked(
    where: Condition, columns: Sequence[str], *, language: str, after: int | None, limit: int, oldest_first: bool
) -> Condition:
    """The statement with its parameters."""
    shown = [_shown(n, key) for n, key in enumerate(columns)]
    joins = " ".join(join for name, join in _JOINS.items() if any(name in needed for _, needed, _ in shown))
    cells = ", ".join(f"{sql} AS c{n}" for n, (sql, _, _) in enumerate(shown))
    behind, order = (">", "ASC") if oldest_first else ("<", "DESC")
    condition, params = where
    codes = {name: value for _, _, given in shown for name, value in given.items()}
    statement = f"""SELECT {cells}, c.number AS key FROM conversations_conversation c {joins}
        WHERE (%(after)s::bigint IS NULL OR c.number {behind} %(after)s) AND {condition} ORDER BY c.number {order} LIMIT %(limit)s"""
    return statement, {**params, **codes, "language": language, "after": after, "limit": limit}


def count_of(where: Condition) -> int:
    condition, params = where
    return int(db.value(f"SELECT count(*) FROM conversations_conversation c WHERE {condition}", params))


def within_reach(person: Person, verb: str) -> Condition:
    """What a person reaches by a verb, to be asked beside what they may read: its parameters bear other names."""
    condition, params = visible(reach_of(person, verb))
    return condition.replace("%(reach", "%(also"), {f"also{name[5:]}": value for name, value in params.items()}


def both(one: Condition, other: Condition) -> Condition:
    return f"({one[0]}) AND ({other[0]})", one[1] | other[1]


def _shown(place: int, key: str) -> tuple[str, tuple[str, ...], dict[str, Any]]:
    """(SQL, joins, parameters) of a column."""
    if key.startswith(OWN_FIELD):
        return f"c.fields ->> %(own_{place})s", (), {f"own_{place}": key.removeprefix(OWN_FIELD)}
    sql, joins = _SHOWN.get(key) or (f"f.{key}", ("f",))
    if key not in _SHOWN and kind_of(key) == "boolean":
        sql = f"{sql} = 1"
    return sql, joins, {}
