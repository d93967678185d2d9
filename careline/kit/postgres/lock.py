"""Who holds a data folder: one process at a time, by a file lock that the kernel frees when its holder dies."""

import fcntl
import os
import time
from collections.abc import Callable
from pathlib import Path

from careline.kit.postgres.errors import FolderInUse, FolderNotOurs

FILE_NAME = "in-use.lock"
SERVER = "server"
COMMAND = "command"


class FolderLock:
    """`purpose` tells others whether waiting makes sense: a command ends soon, a server does not."""

    def __init__(self, folder: Path, *, purpose: str = SERVER) -> None:
        self.folder = folder
        self.purpose = purpose
        self._file: int | None = None

    @property
    def is_held(self) -> bool:
        return self._file is not None

    def acquire(self, *, wait: float = 0, say: Callable[[str], None] = lambda line: None) -> None:
        """Raises FolderInUse at once where a server holds it, after `wait` seconds where a command does."""
        until, said = time.monotonic() + wait, False
        while not self.try_acquire():
            holder = holder_of(self.folder)
            if holder.purpose == SERVER or time.monotonic() >= until:
                raise FolderInUse(
                    f"The data folder {self.folder} is in use by process {holder.pid}; "
                    "stop that one or choose another folder."
                )
            if not said:
                said = True
                say(f"waiting for process {holder.pid} to leave the data folder")
            time.sleep(0.05)

    def try_acquire(self) -> bool:
        """Raises FolderNotOurs."""
        if self._file is not None:
            return True
        try:
            file = os.open(self.folder / FILE_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as cause:
            raise FolderNotOurs(
                f"The data folder {self.folder} cannot be written ({cause.strerror}); "
                "start as its owner or choose another folder."
            ) from cause
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(file)
            return False
        _give_to_owner_of(self.folder, file)
        os.ftruncate(file, 0)
        os.pwrite(file, f"{os.getpid()} {self.purpose}\n".encode(), 0)
        self._file = file
        return True

    def release(self) -> None:
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = None

    def __enter__(self) -> "FolderLock":
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.release()


def _give_to_owner_of(folder: Path, file: int) -> None:
    """What root makes in an ordinary user's folder must not lock that user out later."""
    if os.geteuid() == 0:
        owner = folder.stat()
        os.fchown(file, owner.st_uid, owner.st_gid)


class Holder:
    """Who wrote last into the lock file; only to be believed while the lock is taken."""

    def __init__(self, words: list[str]) -> None:
        self.pid = words[0] if words else "unknown"
        # A holder that has not written yet is one that began this moment: worth a look a little later.
        self.purpose = words[1] if len(words) > 1 else COMMAND


def holder_of(folder: Path) -> Holder:
    try:
        return Holder((folder / FILE_NAME).read_text().split())
    except OSError:
        return Holder([])
