"""Learn at once that a folder got a new file: inotify on Linux, a look every 50 ms elsewhere."""

from __future__ import annotations

import errno
import os
import select
import struct
import sys
import time
from pathlib import Path

IN_MOVED_TO = 0x00000080
IN_IGNORED = 0x00008000
IN_NONBLOCK = 0x00000800
IN_CLOEXEC = 0x00080000
EVENT_HEAD = struct.Struct("iIII")
LOOK_EVERY_SECONDS = 0.05


class FolderWatch:
    """`wait` from one thread at a time. What happens between two waits wakes the next one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._inotify = _open_inotify(folder)
        self._seen = _moment_of(folder)

    def wait(self, timeout: float) -> bool:
        """True once a file was moved into the folder, False after `timeout` seconds."""
        if self._inotify is None:
            return self._look(timeout)
        queue = select.poll()
        queue.register(self._inotify, select.POLLIN)
        if not queue.poll(max(0.0, timeout) * 1000):
            return False
        if _drain(self._inotify):
            # The folder itself went away: watch what stands there from now on.
            self.close()
            self._inotify = _open_inotify(self.folder)
        return True

    def close(self) -> None:
        if self._inotify is not None:
            os.close(self._inotify)
            self._inotify = None

    def _look(self, timeout: float) -> bool:
        until = time.monotonic() + timeout
        while (now := _moment_of(self.folder)) == self._seen:
            left = until - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(LOOK_EVERY_SECONDS, left))
        self._seen = now
        return True


def _moment_of(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


def _open_inotify(folder: Path) -> int | None:
    """None where the system has no inotify, or no more watches to give."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        import ctypes  # costs milliseconds that `careline deliver` need not pay

        libc = ctypes.CDLL(None, use_errno=True)
        handle: int = libc.inotify_init1(IN_NONBLOCK | IN_CLOEXEC)
    except (ImportError, OSError, AttributeError):
        return None
    if handle < 0:
        return None
    if libc.inotify_add_watch(handle, os.fsencode(folder), IN_MOVED_TO) < 0:
        os.close(handle)
        return None
    return handle


def _drain(handle: int) -> bool:
    """Empty the event queue; True where the watch itself has ended."""
    ended = False
    while True:
        try:
            block = os.read(handle, 1 << 16)
        except OSError as error:
            if error.errno == errno.EAGAIN:
                return ended
            raise
        at = 0
        while at < len(block):
            _, mask, _, length = EVENT_HEAD.unpack_from(block, at)
            ended = ended or bool(mask & IN_IGNORED)
            at += EVENT_HEAD.size + length
