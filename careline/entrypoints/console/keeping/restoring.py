"""Putting a backup into an empty database made for it: the tables of its own version first, then this version's."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from careline.entrypoints.console.keeping.ground import MAGIC, NEVER_KEPT, raw_connection
from careline.entrypoints.console.keeping.looking import Seen
from careline.entrypoints.console.refusal import Refusal
from careline.kit.archive import tables as archive
from careline.kit.archive.parts import Part, parts_of
from careline.kit.archive.scaffold import taken_down


def fill(seen: Seen) -> dict[str, int]:
    """Fills the empty database that Django is connected to; table → rows. Raises Refusal where a sum is wrong."""
    from django.core.management import call_command
    from django.db import transaction
    from django.db.migrations.loader import MigrationLoader

    _make_tables_of(seen)
    with transaction.atomic():
        connection = raw_connection()
        archive.set_plain_forms(connection)
        archive.make_partitions(connection, [archive.Partition(**made) for made in seen.install["partitions"]])
        here = archive.tables_of(connection)
        with taken_down(connection, sorted(here.keys() - NEVER_KEPT)):
            rows = _load(connection, seen, here)
        archive.set_sequences(connection, seen.sequences)
    if seen.migrations != set(MigrationLoader(None).disk_migrations):
        call_command("migrate", verbosity=0, interactive=False)
    # Else the first pages would be planned as if every table were empty.
    archive.analyse_quickly(raw_connection())
    return rows


def _make_tables_of(seen: Seen) -> None:
    """Exactly the migrations that the backup had, whatever this version added since."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    had = seen.migrations
    behind = {parent for key in had for parent in executor.loader.graph.node_map[key].parents}
    targets = sorted(key for key in had if key not in {parent.key for parent in behind})
    executor.migrate(targets)


def _load(connection: Any, seen: Seen, here: dict[str, archive.Table]) -> dict[str, int]:
    rows = {}
    parts = (part for part in parts_of(seen.path, magic=MAGIC) if part.kind == "table")
    for name, of_table in groupby(parts, key=lambda part: part.head["name"]):
        first, chunks = _with_first(of_table)
        if name not in here:
            raise Refusal(
                f"{seen.path} holds the table {name}, which its own version does not make; it was not restored."
            )
        rows[name] = archive.copied_in(connection, name, first.head["columns"], chunks)
    for name, number in seen.sums["rows"].items():
        if rows.get(name, 0) != number:
            raise Refusal(f"{rows.get(name, 0):,} of {number:,} rows of {name} came back; nothing was changed.")
    return rows


def _with_first(parts: Iterator[Part]) -> tuple[Part, Iterator[bytes]]:
    first = next(parts)

    def bodies() -> Iterator[bytes]:
        yield first.body
        for part in parts:
            yield part.body

    return first, bodies()
