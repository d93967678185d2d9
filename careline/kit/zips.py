"""Zip files of strangers, opened without trust: what is broken, locked, leads out of its folder or swells is refused in a sentence."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterable

MOST_FILES = 5_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_SWELLING = 200
"""How many times larger a file may be than it is packed, once it is larger than a megabyte."""
_MEGABYTE = 1024 * 1024


class BadZip(ValueError):
    """A zip file that is not opened, in a sentence."""


def unzipped(content: bytes) -> list[tuple[str, bytes]]:
    """(path inside, bytes) of every file, in the order in which they stand; nothing is written to the disk. Raises BadZip."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _judge(entries)
            return _read(archive, entries)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        UnicodeDecodeError,
        ValueError,
    ) as wrong:
        if isinstance(wrong, BadZip):
            raise
        raise BadZip("This zip file is broken, or packed in a way that can't be read.") from wrong


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _judge(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_FILES:
        raise BadZip(f"A zip file may hold up to {MOST_FILES:,} files.")
    for entry in entries:
        parts = entry.filename.replace("\\", "/").split("/")
        if ".." in parts or parts[0] == "" or ":" in parts[0] or "\x00" in entry.filename:
            raise BadZip(f"The zip file holds a path that leads out of it: {entry.filename[:100]!r}.")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise BadZip(f"The zip file holds a link in place of a file: {entry.filename[:100]!r}.")
        if entry.flag_bits & 0x1:
            raise BadZip("The zip file is locked with a password.")
        if entry.file_size > _MEGABYTE and entry.file_size > MOST_SWELLING * max(1, entry.compress_size):
            raise BadZip("The zip file holds far more than its size tells, so it is not opened.")
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise BadZip("The zip file unpacks to more than 200 MB: part it in several.")


def _read(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> list[tuple[str, bytes]]:
    """What the head of the file says of sizes may be a lie: what is read is counted."""
    found, left = [], MOST_UNPACKED
    for entry in entries:
        with archive.open(entry) as file:
            body = file.read(min(entry.file_size, left) + 1)
        left -= len(body)
        if len(body) > entry.file_size or left < 0:
            raise BadZip("The zip file holds far more than its size tells, so it is not opened.")
        found.append((entry.filename.replace("\\", "/"), body))
    return found
