"""Reading contents."""

from typing import Any

from careline.domain.files.store import store
from careline.kit import db


def content_of(digest: str) -> bytes:
    """The bytes behind a digest; careline.kit.storage.ContentMissing where there are none."""
    return store().read(digest)


def remote_content(address_digest: str) -> Any | None:
    """What was fetched from an address before: digest, media_type."""
    return db.row(
        "SELECT file_id AS digest, media_type FROM files_remotecontent WHERE address_digest = %s", [address_digest]
    )


def digests_after(digest: str, *, limit: int) -> list[str]:
    """Contents that are named, in the order of their digests; begin with an empty one."""
    return [
        row.digest
        for row in db.rows("SELECT digest FROM files_file WHERE digest > %s ORDER BY digest LIMIT %s", [digest, limit])
    ]
