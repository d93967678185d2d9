"""One throw-away database for all tests, there before Django reads its settings.

Loaded by `-p tests.throwaway` where the configuration says so, and else by tests/conftest.py.
`CARELINE_TEST_DATABASE_URL` names a server (PostgreSQL 15 or newer) to use instead of the embedded one.
"""

import atexit
import os
import shutil
import tempfile
import time
from pathlib import Path

from careline.kit.postgres import Cluster, FolderLock

OWN_SETTINGS = (
    "CARELINE_URL",
    "CARELINE_LMTP",
    "CARELINE_SMTP_URL",
    "CARELINE_DEMO",
    "CARELINE_TEST_CLOCK",
    "CARELINE_LOG",
)
SMALL = {"shared_buffers": "32MB", "max_wal_size": "256MB", "max_locks_per_transaction": "1024"}


ROOM = 2 * 1024**3
PREFIX = "careline-throwaway-"
SURELY_BEGUN = 600


def quick_folder(*, prefix: str = "careline-test-") -> Path:
    """A new folder that others may pass through, in memory where there is room; the caller removes it."""
    memory = Path("/dev/shm")
    in_memory = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=memory if in_memory else None))
    folder.chmod(0o711)
    return folder


def sweep_killed_runs(parent: Path) -> None:
    """A run that was killed could not remove its folder; the kernel freed its lock."""
    for folder in parent.glob(f"{PREFIX}*"):
        if (folder / "postgres").exists() and time.time() - folder.stat().st_mtime > SURELY_BEGUN:
            with FolderLock(folder) as lock:
                if lock.try_acquire():
                    shutil.rmtree(folder, ignore_errors=True)


class ThrowAway:
    def __init__(self) -> None:
        self.folder = quick_folder(prefix=PREFIX)
        sweep_killed_runs(self.folder.parent)
        self._cluster: Cluster | None = None

    def begin(self) -> None:
        for name in OWN_SETTINGS:
            os.environ.pop(name, None)
        os.environ["CARELINE_DATA"] = str(self.folder)
        os.environ["CARELINE_SECRET_KEY"] = "only-for-tests-never-for-anything-else"
        os.environ["CARELINE_DATABASE_URL"] = os.environ.get("CARELINE_TEST_DATABASE_URL") or self._start()

    def _start(self) -> str:
        self._cluster = Cluster(self.folder, fsync=False, settings=SMALL)
        return self._cluster.start()

    def end(self) -> None:
        if self._cluster is not None:
            self._cluster.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


running = ThrowAway()
# Not a hook of pytest: it must also run where pytest gives up before its hooks do.
atexit.register(running.end)
running.begin()
