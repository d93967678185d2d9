"""Writing a backup: the spool, then all tables as they stand at one moment, then the files they name."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from careline.entrypoints.console.keeping.ground import (
    MAGIC,
    NEVER_KEPT,
    declared,
    install_id,
    migrations_made,
    raw_connection,
)
from careline.flows.erase_customer import JOURNAL
from careline.kit import db
from careline.kit.archive import tables as archive
from careline.kit.archive.contents import packed
from careline.kit.archive.parts import Writer, written_whole
from careline.kit.journal import Journal
from careline.kit.keys import ring
from careline.kit.spool import NoSuchSpooled, Spool
from careline.kit.storage import ContentMissing

COMPRESSING = 2
_ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"


@dataclass(slots=True)
class Kept:
    """What went into a backup; `size` is the file's, `raw` that of the rows before they were deflated."""

    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    missing: list[str] = field(default_factory=list)
    raw: int = 0
    size: int = 0


def back_up(path: Path, folder: Path, *, version: str, at: datetime, with_key: bool = False) -> Kept:
    """The install in `folder` in one file, while it runs. Django must be set up. Raises OSError."""
    kept = Kept()
    with written_whole(path, magic=MAGIC) as writer:
        # Before the tables: a mail that leaves the spool meanwhile stands in them then.
        _add_spool(writer, folder / "spool")
        with transaction.atomic(), ThreadPoolExecutor(COMPRESSING) as pool:
            db.execute(_ONE_MOMENT)
            writer.add("install", **_install(folder, version=version, at=at))
            _add_tables(writer, kept, pool)
            for pack in packed(_contents(kept)):
                kept.files += len(pack.entries)
                writer.add("files", pack.body, entries=pack.entries)
        writer.add("erasures", Journal(folder / JOURNAL).words())
        if with_key:
            writer.add("keys", ring().written())
        writer.add("sums", rows=kept.rows, files=kept.files, missing=kept.missing)
        kept.size = writer.written
    return kept


def _install(folder: Path, *, version: str, at: datetime) -> dict[str, Any]:
    connection = raw_connection()
    archive.set_plain_forms(connection)
    return {
        "careline": version,
        "made_at": at.isoformat(),
        "install": install_id(folder),
        "migrations": migrations_made(),
        "partitions": [partition.as_dict() for partition in archive.partitions_of(connection)],
        "keys": ring().key_ids,
        "is_test_clock": (folder / "test-clock").exists(),
    }


def _add_tables(writer: Writer, kept: Kept, pool: ThreadPoolExecutor) -> None:
    connection = raw_connection()
    said = declared()
    for table in archive.tables_of(connection).values():
        what = said.get(table.name)
        if table.name in NEVER_KEPT or (what and not what.backup):
            continue
        kept.rows[table.name] = 0
        for chunk in archive.copied_out(connection, table, instead=what.instead if what else {}, pool=pool):
            kept.raw += chunk.raw
            kept.rows[table.name] += chunk.rows
            writer.add("table", chunk.body, digest=chunk.digest, name=table.name, columns=table.columns)
    # Sequences know no moments: read after the rows, they are never behind them.
    writer.add("sequences", values=archive.sequences_of(connection))


def _add_spool(writer: Writer, folder: Path) -> None:
    if not folder.is_dir():
        return
    spool = Spool(folder)
    for pack in packed(_spooled(spool, folder)):
        writer.add("spool", pack.body, entries=pack.entries)


def _spooled(spool: Spool, folder: Path) -> Iterator[tuple[str, bytes]]:
    after = ""
    while names := spool.names(500, after=after):
        for name in names:
            try:
                yield name, (folder / name).read_bytes()
            except (FileNotFoundError, NoSuchSpooled):
                continue  # taken in meanwhile, so the tables have it
        after = names[-1]


def _contents(kept: Kept) -> Iterator[tuple[str, bytes]]:
    from careline.domain.files.queries import digests_after
    from careline.domain.files.store import store

    after = ""
    while digests := digests_after(after, limit=10_000):
        for digest in digests:
            try:
                yield store().lying(digest)
            except ContentMissing:
                kept.missing.append(digest)
        after = digests[-1]
