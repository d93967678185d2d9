"""What another desk gave out, as it lies there: a folder, one file, or a ZIP; nothing is unpacked, nothing outside is read."""

from __future__ import annotations

import errno
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

LARGEST_FILE = 100 * 1024 * 1024
"""Of an attachment; what is larger stays out anyway."""


class NotReadable(Exception):
    """One sentence: why this part of the export can't be understood."""


@dataclass(frozen=True, slots=True)
class Found:
    """An object of the export, and where it stands, as in `tickets.json line 12`."""

    where: str
    value: Any


class Exported:
    """The files of an export by their names, with / between folders."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path) if path.is_file() and zipfile.is_zipfile(path) else None
        self._root = path if path.is_dir() else path.parent
        if self._zip is not None:
            self.names = sorted(info.filename for info in self._zip.infolist() if not info.is_dir())
        elif path.is_dir():
            inside = (one for one in path.rglob("*") if one.is_file() and one.resolve().is_relative_to(path.resolve()))
            self.names = sorted(one.relative_to(path).as_posix() for one in inside)
        else:
            self.names = [path.name]
        self._by_last = {PurePosixPath(name).name.lower(): name for name in self.names}

    def open(self, name: str) -> IO[bytes]:
        return self._zip.open(name) if self._zip is not None else (self._root / name).open("rb")

    def named(self, *ends: str) -> str | None:
        """The file whose path ends so, of the first end that there is; case counts for nothing."""
        for end in ends:
            wanted = PurePosixPath(end.lower()).parts
            for name in self.names if len(wanted) > 1 else filter(None, [self._by_last.get(end.lower())]):
                if PurePosixPath(name.lower()).parts[-len(wanted) :] == wanted:
                    return name
        return None

    def bytes_of(self, name: str) -> bytes:
        """Raises OSError, also where it is larger than any attachment may be."""
        try:
            with self.open(name) as file:
                content = file.read(LARGEST_FILE + 1)
        except (KeyError, RuntimeError, zipfile.BadZipFile) as broken:
            raise OSError(errno.EIO, "it is damaged in the ZIP") from broken
        if len(content) > LARGEST_FILE:
            raise OSError(errno.EFBIG, "it is larger than 100 MB")
        return content


def json_objects(exported: Exported, name: str) -> Iterator[Found]:
    """The objects of a JSON file, or of one with an object to a line; what is broken is given as a NotReadable."""
    try:
        with exported.open(name) as file:
            yield from _lines(file, name) if _has_lines(exported, name) else _whole(file, name)
    except (OSError, zipfile.BadZipFile, RuntimeError) as broken:
        yield Found(name, NotReadable(f"It can't be read: {broken}."))


def _has_lines(exported: Exported, name: str) -> bool:
    """Whether its first line is an object by itself, and another follows."""
    with exported.open(name) as file:
        first, second = file.readline(), file.readline()
    if not second.strip():
        return False
    try:
        return isinstance(json.loads(_text(first)), dict)
    except (ValueError, RecursionError):
        return False


def _lines(file: IO[bytes], name: str) -> Iterator[Found]:
    for number, line in enumerate(file, 1):
        if line.strip():
            yield Found(f"{name} line {number}", _parsed(line))


def _whole(file: IO[bytes], name: str) -> Iterator[Found]:
    value = _parsed(file.read())
    if isinstance(value, list):
        yield from (Found(f"{name} entry {number}", one) for number, one in enumerate(value, 1))
    else:
        yield Found(name, value)


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(_text(content))
    except UnicodeDecodeError:
        return NotReadable("It is not in UTF-8.")
    except RecursionError:
        return NotReadable("It is nested too deep.")
    except ValueError as broken:
        return NotReadable(f"It is no JSON: {broken}.")


def _text(content: bytes) -> str:
    """UTF-8, or UTF-16 where a mark at the beginning says so."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    return content.decode("utf-8-sig")
