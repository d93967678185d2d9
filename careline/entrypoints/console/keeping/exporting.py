"""Writing an export: one file of JSON lines for each noun, all files as they are, and what all of it means.

Two systems that hold the same write the same bytes, so nothing in it says when or where it was written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from careline.entrypoints.console.keeping.ground import NEVER_KEPT, declared, raw_connection
from careline.entrypoints.console.refusal import Refusal
from careline.kit import db
from careline.kit.archive import tables as archive
from careline.kit.archive.declared import Declared
from careline.kit.archive.lines import lines_of
from careline.kit.storage import ContentMissing

FORMAT, VERSION = "careline export", 1
ABOUT = "about.json"
FILES = "files"
_ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"


def export(folder: Path) -> dict[str, Any]:
    """Everything as it stands at one moment, into an empty folder; what `about.json` says. Django must be set up."""
    with transaction.atomic():
        db.execute(_ONE_MOMENT)
        connection = raw_connection()
        archive.set_plain_forms(connection)
        here = archive.tables_of(connection)
        said = _said_of(here)
        nouns = {
            what.export: _write_noun(connection, here[name], what, folder) for name, what in said.items() if what.export
        }
        about = {
            "format": FORMAT,
            "version": VERSION,
            "nouns": nouns,
            "sequences": archive.sequences_of(connection, tables=[n["table"] for n in nouns.values()]),
            "left_out": {name: what.because for name, what in said.items() if not what.export},
            "missing_files": _write_files(folder / FILES),
        }
    (folder / ABOUT).write_text(json.dumps(about, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
    return about


def _said_of(here: dict[str, archive.Table]) -> dict[str, Declared]:
    """What the packages say of the tables that are here, by table. Raises Refusal where they say nothing of one."""
    said = declared()
    silent = sorted(here.keys() - said.keys() - NEVER_KEPT)
    if silent:
        raise Refusal(
            f"No package says what becomes of {silent[0]} in an export; nothing was written, please report it."
        )
    return {name: said[name] for name in sorted(here.keys() & said.keys())}


def _write_noun(connection: Any, table: archive.Table, what: Declared, folder: Path) -> dict[str, Any]:
    columns = [name for name in table.columns if name not in what.without]
    rows = 0
    with (folder / f"{what.export}.jsonl").open("w", encoding="utf-8", newline="\n") as file:
        for line in lines_of(connection, table, columns=columns, instead=what.instead):
            file.write(line + "\n")
            rows += 1
    return {"table": table.name, "columns": columns, "rows": rows, "without": sorted(what.without)}


def _write_files(folder: Path) -> list[str]:
    """Each stored content under the SHA-256 it is known by; those that are missing from the store."""
    from careline.domain.files.queries import content_of

    missing = []
    for digest in _digests():
        try:
            content = content_of(digest)
        except ContentMissing:
            missing.append(digest)
            continue
        place = folder / digest[:2]
        place.mkdir(parents=True, exist_ok=True)
        (place / digest).write_bytes(content)
    return missing


def _digests() -> Iterator[str]:
    from careline.domain.files.queries import digests_after

    after = ""
    while found := digests_after(after, limit=10_000):
        yield from found
        after = found[-1]
