import threading
from pathlib import Path

import psycopg
import pytest

from careline.kit.postgres import Cluster, FolderInUse, FolderLock, attach_or_start
from careline.kit.postgres.lock import COMMAND
from tests.kit.postgres.conftest import nothing_runs_in
from tests.waiting import eventually


def test_without_a_server_it_starts_one_and_stops_it(data: Path) -> None:
    with attach_or_start(data, fsync=False) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1001").fetchone() == (1001,)
    assert nothing_runs_in(data)


def test_a_running_server_is_used_and_left_running(cluster: Cluster) -> None:
    with attach_or_start(cluster.folder) as url:
        assert url == cluster.url
    assert cluster.status == "ready"


def test_waits_for_a_command_that_holds_the_folder_to_leave(data: Path) -> None:
    other = FolderLock(data, purpose=COMMAND)
    other.acquire()
    urls: list[str] = []

    def attach() -> None:
        with attach_or_start(data, fsync=False) as url:
            urls.append(url)

    second = threading.Thread(target=attach)
    second.start()
    assert urls == []
    other.release()
    second.join()
    assert len(urls) == 1
    assert nothing_runs_in(data)


def test_a_server_waits_for_a_command_but_not_for_a_server(data: Path) -> None:
    lines: list[str] = []
    command, server = FolderLock(data, purpose=COMMAND), FolderLock(data)
    command.acquire()
    waiting = threading.Thread(target=lambda: server.acquire(wait=20, say=lines.append))
    waiting.start()
    assert eventually(lambda: len(lines) == 1)
    command.release()
    waiting.join()
    assert server.is_held
    with pytest.raises(FolderInUse):
        FolderLock(data).acquire(wait=20)
    server.release()


def test_a_server_that_never_answers_is_named(data: Path) -> None:
    with FolderLock(data) as server:
        server.acquire()
        attached = attach_or_start(data, patience=0.1)
        with pytest.raises(FolderInUse, match="its database does not answer; look at that process, then try again"):
            attached.__enter__()
