"""For commands that must work whether or not a server runs on the folder."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from careline.kit.postgres.cluster import Cluster, url_at
from careline.kit.postgres.errors import FolderInUse
from careline.kit.postgres.lock import COMMAND, SERVER, FolderLock, holder_of
from careline.kit.postgres.place import place_of
from careline.kit.postgres.postmaster import recorded_postmaster

PATIENCE = 60.0


@contextmanager
def attach_or_start(
    folder: Path, *, fsync: bool = True, patience: float = PATIENCE, say: Callable[[str], None] = lambda line: None
) -> Iterator[str]:
    """The database's URL: a running server's, else of one started here and stopped at the end. Raises ClusterError.

    Waits up to `patience` seconds for a server that is starting or a command that is ending.
    """
    until = time.monotonic() + patience
    with FolderLock(folder, purpose=COMMAND) as lock:
        while not lock.try_acquire():
            url = _running(folder)
            if url is not None:
                yield url
                return
            if time.monotonic() >= until:
                raise FolderInUse(
                    f"Process {holder_of(folder).pid} holds the data folder {folder} and its database does not answer; "
                    "look at that process, then try again."
                )
            time.sleep(0.05)
        cluster = Cluster(folder, fsync=fsync, lock=lock, say=say)
        try:
            yield cluster.start()
        finally:
            cluster.stop()


def _running(folder: Path) -> str | None:
    """Only a server's database: a command's goes away when that command ends."""
    place = place_of(folder)
    if place is None or holder_of(folder).purpose != SERVER:
        return None
    recorded = recorded_postmaster(place / "cluster")
    return url_at(recorded.socket_folder) if recorded and recorded.is_ready else None
