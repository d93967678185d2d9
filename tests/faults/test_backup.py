"""A backup is taken from a desk at work, and comes back whole or not at all."""

from __future__ import annotations

import contextlib
import shutil
import signal
import subprocess
import threading
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from careline.entrypoints.console.keeping.ground import MAGIC
from careline.kit.archive.parts import parts_of, written_whole
from tests.faults.install import CARELINE, Beside, Install, environment
from tests.faults.post import by_pipe, letter, threads
from tests.sinks import SmtpSink
from tests.throwaway import quick_folder
from tests.waiting import eventually

GROUND = """
SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL
SELECT 'key', conname, conrelid::regclass || ' ' || pg_get_constraintdef(oid) || convalidated FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace UNION ALL
SELECT 'trigger', tgname, tgrelid::regclass || ' ' || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
ORDER BY 1, 2, 3"""
BESIDE = "SELECT datname FROM pg_database WHERE datname LIKE 'careline_%%'"


def careline(*words: str | Path, **settings: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*CARELINE, *map(str, words)], capture_output=True, env=environment(**settings), check=False)


def said(done: subprocess.CompletedProcess[bytes]) -> tuple[int, list[str]]:
    return done.returncode, done.stderr.decode().splitlines()


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def mails_in(house: Install) -> int:
    return int(house.value("SELECT count(*) FROM conversations_message WHERE kind = 'incoming'"))


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder for backups, and for installs that come out of them."""
    folder = quick_folder()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def way_out() -> Iterator[str]:
    with SmtpSink() as listening:
        yield f"smtp://127.0.0.1:{listening.port}?tls=none&timeout=5&answer_timeout=2"


@pytest.fixture(scope="module")
def worked(module_install: Callable[..., Install], place: Path, way_out: str) -> Install:
    """A desk that worked while it was backed up, and stopped: its backup is `kept`, its export `before`."""
    house = module_install(CARELINE_SMTP_URL=way_out).start()
    post = list(threads(5, length=2, seed=1).values())
    by_pipe(house, post[:5], place)
    assert eventually(house.has_settled)
    with Beside(lambda: by_pipe(house, post[5:], place)):
        assert house.run("backup", place / "at-work").returncode == 0
    assert eventually(house.has_settled)
    (place / "ground").write_text(repr(house.sql(GROUND)))
    house.stop()
    assert house.run("backup", place / "kept", "--with-key").returncode == 0
    assert house.run("export", place / "before").returncode == 0
    return house


@pytest.fixture(scope="module")
def restored(worked: Install, place: Path, way_out: str) -> Iterator[Install]:
    """`kept` in an empty folder: its export is `after`, and it is at work again."""
    assert said(careline("restore", place / "kept", "--data", place / "data"))[0] == 0
    assert careline("export", place / "after", "--data", place / "data").returncode == 0
    house = Install(place / "data", worked.token, CARELINE_SMTP_URL=way_out).start()
    yield house
    house.stop()


@pytest.mark.timeout(240)
def test_a_desk_at_work_is_backed_up_and_comes_back_equal(worked: Install, restored: Install, place: Path) -> None:
    assert careline("restore", place / "at-work", "--check").returncode == 0
    assert bytes_of(place / "after") == bytes_of(place / "before")
    assert (restored.data / "keys.json").read_bytes() == (worked.data / "keys.json").read_bytes()
    assert repr(restored.sql(GROUND)) == (place / "ground").read_text(), "every index, key and trigger is up again"
    assert restored.is_well()


@pytest.mark.timeout(240)
def test_a_file_that_cannot_be_restored_is_refused_and_the_running_desk_goes_on(restored: Install, place: Path) -> None:
    whole, mails = (place / "kept").read_bytes(), mails_in(restored)
    assert said(restored.run("restore", place / "kept"))[0] == 2, "what it holds is not thrown away unasked"
    for name, content in {
        "cut": whole[: len(whole) // 2],
        "without-its-end": whole[:-1],
        "changed": whole[:-900] + bytes([whole[-900] ^ 1]) + whole[-899:],
        "empty": b"",
        "foreign": b"PK\x03\x04" + whole,
        "of-the-future": whole.replace(b"CARELINE BACKUP 1", b"CARELINE BACKUP 2", 1),
    }.items():
        (place / name).write_bytes(content)
        code, lines = said(restored.run("restore", place / name, "--replace"))
        assert (name, code, len(lines), "nothing was changed" in lines[0]) == (name, 2, 1, True)
    assert said(restored.run("restore", place / "absent", "--replace"))[0] == 2
    assert (restored.is_well(), mails_in(restored)) == (True, mails)
    assert restored.sql(BESIDE) == []


@pytest.mark.timeout(240)
def test_a_restore_under_a_running_desk_replaces_it_and_who_was_erased_stays_erased(
    restored: Install, place: Path
) -> None:
    (gone,) = restored.sql("SELECT customer_id FROM customers_address WHERE value = 'carol0@example.com'")[0]
    assert restored.call("DELETE", f"/customers/{gone}").status == 200
    by_pipe(restored, [letter("that-the-restore-takes-back")], place)
    assert eventually(restored.has_settled)
    code, lines = said(restored.run("restore", place / "kept", "--replace"))
    assert (code, "1 who were erased since the backup was made are erased in it too" in " ".join(lines)) == (0, True)
    assert eventually(restored.is_well)
    assert restored.value("SELECT count(*) FROM customers_address WHERE value = 'carol0@example.com'") == 0
    assert (mails_in(restored), restored.value("SELECT count(*) FROM customers_erasure")) == (8, 1)
    by_pipe(restored, [letter("after-the-restore")], place)
    assert eventually(restored.has_settled)
    assert mails_in(restored) == 9
    assert restored.sql(BESIDE) == []


@pytest.mark.full
@pytest.mark.timeout(240)
def test_a_backup_of_an_older_version_is_brought_to_this_one(worked: Install, place: Path) -> None:
    made_older(place / "kept", to=place / "older")
    assert careline("restore", place / "older", "--data", place / "newer").returncode == 0
    assert careline("export", place / "brought", "--data", place / "newer").returncode == 0
    assert bytes_of(place / "brought") == bytes_of(place / "before")


def made_older(kept: Path, *, to: Path) -> None:
    """The backup as the version wrote it that knew no reopening rules of teams: two columns less, at the end."""
    with written_whole(to, magic=MAGIC) as writer:
        for part in parts_of(kept, magic=MAGIC):
            head = {name: said for name, said in part.head.items() if name not in ("part", "size", "sha256")}
            body = part.body
            if part.kind == "install":
                head["migrations"] = [[*made] for made in head["migrations"] if [*made] != ["staff", "0003_reopen"]]
                assert len(head["migrations"]) == len(part.head["migrations"]) - 1
            elif head.get("name") == "staff_team":
                assert head["columns"][-2:] == ["reopen_policy", "reopen_days"]
                head["columns"] = head["columns"][:-2]
                rows = zlib.decompress(body).splitlines()
                body = zlib.compress(b"".join(row.rsplit(b"\t", 2)[0] + b"\n" for row in rows))
            writer.add(part.kind, body, **head)


@pytest.mark.full
@pytest.mark.timeout(240)
def test_a_backup_or_restore_that_is_killed_leaves_the_desk_as_it_was(
    install: Callable[..., Install], tmp_path: Path
) -> None:
    place, house = tmp_path, install().start()
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
