"""What many tests begin with: made by the commands once in a process, written down as it stood for every test after the first.

Only in the transaction of a test that has changed nothing yet, so whatever is made begins from the empty company; everywhere
else, and where the database has no superuser to write rows past triggers, it is made by the commands as ever.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection

from careline.kit import db

Asked = ParamSpec("Asked")
Made = TypeVar("Made")

UNTOUCHED = """SELECT pg_current_xact_id_if_assigned() IS NULL AND (SELECT usesuper FROM pg_user WHERE usename = current_user)"""
CHANGED = """SELECT relid::regclass::text AS name FROM pg_stat_xact_user_tables WHERE n_tup_ins + n_tup_upd + n_tup_del > 0 ORDER BY 1"""
# Parts of a transaction have numbers of their own, after its own number.
MADE_HERE = "xmin::text::bigint >= pg_current_xact_id()::text::bigint"
# A happening says by which transaction it was written, and some columns are worked out from others: those come anew.
COLUMNS = """SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
             WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND atttypid <> 'xid8'::regtype"""
# People count cases and orders without a gap: the next number is the one after those that were made.
NUMBERS = """SELECT format('SELECT setval(%%L, %%s, %%L)', sequencename, coalesce(last_value, start_value), last_value IS NOT NULL)
             FROM pg_sequences WHERE right(sequencename, 7) <> '_id_seq'"""

PAST_TRIGGERS, WITH_TRIGGERS = (f"SET LOCAL session_replication_role = {role}" for role in ("replica", "origin"))


def made_once(make: Callable[Asked, Made]) -> Callable[Asked, Made]:
    """`make` begins from nothing; what it answers can be pickled, and everybody gets a copy of their own."""
    kept: dict[str, tuple[bytes, bytes]] = {}

    @wraps(make)
    def made(*args: Asked.args, **kwargs: Asked.kwargs) -> Made:
        if not (connection.in_atomic_block and db.value(UNTOUCHED)):
            return make(*args, **kwargs)
        asked = repr((args, kwargs))
        if asked not in kept:
            answer = make(*args, **kwargs)
            kept[asked] = pickle.dumps(answer), _rows()
            return answer
        answered, rows = kept[asked]
        _write(rows)
        found: Made = pickle.loads(answered)
        return found

    return made


def _rows() -> bytes:
    """The statements that write every row this transaction has made, and count on from there."""
    told = []
    for (table,) in db.rows(CHANGED):
        columns = db.value(COLUMNS, [table])
        rows = db.value(
            f"SELECT quote_literal(json_agg(t)::text) FROM (SELECT {columns} FROM {table} WHERE {MADE_HERE}) t"
        )
        if rows is not None:
            told.append(
                f"INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM json_populate_recordset(NULL::{table}, {rows})"
            )
    numbers = [row[0] for row in db.rows(NUMBERS)]
    return "; ".join([PAST_TRIGGERS, *told, WITH_TRIGGERS, *numbers]).encode()


def _write(statements: bytes) -> None:
    """All at once, past the reading of parameters: a sign of per cent in a text is one."""
    answer = connection.connection.pgconn.exec_(statements)
    assert answer.error_message == b"", answer.error_message.decode()
