"""Objects kept aside on the disk for the time of one run, so that what is read may be larger than the memory."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from typing import Any


class Scratch:
    """Objects of several kinds by key; the one put last wins. `group` brings some together across kinds. Gone when closed."""

    def __init__(self) -> None:
        self._file = tempfile.NamedTemporaryFile(prefix="careline-", suffix=".scratch")  # noqa: SIM115
        self._kept = sqlite3.connect(self._file.name)
        self._kept.executescript(
            """PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
               CREATE TABLE object (kind TEXT, key TEXT, place TEXT, body TEXT, own TEXT, PRIMARY KEY (kind, key));
               CREATE INDEX of_group ON object (own) WHERE own <> '';"""
        )

    def put(self, kind: str, key: str, value: Any, *, place: str = "", group: str = "") -> None:
        """Keeps what JSON can say."""
        self._kept.execute(
            "INSERT OR REPLACE INTO object VALUES (?, ?, ?, ?, ?)", [kind, key, place, json.dumps(value), group]
        )

    def of(self, kind: str) -> Iterator[tuple[str, Any]]:
        """(place, object) of a kind, by key, short keys first: as numbers count."""
        found = self._kept.execute("SELECT place, body FROM object WHERE kind = ? ORDER BY length(key), key", [kind])
        for place, body in found:
            yield place, json.loads(body)

    def of_group(self, group: str) -> list[Any]:
        found = self._kept.execute("SELECT body FROM object WHERE own = ? ORDER BY length(key), key", [group])
        return [json.loads(body) for (body,) in found]

    def close(self) -> None:
        self._kept.close()
        self._file.close()
