"""Whatever dies, and whatever it leaves behind: nothing runs on alone, and the next start works."""

import os
import signal
import subprocess
from pathlib import Path

import psycopg
import pytest

from careline.kit.postgres import Cluster, FolderLock, postmaster
from careline.kit.supervision.children import spawn
from tests.kit.postgres.conftest import nothing_runs_in, started_script
from tests.waiting import eventually

RUN = """
import sys, pathlib, signal
from careline.kit.postgres import Cluster
print(Cluster(pathlib.Path(sys.argv[1]), fsync=False).start(), flush=True)
signal.pause()
"""
RUN_FROM_A_THREAD = """
import sys, pathlib, signal, threading
from careline.kit.postgres import Cluster
cluster = Cluster(pathlib.Path(sys.argv[1]), fsync=False)
starter = threading.Thread(target=cluster.start)
starter.start()
starter.join()
print(cluster.url, flush=True)
signal.pause()
"""


def write_1001(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET synchronous_commit = on")
        connection.execute("CREATE TABLE kept AS SELECT 1001 AS number")


def kept(url: str) -> int:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT number FROM kept").fetchone()[0]


@pytest.mark.parametrize("script", [RUN, RUN_FROM_A_THREAD], ids=["main thread", "a thread that ended"])
def test_killing_the_application_ends_the_database_and_loses_nothing(data: Path, script: str) -> None:
    application = started_script(script, data)
    url = application.stdout.readline().strip()
    write_1001(url)
    application.kill()
    application.wait()
    assert eventually(lambda: nothing_runs_in(data))
    again = Cluster(data, fsync=False)
    assert kept(again.start()) == 1001
    again.stop()


def test_a_start_right_after_the_kill_waits_for_the_old_server_to_end(data: Path) -> None:
    application = started_script(RUN, data)
    url = application.stdout.readline().strip()
    write_1001(url)
    with psycopg.connect(url):
        application.kill()
        application.wait()
        again = Cluster(data, fsync=False)
        assert kept(again.start()) == 1001
    again.stop()


def test_killing_the_postmaster_alone_is_mended_by_a_start_at_the_same_address(cluster: Cluster) -> None:
    url = cluster.url
    write_1001(url)
    with psycopg.connect(url):
        os.kill(cluster.pid, signal.SIGKILL)
        assert eventually(lambda: cluster.status == "stopped")
        assert cluster.start() == url
    assert kept(url) == 1001


def test_a_start_again_that_fails_keeps_the_address_for_the_next_try(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = cluster.url
    os.kill(cluster.pid, signal.SIGKILL)
    assert eventually(lambda: cluster.status == "stopped")
    with monkeypatch.context() as broken, pytest.raises(OSError, match="no room"):
        broken.setattr(cluster, "_spawn", _no_room)
        cluster.begin()
    assert cluster.start() == url


def _no_room(*_: object) -> None:
    raise OSError("no room")


def test_two_servers_never_write_one_cluster_even_without_its_pid_file(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postmaster, "_STEPS", ((0.1, None), *postmaster._STEPS[1:]))
    write_1001(cluster.url)
    (cluster.folder / "postgres" / "cluster" / "postmaster.pid").unlink()
    first, lines = cluster.pid, []
    second = Cluster(cluster.folder, fsync=False, lock=FolderLock(cluster.folder), say=lines.append)
    assert kept(second.start()) == 1001
    assert not Path(f"/proc/{first}/cwd").exists() or cluster.poll() is not None
    assert lines == [f"an earlier database process on {cluster.folder}/postgres/cluster is still there; sending SIGINT"]
    second.stop()


def the_pid_of_a_dead_process() -> int:
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


@pytest.mark.parametrize("content", ["", "1", "dead", "dead and truncated", "not a number\n", "\0" * 64])
def test_a_pid_file_that_tells_nothing_true_is_no_obstacle(data: Path, content: str) -> None:
    file = data / "postgres" / "cluster" / "postmaster.pid"
    dead = f"{the_pid_of_a_dead_process()}\n{file.parent}\n1763800000\n5432\n"
    file.write_text({"dead": dead, "dead and truncated": dead[:9]}.get(content, content))
    cluster = Cluster(data, fsync=False)
    assert cluster.start() == cluster.url
    cluster.stop()


def test_a_pid_that_another_program_has_by_now_is_no_obstacle_and_that_program_lives_on(data: Path) -> None:
    cluster_folder = data / "postgres" / "cluster"
    uid = cluster_folder.stat().st_uid
    other = spawn(["sleep", "60"], uid=uid if os.geteuid() == 0 else None)
    (cluster_folder / "postmaster.pid").write_text(f"{other.pid}\n{cluster_folder}\n1763800000\n5432\n\n\n\nready\n")
    cluster = Cluster(data, fsync=False)
    cluster.start()
    cluster.stop()
    assert other.poll() is None
    other.kill()
    other.wait()


def test_a_lock_ends_with_its_holder(data: Path) -> None:
    holder = started_script(RUN, data)
    holder.stdout.readline()
    assert FolderLock(data).try_acquire() is False
    holder.kill()
    holder.wait()
    lock = FolderLock(data)
    assert lock.try_acquire() is True
    lock.release()
