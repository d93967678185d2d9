"""Reading history in the order of commits.

Ids commit out of order: a transaction that took the lower id may commit last. So readers take only rows of transactions
older than every running one, ordered by (tx, id); that pair is the cursor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.kit import db

_COLUMNS = """id, tx::text::bigint AS tx, at, actor_kind, actor_id, via, name, subject_kind, subject_key, conversation_id,
    customer_id, data"""
_CURSOR = "SELECT tx, happening FROM history_reader WHERE name = %s"
# Readers are at least once: what a crash takes back of their transaction is done again, with its cursor. So they need not wait for the
# disk, beside people who do; and whatever leaves the house is sent after a later commit, which makes all before it durable.
_LOCKED_CURSOR = (
    "SELECT tx, happening, set_config('synchronous_commit', 'off', true) FROM history_reader WHERE name = %s FOR UPDATE"
)


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """A place in history: everything up to this (tx, id) has been read."""

    tx: int = 0
    happening: int = 0


@dataclass(frozen=True, slots=True)
class Happened:
    """A happening as it stands in history."""

    id: int
    tx: int
    at: datetime
    actor_kind: str
    actor_id: int
    via: str
    name: str
    subject_kind: str
    subject_key: int
    conversation_id: int | None
    customer_id: int | None
    data: dict[str, Any]

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.tx, self.id)


def happenings_after(cursor: Cursor, *, limit: int) -> list[Happened]:
    """What was committed after the cursor, oldest first; never a row that an older running transaction could precede."""
    found = db.rows(
        f"""SELECT {_COLUMNS} FROM history
            WHERE (tx, id) > (%s::text::xid8, %s) AND tx < pg_snapshot_xmin(pg_current_snapshot())
            ORDER BY history.tx, history.id LIMIT %s""",
        [str(cursor.tx), cursor.happening, limit],
    )
    return [Happened(*row) for row in found]


def cursor_of(reader: str, *, locked: bool = False) -> Cursor:
    """Where a durable reader stands; the start of history for a new one. `locked` keeps a second one of it waiting."""
    found = db.row(_LOCKED_CURSOR if locked else _CURSOR, [reader], prepared=True)
    return Cursor(found.tx, found.happening) if found else Cursor()


def newest_cursor() -> Cursor:
    """The end of history as it can be read now."""
    found = db.row(
        """SELECT tx::text::bigint, id FROM history WHERE tx < pg_snapshot_xmin(pg_current_snapshot())
           ORDER BY history.tx DESC, history.id DESC LIMIT 1"""
    )
    return Cursor(*found) if found else Cursor()


def happenings_of_case(
    conversation: int, *, after: int = 0, without: tuple[str, Sequence[int]] = ("", ()), limit: int = 200
) -> list[Happened]:
    """What happened on a case, oldest first, by id. `without`: these subjects of one kind, by their keys."""
    found = db.rows(
        f"""SELECT {_COLUMNS} FROM history WHERE conversation_id = %s AND id > %s
                AND (subject_kind <> %s OR subject_key <> ALL(%s)) ORDER BY id LIMIT %s""",
        [conversation, after, without[0], list(without[1]), limit],
    )
    return [Happened(*row) for row in found]


def behind(reader: str) -> tuple[int, datetime | None]:
    """How many happenings a durable reader has yet to read, and when the first of them happened."""
    cursor = cursor_of(reader)
    found = db.row(
        """SELECT count(*) AS n, min(at) AS first FROM history
           WHERE (tx, id) > (%s::text::xid8, %s) AND tx < pg_snapshot_xmin(pg_current_snapshot())""",
        [str(cursor.tx), cursor.happening],
    )
    return (found.n, found.first) if found else (0, None)


def readers() -> list[str]:
    """Durable readers that have ever read."""
    return [row.name for row in db.rows("SELECT name FROM history_reader ORDER BY name")]


def set_asides() -> dict[str, int]:
    """How many happenings each reader has put aside."""
    return {
        row.reader: row.n
        for row in db.rows("SELECT reader, count(*) AS n FROM history_set_aside GROUP BY reader ORDER BY reader")
    }
