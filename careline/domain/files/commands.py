"""Keeping and forgetting contents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from careline.domain.files.store import store
from careline.kit import db
from careline.kit.storage import Writing

UNREFERENCED_KEPT = timedelta(hours=24)
REMOTE_KEPT = timedelta(days=30)


def write(contents: Sequence[bytes], *, deflate: bool = False) -> list[str]:
    """Makes contents durable on disk; returns their digests. Call it before the transaction that names them."""
    return store().put_all(contents, deflate=deflate)


def begin(contents: Sequence[bytes], *, deflate: bool = False) -> Writing:
    """Like `write`, without waiting: the caller finishes it before the commit of what names the digests."""
    return store().begin(contents, deflate=deflate)


def keep(sizes: dict[str, int], *, at: datetime) -> None:
    """Names written contents (digest → size in bytes) in the table, inside the transaction that refers to them."""
    if sizes:
        db.execute(
            """INSERT INTO files_file (digest, size, stored_at)
               SELECT digest, size, %s FROM unnest(%s::text[], %s::bigint[]) AS new (digest, size)
               ORDER BY digest ON CONFLICT (digest) DO NOTHING""",
            [at, list(sizes), list(sizes.values())],
            prepared=True,
        )


def keep_remote(address_digest: str, *, digest: str, media_type: str, at: datetime) -> None:
    """What was fetched from an address, for the next look; forgotten after 30 days."""
    db.execute(
        """INSERT INTO files_remotecontent (address_digest, file_id, media_type, fetched_at) VALUES (%s, %s, %s, %s)
           ON CONFLICT (address_digest) DO UPDATE SET file_id = excluded.file_id, media_type = excluded.media_type,
               fetched_at = excluded.fetched_at""",
        [address_digest, digest, media_type, at],
    )
    db.execute("DELETE FROM files_remotecontent WHERE fetched_at < %s", [at - REMOTE_KEPT])


def sweep(*, at: datetime, limit: int = 500) -> int:
    """Removes contents that nothing has referred to for 24 h; how many.

    Who refers is read from the database's own foreign keys, so this package need not know the tables above it. A file
    referred to again between the look and the delete makes the delete fail, never the reference.
    """
    gone = _delete_unused(
        """SELECT digest FROM files_file WHERE stored_at < %s ORDER BY digest LIMIT %s FOR UPDATE SKIP LOCKED""",
        [at - UNREFERENCED_KEPT, limit],
    )
    return store().remove(gone)


def let_go(digests: Sequence[str]) -> list[str]:
    """Those of these contents that nothing refers to any more leave the table; take them off the disk after the commit."""
    return _delete_unused(
        "SELECT digest FROM files_file WHERE digest = ANY(%s) ORDER BY digest FOR UPDATE SKIP LOCKED", [list(digests)]
    )


def take_off_the_disk(digests: Sequence[str]) -> int:
    """After the commit of `let_go`; what has been named again since stays. How many went."""
    named = {row.digest for row in db.rows("SELECT digest FROM files_file WHERE digest = ANY(%s)", [list(digests)])}
    return store().remove(digest for digest in digests if digest not in named)


def _delete_unused(CHOSEN: str, args: list[object]) -> list[str]:
    references = db.rows(
        """SELECT con.conrelid::regclass::text AS name, att.attname AS field FROM pg_constraint con
           JOIN pg_attribute att ON att.attrelid = con.conrelid AND att.attnum = con.conkey[1]
           WHERE con.contype = 'f' AND con.confrelid = 'files_file'::regclass"""
    )
    unused = " AND ".join(f"NOT EXISTS (SELECT FROM {r.name} r WHERE r.{r.field} = f.digest)" for r in references)
    gone = db.rows(f"DELETE FROM files_file f WHERE f.digest IN ({CHOSEN}) AND {unused} RETURNING digest", args)
    return [row.digest for row in gone]
