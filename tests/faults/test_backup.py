"""A backup is taken from a desk at work, and comes back whole or not at all."""

from __future__ import annotations

import contextlib
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.install import CARELINE, Beside, Install, environment, eventually
from tests.faults.post import by_pipe, threads
from tests.throwaway import quick_folder


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder for backups, and for installs that come out of them."""
    folder = quick_folder()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def careline(*words: str | Path, **settings: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*CARELINE, *map(str, words)], capture_output=True, env=environment(**settings), check=False)


def said(done: subprocess.CompletedProcess[bytes]) -> tuple[int, list[str]]:
    return done.returncode, done.stderr.decode().splitlines()


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def mails_in(house: Install) -> int:
    return int(house.value("SELECT count(*) FROM conversations_message WHERE kind = 'incoming'"))


@pytest.mark.timeout(240)
def test_a_desk_at_work_is_backed_up_and_comes_back_equal(install: Callable[..., Install], place: Path) -> None:
    house = install().start()
    post = list(threads(15, length=2, seed=1).values())
    by_pipe(house, post[:20], place)
    assert eventually(house.has_settled)
    with Beside(lambda: by_pipe(house, post[20:], place)):
        assert house.run("backup", place / "at-work").returncode == 0
    assert eventually(house.has_settled)
    house.stop()
    assert house.run("backup", place / "kept", "--with-key").returncode == 0
    assert house.run("export", place / "before").returncode == 0
    assert careline("restore", place / "kept", "--data", place / "data").returncode == 0
    assert careline("export", place / "after", "--data", place / "data").returncode == 0
    assert bytes_of(place / "after") == bytes_of(place / "before")
    assert (place / "data" / "keys.json").read_bytes() == (house.data / "keys.json").read_bytes()
    again = Install(place / "data", house.token).start()
    try:
        assert again.call("GET", "/conversations/1").status == 200
        by_pipe(again, list(threads(1, length=1, seed=5).values()), place)
        assert eventually(again.has_settled)
    finally:
        again.stop()


def test_a_file_that_cannot_be_restored_is_refused_and_the_running_desk_goes_on(
    install: Callable[..., Install], place: Path
) -> None:
    house = install().start()
    by_pipe(house, list(threads(3, length=1, seed=2).values()), place)
    assert eventually(house.has_settled)
    assert house.run("backup", place / "kept").returncode == 0
    whole = (place / "kept").read_bytes()
    assert said(house.run("restore", place / "kept"))[0] == 2, "what it holds is not thrown away unasked"
    for name, content in {
        "cut": whole[: len(whole) // 2],
        "without-its-end": whole[:-1],
        "changed": whole[:-900] + bytes([whole[-900] ^ 1]) + whole[-899:],
        "empty": b"",
        "foreign": b"PK\x03\x04" + whole,
        "of-the-future": whole.replace(b"CARELINE BACKUP 1", b"CARELINE BACKUP 2", 1),
    }.items():
        (place / name).write_bytes(content)
        code, lines = said(house.run("restore", place / name, "--replace"))
        assert (name, code, len(lines), "nothing was changed" in lines[0]) == (name, 2, 1, True)
    assert said(house.run("restore", place / "absent", "--replace"))[0] == 2
    assert (house.is_well(), mails_in(house)) == (True, 3)
    assert house.sql("SELECT datname FROM pg_database WHERE datname LIKE 'careline_%%'") == []


@pytest.mark.timeout(240)
def test_a_restore_under_a_running_desk_replaces_it_and_who_was_erased_stays_erased(
    install: Callable[..., Install], place: Path
) -> None:
    house = install().start()
    by_pipe(house, list(threads(4, length=1, seed=3).values()), place)
    assert eventually(house.has_settled)
    assert house.run("backup", place / "kept").returncode == 0
    (gone,) = house.sql("SELECT customer_id FROM customers_address WHERE value = 'carol0@example.com'")[0]
    assert house.call("DELETE", f"/customers/{gone}").status == 200
    by_pipe(house, list(threads(1, length=1, seed=9).values()), place)
    assert eventually(house.has_settled)
    code, lines = said(house.run("restore", place / "kept", "--replace"))
    assert (code, "1 who were erased since the backup was made are erased in it too" in " ".join(lines)) == (0, True)
    assert eventually(house.is_well)
    assert house.value("SELECT count(*) FROM customers_address WHERE value = 'carol0@example.com'") == 0
    assert (mails_in(house), house.value("SELECT count(*) FROM customers_erasure")) == (3, 1)
    by_pipe(house, list(threads(1, length=1, seed=11).values()), place)
    assert eventually(house.has_settled)
    assert mails_in(house) == 4
    assert house.sql("SELECT datname FROM pg_database WHERE datname LIKE 'careline_%%'") == []


@pytest.mark.full
@pytest.mark.timeout(240)
def test_a_backup_or_restore_that_is_killed_leaves_the_desk_as_it_was(
    install: Callable[..., Install], place: Path
) -> None:
    house = install().start()
    by_pipe(house, list(threads(5, length=1, seed=4).values()), place)
    assert eventually(house.has_settled)
    assert house.run("backup", place / "kept").returncode == 0
    for words in (("backup", place / "kept"), ("restore", place / "kept", "--replace")):
        for seconds in (0.2, 0.6, 1.0, 2.0, 4.0):
            _killed_after(seconds, house, *words)
            assert careline("restore", place / "kept", "--check").returncode == 0
            assert eventually(house.is_well)
            assert mails_in(house) == 5
    assert house.run("restore", place / "kept", "--replace").returncode == 0
    assert eventually(house.is_well)
    assert (mails_in(house), [path.name for path in place.glob(".kept*")]) == (5, [])


def _killed_after(seconds: float, house: Install, *words: str | Path) -> None:
    env = environment(CARELINE_DATA=str(house.data))
    with subprocess.Popen([*CARELINE, *map(str, words)], env=env, stderr=subprocess.DEVNULL) as command:
        timer = threading.Timer(seconds, lambda: command.send_signal(signal.SIGKILL))
        timer.start()
        with contextlib.suppress(subprocess.TimeoutExpired):
            command.wait(120)
        timer.cancel()
