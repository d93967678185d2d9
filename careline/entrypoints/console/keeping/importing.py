"""Reading an export of ours into an empty install: all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from psycopg import Error as DatabaseError

from careline.entrypoints.console.keeping.exporting import ABOUT, FILES, FORMAT, VERSION
from careline.entrypoints.console.keeping.ground import NEVER_KEPT, declared, raw_connection
from careline.entrypoints.console.refusal import Refusal
from careline.kit.archive import tables as archive
from careline.kit.archive.declared import settle
from careline.kit.archive.lines import lines_in
from careline.kit.archive.scaffold import taken_down
from careline.kit.storage import digest_of


def read_about(folder: Path) -> dict[str, Any]:
    """Raises Refusal where the folder is no export that this version reads."""
    try:
        about = json.loads((folder / ABOUT).read_text("utf-8"))
        is_ours = about["format"] == FORMAT and isinstance(about["nouns"], dict)
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise Refusal(f"{folder} is no export of Careline's: {ABOUT} is missing or cannot be read.") from wrong
    if not is_ours or about.get("version") != VERSION:
        raise Refusal(f"{folder} is an export in another format than version {VERSION}, which this version reads.")
    return dict(about)


def check(folder: Path, about: dict[str, Any]) -> dict[str, int]:
    """Looks through everything before anything is changed: noun → rows. Raises Refusal. Django must be set up."""
    said = {what.export: what for what in declared().values() if what.export}
    here = archive.tables_of(raw_connection())
    found = {}
    for noun, tells in about["nouns"].items():
        if noun not in said or said[noun].table != tells["table"]:
            raise Refusal(f"{folder} holds {noun}, which this version does not know; read it with a newer one.")
        unknown = set(tells["columns"]) - set(here[said[noun].table].columns)
        if unknown:
            raise Refusal(f"{noun}.jsonl has {sorted(unknown)[0]}, which this version does not know; use a newer one.")
        found[noun] = sum(1 for _ in _lines(folder, noun))
        if found[noun] != tells["rows"]:
            raise Refusal(f"{noun}.jsonl has {found[noun]:,} lines and should have {tells['rows']:,}; export anew.")
    _check_files(folder, about)
    return found


def bring_in(folder: Path, about: dict[str, Any]) -> None:
    """Everything into the empty install that Django is connected to. Raises Refusal; then nothing came in."""
    _put_files(folder)
    noun = ""
    try:
        with transaction.atomic():
            connection = raw_connection()
            archive.set_plain_forms(connection)
            said = declared()
            emptied = [
                name
                for name in sorted(archive.tables_of(connection).keys() - NEVER_KEPT)
                if name not in said or not said[name].is_ground
            ]
            with taken_down(connection, emptied):
                for noun, tells in about["nouns"].items():
                    _bring_in_noun(connection, folder, noun, tells)
            archive.set_sequences(connection, about["sequences"])
            settle(settings.INSTALLED_APPS)
    except DatabaseError as wrong:
        first = str(wrong).splitlines()[0]
        raise Refusal(f"{noun}.jsonl does not fit this version ({first}); nothing came in.") from wrong
    raw_connection().execute("ANALYZE")


def _bring_in_noun(connection: Any, folder: Path, noun: str, tells: dict[str, Any]) -> None:
    what = declared()[tells["table"]]
    lines_in(connection, tells["table"], columns=tells["columns"], added=dict(what.without), lines=_lines(folder, noun))


def _lines(folder: Path, noun: str) -> Iterator[str]:
    try:
        with (folder / f"{noun}.jsonl").open(encoding="utf-8", newline="\n") as file:
            for line in file:
                yield line.rstrip("\n")
    except (OSError, UnicodeDecodeError) as cause:
        raise Refusal(f"{noun}.jsonl cannot be read ({cause}); export anew.") from cause


def _check_files(folder: Path, about: dict[str, Any]) -> None:
    missing = set(about["missing_files"])
    for line in _lines(folder, "files"):
        digest = json.loads(line)["digest"]
        path = folder / FILES / digest[:2] / digest
        if digest not in missing and not path.is_file():
            raise Refusal(f"The file {digest} is missing from {folder / FILES}; export anew.")


def _put_files(folder: Path) -> None:
    """Into the store, where they harm nobody if the rest fails."""
    from careline.domain.files.commands import write

    batch: list[bytes] = []
    for path in sorted((folder / FILES).glob("??/*")):
        batch.append(path.read_bytes())
        if digest_of(batch[-1]) != path.name:
            raise Refusal(f"The file {path.name} holds other bytes than were exported; nothing came in.")
        if len(batch) == 64 or sum(len(content) for content in batch) > 16 * 1024 * 1024:
            write(batch, deflate=True)
            batch = []
    write(batch, deflate=True)
