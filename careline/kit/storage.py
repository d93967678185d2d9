"""A content-addressed store on the local disk: a content is known by its SHA-256 and durable before it is named.

Layout: `FOLDER/ab/abcdef…` plain, or `….z` deflated. Callers hold digests only; the layout may change behind them.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import zlib
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

_WORTH_DEFLATING = 512
_LEVEL = 1
_MOSTLY_ENCODED = 64 * 1024
"""What is longer than this is a text with files in Base64: repetitions are not worth looking for, fewer bits are."""


class ContentMissing(LookupError):
    """The store does not hold this digest (any more)."""


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class Writing:
    """Contents on their way to the disk."""

    digests: list[str]
    _started: list[Future[Path]]
    _writers: ThreadPoolExecutor

    def finish(self) -> None:
        """Returns once all of it survives a power cut. Raises OSError where the disk refuses."""
        wait(self._started)
        list(self._writers.map(_fsync_folder, {future.result().parent for future in self._started}))


class Store:
    """Safe to share among threads and processes: a file appears whole and durable, or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._writers = ThreadPoolExecutor(max_workers=8, thread_name_prefix="store")

    def put(self, content: bytes, *, deflate: bool = False) -> str:
        return self.put_all([content], deflate=deflate)[0]

    def put_all(self, contents: Sequence[bytes], *, deflate: bool = False) -> list[str]:
        """Stores contents and returns their digests once all of them survive a power cut (fsyncs side by side)."""
        writing = self.begin(contents, deflate=deflate)
        writing.finish()
        return writing.digests

    def begin(self, contents: Sequence[bytes], *, deflate: bool = False) -> Writing:
        """Starts to store contents; their digests are known at once, that they are durable once it is finished."""
        digests = [digest_of(content) for content in contents]
        wanted = {d: c for d, c in zip(digests, contents, strict=True) if self._path_if_there(d) is None}
        started = [self._writers.submit(self._write, d, c, deflate=deflate) for d, c in wanted.items()]
        return Writing(digests, started, self._writers)

    def read(self, digest: str) -> bytes:
        """The content; ContentMissing where there is none."""
        path = self._path_if_there(digest)
        if path is None:
            raise ContentMissing(digest)
        data = path.read_bytes()
        return zlib.decompress(data) if path.suffix == ".z" else data

    def lying(self, digest: str) -> tuple[str, bytes]:
        """A content as it lies here: its name under `folder` and its bytes. ContentMissing where there is none."""
        path = self._path_if_there(digest)
        if path is None:
            raise ContentMissing(digest)
        return f"{path.parent.name}/{path.name}", path.read_bytes()

    def remove(self, digests: Iterable[str]) -> int:
        removed = 0
        for digest in digests:
            path = self._path_if_there(digest)
            if path is not None:
                with contextlib.suppress(FileNotFoundError):
                    path.unlink()
                    removed += 1
        return removed

    def _path_if_there(self, digest: str) -> Path | None:
        plain = self.folder / digest[:2] / digest
        for path in (plain, plain.with_suffix(".z")):
            if path.exists():
                return path
        return None

    def _write(self, digest: str, content: bytes, *, deflate: bool) -> Path:
        folder = self.folder / digest[:2]
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _fsync_folder(self.folder)
        packed = _deflated(content) if deflate and len(content) > _WORTH_DEFLATING else None
        is_smaller = packed is not None and len(packed) < len(content)
        path = folder / (f"{digest}.z" if is_smaller else digest)
        part = folder / f".{os.getpid()}-{os.urandom(6).hex()}"
        try:
            with part.open("wb") as file:
                file.write(packed if is_smaller and packed is not None else content)
                file.flush()
                os.fdatasync(file.fileno())
            part.rename(path)
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink()
            raise
        return path


def _deflated(content: bytes) -> bytes:
    strategy = zlib.Z_HUFFMAN_ONLY if len(content) > _MOSTLY_ENCODED else zlib.Z_DEFAULT_STRATEGY
    packer = zlib.compressobj(_LEVEL, strategy=strategy)
    return packer.compress(content) + packer.flush()


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
