"""A folder of small files, durable before anybody is told so: what came in waits here until a reader took it over.

One file is one JSON line (the envelope) followed by the raw bytes. Writers need nothing but the folder, so they work
while every other part is down; several processes may write at once. A name is unique for ever and serves the reader
as a key: whatever is read twice after a crash is recognised by it.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import threading
import time
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from careline.kit.foldwatch import FolderWatch

SUFFIX = ".mail"
PART_SUFFIX = ".part"
STRAY_AFTER_SECONDS = 24 * 3600
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
CHUNK = 1 << 20


class SpoolUnavailable(Exception):
    """The folder cannot be written or read just now. Nothing was taken; try again later."""


class SpoolFull(SpoolUnavailable):
    """No room on the disk (or in the quota). Nothing was taken; try again later."""


class NoSuchSpooled(LookupError):
    """The named entry is not (or no longer) in the spool."""


@dataclass(frozen=True, slots=True)
class Spooled:
    name: str
    envelope: dict[str, Any]
    raw: bytes


class Spool:
    """Safe to share among threads. The folder's parent must exist: a missing disk is not an empty spool."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self._lock = threading.Lock()
        self._last_moment = 0
        self._known: list[str] = []
        self._watch: FolderWatch | None = None

    # -- writing

    def put(self, raw: bytes, *, envelope: dict[str, Any]) -> str:
        """Return the name once the entry survives a power cut. Raises SpoolFull or SpoolUnavailable: nothing kept."""
        return self.put_stream((raw,), envelope=envelope)

    def put_stream(self, chunks: Iterable[bytes], *, envelope: dict[str, Any]) -> str:
        """As `put`, without ever holding the whole. What the iterable raises passes through, and nothing is kept."""
        head = json.dumps(envelope, separators=(",", ":")).encode("ascii") + b"\n"
        with _plain_errors(self.folder):
            part, file = self._open_part()
        try:
            try:
                self._write(file, head)
                for chunk in chunks:
                    self._write(file, chunk)
                with _plain_errors(self.folder):
                    os.fsync(file)
            finally:
                with _plain_errors(self.folder):
                    os.close(file)
            return self._publish(part)
        except BaseException:
            with contextlib.suppress(OSError):
                part.unlink()
            raise

    def _write(self, file: int, data: bytes) -> None:
        view = memoryview(data)
        with _plain_errors(self.folder):
            while view:
                view = view[os.write(file, view) :]

    def _open_part(self) -> tuple[Path, int]:
        part = self.folder / f".{os.getpid()}-{os.urandom(8).hex()}{PART_SUFFIX}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        try:
            file = os.open(part, flags, 0o600)
        except FileNotFoundError:
            self._make_folder()
            file = os.open(part, flags, 0o600)
        _give_to_owner_of(self.folder, file)
        return part, file

    def _make_folder(self) -> None:
        parent = self.folder.parent
        with contextlib.suppress(FileExistsError):
            self.folder.mkdir(mode=0o700)
            _give_to_owner_of(parent, self.folder)
            _fsync_folder(parent)

    def _publish(self, part: Path) -> str:
        # Named only now, so that names sort by when entries became whole and a slow sender holds nobody up.
        name = self._next_name()
        whole = self.folder / name
        with _plain_errors(self.folder):
            part.rename(whole)
            try:
                _fsync_folder(self.folder)
            except OSError:
                whole.unlink(missing_ok=True)
                raise
        return name

    def _next_name(self) -> str:
        with self._lock:
            self._last_moment = max(time.time_ns(), self._last_moment + 1)
            seconds, nanos = divmod(self._last_moment, 1_000_000_000)
        stamp = time.strftime("%Y%m%dT%H%M%S", time.gmtime(seconds))
        return f"{stamp}-{nanos:09d}-{os.urandom(8).hex()}{SUFFIX}"

    # -- reading

    def names(self, limit: int, *, after: str = "") -> list[str]:
        """At most `limit` names, oldest first; only those behind the name `after`, to step past what is set aside."""
        with self._lock:
            found = self._still_there(limit, after)
            if len(found) < limit:
                self._known = self._scan()
                found = self._slice(limit, after)
            return found

    def _slice(self, limit: int, after: str) -> list[str]:
        start = bisect_right(self._known, after) if after else 0
        return self._known[start : start + limit]

    def _still_there(self, limit: int, after: str) -> list[str]:
        """From the last look at the folder: a look at 100,000 names costs 0.1 s, too much for every batch."""
        wanted = self._slice(limit, after)
        there = [name for name in wanted if (self.folder / name).exists()]
        if len(there) == len(wanted):
            return there
        gone = set(wanted).difference(there)
        self._known = [name for name in self._known if name not in gone]
        return there

    def _scan(self) -> list[str]:
        return sorted(entry.name for entry in self._entries())

    def _entries(self) -> Iterator[os.DirEntry[str]]:
        """Whole entries; sweeps on its way what a writer left half-written when it died more than a day ago."""
        with _plain_errors(self.folder):
            try:
                listing = os.scandir(self.folder)
            except FileNotFoundError:
                return
            with listing:
                for entry in listing:
                    if entry.name.endswith(SUFFIX) and not entry.name.startswith("."):
                        yield entry
                    elif entry.name.endswith(PART_SUFFIX):
                        _sweep_if_stray(entry)

    def read(self, name: str) -> Spooled:
        """A file that does not begin with an envelope is read as raw bytes with an empty one: nothing is lost by it."""
        try:
            with _plain_errors(self.folder):
                content = self._path(name).read_bytes()
        except FileNotFoundError:
            raise NoSuchSpooled(name) from None
        head, _, raw = content.partition(b"\n")
        try:
            envelope = json.loads(head)
        except ValueError:
            envelope = None
        if not isinstance(envelope, dict):
            return Spooled(name, {}, content)
        return Spooled(name, envelope, raw)

    def remove(self, names: Iterable[str]) -> None:
        """Take entries out after they were made safe elsewhere. Absent ones are no error."""
        taken = set(names)
        with _plain_errors(self.folder):
            for name in taken:
                self._path(name).unlink(missing_ok=True)
        with self._lock:
            self._known = [name for name in self._known if name not in taken]

    def waiting(self) -> int:
        return sum(1 for _ in self._entries())

    def oldest_age(self, now: datetime) -> float:
        """Seconds the oldest entry has waited; 0.0 where none waits."""
        oldest = min((entry.name for entry in self._entries()), default=None)
        if oldest is None:
            return 0.0
        return max(0.0, (now - arrival_of(oldest, default=now)).total_seconds())

    def wait(self, timeout: float) -> bool:
        """Block until something new may be there (True) or `timeout` seconds are over (False).

        The first call answers True at once where entries wait; those that were seen and left do not wake again.
        """
        if self._watch is None:
            if not self.folder.is_dir():
                time.sleep(min(timeout, 0.1))
                return self.folder.is_dir()
            self._watch = FolderWatch(self.folder)
            if self.names(1):
                return True
        return self._watch.wait(timeout)

    def close(self) -> None:
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    def _path(self, name: str) -> Path:
        if "/" in name or "\\" in name or "\0" in name or name.startswith(".") or not name.endswith(SUFFIX):
            raise NoSuchSpooled(name)
        return self.folder / name


