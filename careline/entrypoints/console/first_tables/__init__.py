"""All tables of a new install in one statement, instead of a hundred migrations one by one.

`tables.sql` is what the migrations make of an empty database, dumped by `bin/first-tables.sh`; its head names each of them by its digest.
Where one of them reads otherwise by now, or the database is not empty, the migrations run as ever: the file saves time and decides nothing.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

TABLES = Path(__file__).parent / "tables.sql"
_PACKAGE = Path(__file__).resolve().parents[3]


def make_tables() -> bool:
    """Makes the tables of an empty database; whether that was all, and no migration is left to be run. Django must be set up."""
    from django.db import connection, transaction

    from careline.domain.history.commands import make_months
    from careline.kit import clock

    sql = TABLES.read_text(encoding="utf-8") if TABLES.exists() else ""
    if not is_fit(sql):
        return False
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_schema() = 'public'")
        if cursor.fetchone() != (True,) or connection.introspection.table_names(cursor):
            return False
        cursor.execute("SET LOCAL check_function_bodies = off")
        cursor.execute(sql)
        for back in (timedelta(days=60), timedelta()):
            make_months(clock.now() - back)
    return head_of(sql) == known_migrations()


def is_fit(sql: str) -> bool:
    """Whether every migration that the file was made by still reads as it did then."""
    told = head_of(sql)
    return bool(told) and told.items() <= known_migrations().items()


def head_of(sql: str) -> dict[str, str]:
    """Migrations by name → their digest; Django's by its version."""
    lines = [line.removeprefix("-- ") for line in sql.split("\n\n", 1)[0].splitlines() if line.startswith("-- ")]
    return dict(line.rsplit(" ", 1) for line in lines[1:])


def known_migrations() -> dict[str, str]:
    """Of this version: the same names and digests."""
    found = {"django": version("django")}
    for file in sorted(_PACKAGE.glob("domain/*/migrations/[0-9]*.py")):
        digest = hashlib.sha256(file.read_bytes())
        for beside in sorted([*(file.parents[1] / "sql").glob("*.sql"), *file.parent.glob("_*.py")]):
            digest.update(beside.read_bytes())
        found[f"{file.parents[1].name}.{file.stem}"] = digest.hexdigest()[:16]
    return found
