"""Files that wait for a while to be fetched: each under a name nobody guesses, there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

_UNFINISHED = "."


class Parcels:
    """A folder of them. Who may fetch which, and how long it waits, is told by whoever keeps the names."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def wrapping(self, ending: str) -> Iterator[tuple[str, Path]]:
        """(name, where to write it); it is there once the block ends well, and survives a power cut. Else nothing of it stays."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = f"{secrets.token_urlsafe(24)}.{ending}"
        place = self._folder / f"{_UNFINISHED}{name}"
        try:
            place.touch(mode=0o600)
            yield name, place
            with place.open("rb") as written:
                os.fsync(written.fileno())
            place.rename(self._folder / name)
        except BaseException:
            place.unlink(missing_ok=True)
            raise

    def path_of(self, name: str) -> Path | None:
        """Where a parcel lies; None where it is gone."""
        path = self._folder / name
        return path if name and path.parent == self._folder and path.is_file() else None

    def pieces_of(self, name: str, *, size: int = 256 * 1024) -> Iterator[bytes]:
        """Its content. Nothing where it is gone."""
        path = self.path_of(name)
        if path is not None:
            with path.open("rb") as file:
                while piece := file.read(size):
                    yield piece

    def remove(self, names: Collection[str]) -> None:
        for name in names:
            if path := self.path_of(name):
                path.unlink(missing_ok=True)

    def remove_strays(self, kept: Collection[str], *, before: float) -> int:
        """What nobody kept the name of (a maker that was killed) and that is older than a moment (seconds since 1970); how many."""
        removed = 0
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            with contextlib.suppress(FileNotFoundError):
                if path.name not in kept and path.stat().st_mtime < before:
                    path.unlink()
                    removed += 1
        return removed
