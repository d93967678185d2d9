"""Erasures on record outside of the database, so that a backup from before them does not bring people back.

One JSON line each in the data folder: {"key": …, "customer": id, "mode": …, "at": …}. The table is the truth; lines are
added once it says so, and what a crash left out is added by the next who looks.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

FILE_NAME = "erasures.jsonl"


def journal_words(folder: Path) -> bytes:
    """The journal as it lies in the folder; whole lines only."""
    path = folder / FILE_NAME
    words = path.read_bytes() if path.exists() else b""
    return words[: words.rfind(b"\n") + 1]


def entries_of(words: bytes) -> list[dict[str, Any]]:
    """Oldest first; a line that cannot be read is passed over."""
    found = []
    for line in words.splitlines():
        try:
            entry = json.loads(line)
            found.append(entry | {"key": str(entry["key"]), "customer": int(entry["customer"])})
        except (ValueError, KeyError, TypeError):
            continue
    return found


def add_entries(folder: Path, entries: Iterable[dict[str, Any]]) -> int:
    """Adds those that the folder's journal does not hold, durably; how many."""
    held = {entry["key"] for entry in entries_of(journal_words(folder))}
    new = [entry for entry in entries if entry["key"] not in held]
    if new:
        with (folder / FILE_NAME).open("ab") as file:
            if file.tell() and not (folder / FILE_NAME).read_bytes().endswith(b"\n"):
                file.write(b"\n")
            file.write(b"".join(json.dumps(entry, sort_keys=True).encode() + b"\n" for entry in new))
            file.flush()
            os.fsync(file.fileno())
    return len(new)
