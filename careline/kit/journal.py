"""A file of JSON lines that only grows: durable, each entry once by its key, readable after a crash in the middle of a line."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any


class Journal:
    def __init__(self, path: Path) -> None:
        self.path = path

    def words(self) -> bytes:
        """What is written, whole lines only."""
        words = self.path.read_bytes() if self.path.exists() else b""
        return words[: words.rfind(b"\n") + 1]

    def entries(self) -> list[dict[str, Any]]:
        return entries_of(self.words())

    def add(self, entries: Iterable[dict[str, Any]]) -> int:
        """Adds those whose `key` is not there yet, durably; how many."""
        with self.path.open("ab+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            written = file.read()
            held = {entry["key"] for entry in entries_of(written)}
            new = [entry for entry in entries if entry["key"] not in held]
            if new:
                broken = b"" if not written or written.endswith(b"\n") else b"\n"
                lines = b"".join(json.dumps(entry, sort_keys=True).encode() + b"\n" for entry in new)
                file.write(broken + lines)
                file.flush()
                os.fsync(file.fileno())
        return len(new)


def entries_of(words: bytes) -> list[dict[str, Any]]:
    """Oldest first; a line that cannot be read, or has no key, is passed over."""
    found = []
    for line in words.splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict) and isinstance(entry.get("key"), str):
            found.append(entry)
    return found