def arrival_of(name: str, *, default: datetime) -> datetime:
    """The moment in an entry's name, to the microsecond; `default` for a file somebody else put there."""
    try:
        stamp, nanos, _ = name.split("-", 2)
        whole = datetime.strptime(stamp, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        return whole.replace(microsecond=int(nanos) // 1000)
    except ValueError:
        return default


@contextlib.contextmanager
def _plain_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        if error.filename is not None and Path(error.filename).suffix == SUFFIX:
            raise
        raise SpoolUnavailable(f"The spool folder {folder} does not exist.") from error
    except OSError as error:
        if error.errno in NO_ROOM:
            raise SpoolFull(f"No room left for the spool in {folder}: {error.strerror}.") from error
        raise SpoolUnavailable(f"The spool in {folder} cannot be used: {error.strerror or error}.") from error


def _give_to_owner_of(folder: Path, file: int | Path) -> None:
    """What root writes by hand must stay readable for the server, which owns the folder."""
    if os.name == "posix" and os.geteuid() == 0:
        owner = folder.stat()
        if owner.st_uid != 0:
            with contextlib.suppress(OSError):
                os.chown(file, owner.st_uid, owner.st_gid)


def _fsync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep_if_stray(entry: os.DirEntry[str]) -> None:
    with contextlib.suppress(OSError):
        if time.time() - entry.stat(follow_symlinks=False).st_mtime > STRAY_AFTER_SECONDS:
            Path(entry.path).unlink()
