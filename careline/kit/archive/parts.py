"""A file of parts: one JSON line says what follows and its SHA-256, then come the bytes; the last part seals the others.

    <magic>\n
    {"part": …, "size": N, "sha256": …, …}\n  N bytes
    …
    {"part": "end", "count": …, "size": 0, "sha256": …}\n

The end's digest is over all lines before it, which hold the digests of their bytes: a part that is missing, changed,
doubled or in another place is seen, and so is a file that breaks off.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

LONGEST_LINE = 8 * 1024 * 1024
LARGEST_PART = 512 * 1024 * 1024
END = "end"
_SUFFIX = ".part"


class NotSuchFile(Exception):
    """The file is no file of parts with this magic."""


class Damaged(Exception):
    """The file breaks off, or holds other bytes than were written."""


@dataclass(frozen=True, slots=True)
class Part:
    """`head` is what the line said; `body` the bytes, as they were written."""

    head: dict[str, Any]
    body: bytes

    @property
    def kind(self) -> str:
        return str(self.head["part"])


class Writer:
    """Writes parts one after the other. What was not ended is no whole file."""

    def __init__(self, file: BinaryIO, *, magic: str) -> None:
        self._file = file
        self._lines = hashlib.sha256()
        self.count = 0
        self.written = 0
        self._put(f"{magic}\n".encode())

    def add(self, kind: str, body: bytes = b"", *, digest: str = "", **said: Any) -> None:
        """`digest` where it is known already."""
        head = {"part": kind, **said, "size": len(body), "sha256": digest or hashlib.sha256(body).hexdigest()}
        self._put(_line(head))
        self._file.write(body)
        self.written += len(body)
        self.count += 1

    def end(self) -> None:
        self._file.write(_seal(self.count, self._lines.hexdigest()))

    def _put(self, line: bytes) -> None:
        self._lines.update(line)
        self._file.write(line)
        self.written += len(line)


@contextlib.contextmanager
def written_whole(path: Path, *, magic: str) -> Iterator[Writer]:
    """A file that appears under its name whole and durable, or not at all. Raises OSError."""
    _sweep(path)
    part = path.with_name(f".{path.name}.{os.getpid()}{_SUFFIX}")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", 1 << 20) as file:
            writer = Writer(file, magic=magic)
            yield writer
            writer.end()
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def parts_of(path: Path, *, magic: str, only: Collection[str] = ()) -> Iterator[Part]:
    """All parts but the end, each checked as it comes. Raises NotSuchFile, Damaged, OSError.

    `only`: kinds; the bytes of all others are passed over unread, for who has read the whole file before.
    """
    with path.open("rb", 1 << 20) as file:
        first = file.readline(len(magic) + 2)
        if first != f"{magic}\n".encode():
            raise NotSuchFile(path.name)
        lines, count = hashlib.sha256(first), 0
        while True:
            line = file.readline(LONGEST_LINE)
            head = _head(line, after=count)
            if head["part"] == END:
                if line != _seal(count, lines.hexdigest()) or file.read(1):
                    raise Damaged(f"its end does not fit the {count} parts before it")
                return
            lines.update(line)
            count += 1
            if only and head["part"] not in only:
                file.seek(head["size"], os.SEEK_CUR)
                continue
            body = file.read(head["size"])
            if len(body) != head["size"]:
                raise Damaged(f"it breaks off in part {count}")
            if hashlib.sha256(body).hexdigest() != head["sha256"]:
                raise Damaged(f"part {count} holds other bytes than were written")
            yield Part(head, body)


def _head(line: bytes, *, after: int) -> dict[str, Any]:
    if not line.endswith(b"\n"):
        raise Damaged(f"it breaks off after part {after}")
    try:
        head = json.loads(line)
        size, is_whole = head["size"], isinstance(head["part"], str) and isinstance(head["sha256"], str)
    except (ValueError, KeyError, TypeError) as wrong:
        raise Damaged(f"what follows part {after} cannot be read") from wrong
    if not is_whole or not isinstance(size, int) or not 0 <= size <= LARGEST_PART:
        raise Damaged(f"what follows part {after} cannot be read")
    return dict(head)


def _seal(count: int, digest: str) -> bytes:
    return _line({"part": END, "count": count, "size": 0, "sha256": digest})


def _line(head: dict[str, Any]) -> bytes:
    return json.dumps(head, separators=(",", ":"), sort_keys=True).encode() + b"\n"


def _sweep(path: Path) -> None:
    """Removes what a killed writer left half-written under this name."""
    for stray in path.parent.glob(f".{path.name}.*{_SUFFIX}"):
        pid = stray.name.removesuffix(_SUFFIX).rpartition(".")[2]
        if pid.isdecimal() and not Path(f"/proc/{pid}").exists():
            with contextlib.suppress(OSError):
                stray.unlink()
