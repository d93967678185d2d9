"""One running PostgreSQL on one folder."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Literal
from urllib.parse import quote

from careline.kit.postgres.errors import StartFailed
from careline.kit.postgres.lock import FolderLock
from careline.kit.postgres.making import DATABASE, USER, clean_environment, last_words, make_where_absent
from careline.kit.postgres.place import Place, settled_place, socket_folder
from careline.kit.postgres.postmaster import clear_leftovers, recorded_postmaster
from careline.kit.supervision.children import spawn

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "max_locks_per_transaction": "256",
    "shared_buffers": "96MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "effective_cache_size": "1GB",
    "jit": "off",
    "io_method": "sync",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "1GB",
    "max_logical_replication_workers": "0",
    "max_worker_processes": "4",
    "max_parallel_workers_per_gather": "1",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum_naptime": "1h"}
LARGEST_LOG = 8 * 1024 * 1024
PATIENCE_TO_STOP = 30.0
FIRST_LINE_AFTER = 3.0
_Status = Literal["stopped", "starting", "ready"]


class Cluster:
    """`folder` is the data folder; it must exist. `fsync=False` is for clusters that are thrown away.

    A `lock` that the caller holds already is left to the caller; else the cluster takes and frees its own.
    """

    def __init__(
        self,
        folder: Path,
        *,
        fsync: bool = True,
        lock: FolderLock | None = None,
        settings: dict[str, str] | None = None,
        say: Callable[[str], None] = lambda line: None,
    ) -> None:
        self.folder = folder.absolute()
        self._fsync = fsync
        self._own_lock = None if lock else FolderLock(self.folder)
        self._settings = SETTINGS | ({} if fsync else THROW_AWAY) | (settings or {})
        self._say = say
        self._place: Place | None = None
        self._sockets: Path | None = None
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Stays the same over restarts of the server. Only after the first start."""
        assert self._sockets is not None, "a cluster has no address before its first start"
        return url_at(self._sockets)

    @property
    def pid(self) -> int | None:
        return self._server.pid if self._server else None

    @property
    def status(self) -> _Status:
        if self._server is None or self._server.poll() is not None or self._place is None:
            return "stopped"
        recorded = recorded_postmaster(self._place.cluster)
        return "ready" if recorded and recorded.is_ready and recorded.pid == self._server.pid else "starting"

    def poll(self) -> int | None:
        """The server's exit code, None while it runs."""
        return self._server.poll() if self._server else 0

    def start(self) -> str:
        """The URL, once the server answers; however long its recovery takes. Raises ClusterError."""
        self.begin()
        self.await_ready()
        return self.url

    def begin(self) -> None:
        """Start without waiting, also after a death. Raises ClusterError; another try may follow, at the same address."""
        was_up = self._sockets is not None
        if self._own_lock:
            self._own_lock.acquire()
        try:
            self._place = settled_place(self.folder)
            clear_leftovers(self._place.cluster, say=self._say)
            make_where_absent(self._place, fsync=self._fsync)
            self._sockets = socket_folder(self._place, before=self._sockets)
            self._server = self._spawn(self._place, self._sockets)
        except BaseException:
            if not was_up:
                self._leave()
            raise

    def _spawn(self, place: Place, sockets: Path) -> "subprocess.Popen[bytes]":
        settings = self._settings | {"unix_socket_directories": _quoted(sockets)}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with _log_of(place) as log:
            return spawn(
                [place.binaries.program("postgres"), "-D", place.cluster, *options],
                env=clean_environment(),
                folder=place.folder,
                uid=place.uid,
                stdout=log,
                stderr=subprocess.STDOUT,
                # The fast stop: sessions end, everything is on disk, the next start needs no recovery.
                death_signal=signal.SIGINT,
            )

    def await_ready(self) -> None:
        """Raises StartFailed where the server ends instead; a recovery is waited for, with a line now and then."""
        began, next_line = time.monotonic(), FIRST_LINE_AFTER
        while (status := self.status) != "ready":
            if status == "stopped":
                words = self._last_words()
                self._leave()
                raise StartFailed(f"PostgreSQL did not start: {words}")
            if time.monotonic() - began > next_line:
                self._say(f"the database recovers after an unclean stop, {next_line:.0f} s so far; waiting")
                next_line *= 2
            time.sleep(0.01)

    def stop(self) -> None:
        """Ends sessions, writes everything down, leaves nothing running."""
        server = self._server
        if server is not None:
            for sent, patience in ((signal.SIGINT, PATIENCE_TO_STOP), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
                if server.poll() is None:
                    server.send_signal(sent)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    server.wait(patience)
                    break
        self._leave()

    def _leave(self) -> None:
        self._server = None
        if self._sockets is not None:
            shutil.rmtree(self._sockets, ignore_errors=True)
            self._sockets = None
        if self._own_lock:
            self._own_lock.release()

    def _last_words(self) -> str:
        assert self._place is not None
        with self._place.log.open("rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - 4000))
            return last_words(log.read().decode(errors="replace"))


def url_at(sockets: Path) -> str:
    return f"postgresql://{USER}@/{DATABASE}?host={quote(str(sockets), safe='')}"


def _quoted(sockets: Path) -> str:
    """The setting is a list of names; quotes keep commas and blanks inside one."""
    return '"' + str(sockets).replace('"', '""') + '"'


@contextlib.contextmanager
def _log_of(place: Place) -> Iterator[IO[bytes]]:
    """The server's own log, one older one kept. Never through a link: the folder may be another user's."""
    with contextlib.suppress(FileNotFoundError):
        if place.log.stat().st_size > LARGEST_LOG:
            place.log.replace(place.log.with_name("log.1"))
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
    with os.fdopen(os.open(place.log, flags, 0o600), "ab") as log:
        if place.uid is not None:
            os.fchown(log.fileno(), place.uid, place.uid)
        yield log
