"""Looking through a backup before anything is touched: is it whole, is it ours, can this version read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from careline.entrypoints.console.keeping.ground import MAGIC
from careline.entrypoints.console.refusal import Refusal
from careline.kit.archive.parts import Damaged, NotSuchFile, Part, parts_of


@dataclass(slots=True)
class Seen:
    """What a backup says of itself."""

    path: Path
    install: dict[str, Any] = field(default_factory=dict)
    sums: dict[str, Any] = field(default_factory=dict)
    sequences: dict[str, int | None] = field(default_factory=dict)
    erasures: bytes = b""
    keys: bytes = b""
    tables: list[str] = field(default_factory=list)

    @property
    def migrations(self) -> set[tuple[str, str]]:
        return {(app, name) for app, name in self.install["migrations"]}

    @property
    def made_at(self) -> str:
        return str(self.install["made_at"])


def looked_through(path: Path) -> Seen:
    """Reads all of it once. Raises Refusal with one sentence where it can't be restored."""
    seen = Seen(path)
    try:
        for part in parts_of(path, magic=MAGIC):
            _note(seen, part)
    except NotSuchFile as wrong:
        raise Refusal(f"{path} is no backup of Careline's, or one of a newer version; nothing was changed.") from wrong
    except Damaged as wrong:
        raise Refusal(f"{path} is damaged: {wrong}; nothing was changed, take another backup.") from wrong
    except OSError as cause:
        raise Refusal(f"{path} cannot be read ({cause.strerror or cause}); nothing was changed.") from cause
    if not seen.install or not seen.sums:
        raise Refusal(f"{path} lacks what says whose it is; nothing was changed, take another backup.")
    return seen


def check_version(seen: Seen) -> None:
    """Raises Refusal where the backup has tables that this version does not know. Django must be set up."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    known = set(MigrationLoader(connection).disk_migrations)
    newer = sorted(seen.migrations - known)
    if newer:
        raise Refusal(
            f"{seen.path} was made by a newer version ({seen.install['careline']}, with {newer[0][0]}.{newer[0][1]}); "
            "nothing was changed, restore it with that version."
        )


def _note(seen: Seen, part: Part) -> None:
    if part.kind == "install":
        seen.install = part.head
    elif part.kind == "sums":
        seen.sums = part.head
    elif part.kind == "sequences":
        seen.sequences = part.head["values"]
    elif part.kind == "erasures":
        seen.erasures = part.body
    elif part.kind == "keys":
        seen.keys = part.body
    elif part.kind == "table" and part.head["name"] not in seen.tables:
        seen.tables.append(part.head["name"])
