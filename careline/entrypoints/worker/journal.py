"""What intake has under way, for the worker that comes after one that died of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path


class Journal:
    """Which entries of the spool are being read now, and how often a worker died over them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stops = self._read()

    def left_over(self) -> dict[str, int]:
        """Entries that were under way when the last worker died → how often they were."""
        return dict(self._stops)

    def begin(self, names: Sequence[str]) -> None:
        counted = {**self._stops, **{name: self._stops.get(name, 0) + 1 for name in names}}
        self._write(counted)

    def end(self) -> None:
        self._write(self._stops)

    def forget(self, name: str) -> None:
        self._stops.pop(name, None)
        self._write(self._stops)

    def _read(self) -> dict[str, int]:
        try:
            return {str(name): int(stops) for name, stops in json.loads(self._path.read_text()).items()}
        except (OSError, ValueError, AttributeError):
            return {}

    def _write(self, stops: dict[str, int]) -> None:
        if not stops:
            self._path.unlink(missing_ok=True)
            return
        part = self._path.with_suffix(".part")
        part.write_text(json.dumps(stops))
        part.replace(self._path)
