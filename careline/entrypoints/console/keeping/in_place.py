"""What is not in the database when a backup comes back: files, spool, keys, the journal of erasures; and the old ones' end."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from careline.entrypoints.console.keeping import ground
from careline.entrypoints.console.keeping.looking import Seen
from careline.kit.archive.contents import put_file, unpacked
from careline.kit.archive.parts import parts_of
from careline.kit.journal import Journal, entries_of
from careline.kit.keys import FILE_NAME, bring_back, ring
from careline.kit.postgres import databases

COMPANY, CONTENTS = "company", ("files_file", "digest")


def holds_a_company(url: str) -> bool:
    return databases.has_rows(url, COMPANY)


def put_files(seen: Seen, folder: Path) -> None:
    """Adds what the store and the spool of the folder lack, durably. What is there already stays as it is."""
    for part in parts_of(seen.path, magic=ground.MAGIC, only={"files", "spool"}):
        for name, body in unpacked(part.head["entries"], part.body):
            put_file(folder / part.kind, name, body)
    if not (folder / ground.IDENTITY).exists():
        ground.set_install_id(folder, str(seen.install["install"]))
    if ground.install_id(folder) == seen.install["install"]:
        _journal(folder).add(entries_of(seen.erasures))
    os.sync()


def bring_keys_back(seen: Seen, folder: Path) -> None:
    """The backup's keys behind those that the folder has, for what they sealed; they harm nobody if the rest fails."""
    if seen.keys:
        bring_back(folder / FILE_NAME, seen.keys)


def replay_erasures(seen: Seen, folder: Path) -> list[list[str]]:
    """Whoever was erased since the backup was made is erased in it too: for each, contents that have to leave the disk.

    Django is connected to what came back.
    """
    from careline.domain.customers.queries.erasures import erasure_keys
    from careline.domain.history.actor import SYSTEM
    from careline.flows.erase_customer import erase_again

    if not (folder / ground.IDENTITY).exists() or ground.install_id(folder) != seen.install["install"]:
        return []
    there = erasure_keys()
    since = [entry for entry in _journal(folder).entries() if entry["key"] not in there]
    return [gone for entry in since if (gone := erase_again(entry, by=SYSTEM)) is not None]


def take_off_the_disk(folder: Path, digests: Iterable[str]) -> None:
    from careline.kit.storage import Store

    Store(folder / "files").remove(digests)


def _journal(folder: Path) -> Journal:
    from careline.flows.erase_customer import JOURNAL

    return Journal(folder / JOURNAL)


def remove_files_of_old(new: str, old: str, folder: Path) -> int:
    """Contents that only the replaced system named; how many."""
    from careline.kit.storage import Store

    return Store(folder / "files").remove(databases.only_in(old, new, *CONTENTS))


def what_cannot_be_opened(seen: Seen) -> Iterator[str]:
    """Sentences about what was sealed with keys that are not here."""
    missing = [key for key in seen.install["keys"] if key not in ring().key_ids]
    if not missing or seen.keys:
        return
    sealed = [
        table.sealed for table in ground.declared().values() if table.sealed and seen.sums["rows"].get(table.table)
    ]
    what = ", ".join(["sign-in links and reply addresses given out before", *sealed])
    yield (
        f"the key {missing[0]} is not here, so these can't be opened: {what}; "
        f"bring its {FILE_NAME} back, or type the passwords again"
    )
