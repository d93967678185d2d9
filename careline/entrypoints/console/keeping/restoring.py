"""Putting a backup into an empty database made for it: the tables of its own version first, then this version's."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from careline.entrypoints.console.first_tables import make_tables
from careline.entrypoints.console.keeping.ground import MAGIC, NEVER_KEPT, another_connection, raw_connection
from careline.entrypoints.console.keeping.looking import Seen
from careline.entrypoints.console.refusal import Refusal
from careline.kit.archive import tables as archive
from careline.kit.archive.builders import Builders, building
from careline.kit.archive.parts import Part, parts_of

INFLATING = 1
MANY = 5000


def fill(seen: Seen) -> dict[str, int]:
    """Fills the empty database that Django is connected to; table → rows. Raises Refusal where a sum is wrong."""
    from django.core.management import call_command
    from django.db.migrations.loader import MigrationLoader

    with _no_looking_for_garbage():
        _make_tables_of(seen)
    connection = raw_connection()
    archive.make_partitions(connection, [archive.Partition(**made) for made in seen.install["partitions"]])
    here = archive.tables_of(connection)
    with building(connection, sorted(here.keys() - NEVER_KEPT), connect=another_connection) as builders:
        rows = _load(connection, seen, here, builders)
        # Else the first pages would be planned as if every table were empty.
        builders.finish(connection, filled=rows)
    archive.set_sequences(connection, seen.sequences)
    if seen.migrations != set(MigrationLoader(None).disk_migrations):
        call_command("migrate", verbosity=0, interactive=False)
    return rows


@contextmanager
def _no_looking_for_garbage() -> Iterator[None]:
    """Making tables makes so many classes that a third of its time would go there."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _make_tables_of(seen: Seen) -> None:
    """Exactly the migrations that the backup had, whatever this version added since."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    had = seen.migrations
    if had == set(executor.loader.disk_migrations) and make_tables():
        return
    behind = {parent for key in had for parent in executor.loader.graph.node_map[key].parents}
    targets = sorted(key for key in had if key not in {parent.key for parent in behind})
    executor.migrate(targets)


def _load(connection: Any, seen: Seen, here: dict[str, archive.Table], builders: Builders) -> dict[str, int]:
    rows = {}
    parts = parts_of(seen.path, magic=MAGIC, only={"table"})
    in_partitions = {partition["parent"] for partition in seen.install["partitions"]}
    with ThreadPoolExecutor(INFLATING) as pool:
        for name, of_table in groupby(parts, key=lambda part: part.head["name"]):
            first, chunks = _with_first(of_table)
            if name not in here:
                raise Refusal(
                    f"{seen.path} holds the table {name}, which its own version does not make; it was not restored."
                )
            is_large = seen.sums["rows"].get(name, 0) > MANY and name not in in_partitions
            rows[name] = archive.copied_in(connection, name, first.head["columns"], chunks, pool=pool, anew=is_large)
            builders.is_full(name)
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
