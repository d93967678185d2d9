"""Doctor names what is wrong, says the mend, and calls nothing wrong that is well."""

import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from careline.domain.channels import commands as channels
from careline.domain.channels.queries import channels as channels_there
from careline.domain.company import commands as company
from careline.domain.company.queries import default_brand
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.history.commands import set_aside
from careline.entrypoints.console.doctor import finding, folder, install
from careline.entrypoints.console.doctor.finding import Finding, span
from careline.entrypoints.console.doctor.keeping import MARK, of_backups
from careline.flows.keep_chat_site import add_chat_site
from careline.flows.reply import Draft, reply
from careline.flows.take_in import House, RawArrival, take_in
from careline.kit import clock, db
from careline.kit.postgres import FolderLock
from careline.kit.spool import Spool
from tests.entrypoints.console.test_serve import careline
from tests.entrypoints.console.test_serve_commands import run_on
from tests.sinks import SmtpSink
from tests.throwaway import quick_folder
from tests.world import SUPPORT, World, make_world


def found(findings: Iterator[Finding]) -> dict[str, Finding]:
    return {each.name: each for each in findings}


def seen(folder: Path, *, is_online: bool = False) -> dict[str, Finding]:
    return found(install.of_install(folder, is_online=is_online))


def mailbox(**settings: str) -> None:
    channels.add_channel(
        "email", name="Rentals", address="rentals@northwind.example", brand_id=default_brand().pk, team_id=None, settings=settings,
        by=SYSTEM, at=clock.now(),
    )  # fmt: skip


def test_a_folder_that_is_not_there_is_a_problem_and_is_not_made(tmp_path: Path) -> None:
    told = careline("doctor", "--json", "--data", tmp_path / "nowhere")
    checks = {check["name"]: check for check in json.loads(told.stdout)["checks"]}
    assert (told.returncode, checks["data folder"]["state"]) == (1, "problem")
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_without_an_install_is_a_problem_and_gets_none(tmp_path: Path) -> None:
    told = careline("doctor", "--data", tmp_path)
    assert (told.returncode, f"{tmp_path} holds no install" in told.stdout) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_install_is_well_without_a_server() -> None:
    place = quick_folder()
    run_on(place)
    told = careline("doctor", "--data", place)
    shutil.rmtree(place)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "warning company: none yet → run `careline init`\n" in told.stdout
    assert "problem" not in told.stdout


def test_a_database_that_does_not_answer_is_a_problem(tmp_path: Path) -> None:
    told = careline("doctor", "--data", tmp_path, CARELINE_DATABASE_URL="postgresql://nobody@127.0.0.1:9/none")
    assert told.returncode == 1
    assert "problem database: The database of CARELINE_DATABASE_URL does not answer" in told.stdout


def test_keys_that_cannot_be_read_are_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CARELINE_SECRET_KEY")
    assert found(folder.of_folder(tmp_path))["keys"].state == finding.WARNING
    (tmp_path / "keys.json").write_text("{")
    assert found(folder.of_folder(tmp_path))["keys"].state == finding.PROBLEM


def test_a_disk_that_is_full_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(tmp_path)
    for free, state in ((10**7, "problem"), (10**9, "warning"), (10**11, "ok")):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: usage._replace(free=free))
        assert found(folder.of_folder(tmp_path))["disk"].state == state


def test_mail_that_waits_long_in_the_spool_is_told(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    name = spool.put(b"Subject: x\r\n\r\n", envelope={})
    assert found(folder.of_folder(tmp_path))["spool"].words == "1 mail waiting, the oldest for 0 s"
    old = (datetime.now(UTC) - timedelta(minutes=12, seconds=5)).strftime("%Y%m%dT%H%M%S") + name[15:]
    (tmp_path / "spool" / name).rename(tmp_path / "spool" / old)
    told = found(folder.of_folder(tmp_path))["spool"]
    assert (told.state, told.words) == ("warning", "1 mail waiting, the oldest for 12 min")


@pytest.mark.django_db
def test_a_healthy_install_has_nothing_to_mend_but_its_way_out(tmp_path: Path) -> None:
    make_world()
    told = seen(tmp_path)
    assert {name: each.state for name, each in told.items() if each.state != "ok"} == {
        f"sending from {SUPPORT}": "warning"
    }


@pytest.mark.django_db
def test_a_server_whose_worker_gives_no_sign_is_a_problem(tmp_path: Path) -> None:
    assert seen(tmp_path)["server"].words == "none runs on this folder"
    with FolderLock(tmp_path) as lock:
        lock.acquire()
        assert seen(tmp_path)["server"].state == "problem"
        company.note_beat("worker", at=clock.now() - timedelta(seconds=3))
        assert seen(tmp_path)["server"].state == "ok"
        company.note_beat("worker", at=clock.now() - timedelta(minutes=9))
        assert seen(tmp_path)["server"].words == "runs, but its worker has given no sign for 9 min"


@pytest.mark.django_db
def test_an_outgoing_server_is_asked_unless_told_otherwise(tmp_path: Path) -> None:
    make_world()
    with SmtpSink() as sink:
        mailbox(smtp_url=f"smtp://127.0.0.1:{sink.port}?tls=none")
        assert seen(tmp_path, is_online=True)["sending from rentals@northwind.example"].state == "ok"
    told = seen(tmp_path, is_online=True)["sending from rentals@northwind.example"]
    assert told.state == "problem"
    assert seen(tmp_path)["sending from rentals@northwind.example"].words == "set, not tried"


@pytest.mark.django_db
def test_a_mailbox_that_cannot_be_fetched_is_told_in_the_servers_words(tmp_path: Path) -> None:
    make_world()
    mailbox(imap_url="imap://carol@127.0.0.1:9?tls=none")
    told = seen(tmp_path, is_online=True)["mailbox rentals@northwind.example"]
    assert told.state == "problem"
    assert "refused" in told.words.lower()


@pytest.mark.django_db
def test_what_a_reader_failed_on_is_a_problem(tmp_path: Path) -> None:
    set_aside("reactions", happening=7, name="message.received", error="boom", at=clock.now())
    told = seen(tmp_path)["history"]
    assert (told.state, told.words) == ("problem", "reactions has put 1 happening aside, which it failed on")


@pytest.mark.django_db
def test_a_chat_site_is_called_by_its_name_and_a_demo_need_not_send(tmp_path: Path) -> None:
    world = make_world()
    add_chat_site(world.person(world.ada), name="Shop", team=None, settings={}, by=SYSTEM, at=clock.now())
    (tmp_path / "demo").touch()
    told = seen(tmp_path)
    assert told["chat site Shop"].words == "takes what is written there"
    assert told[f"sending from {SUPPORT}"].words == "kept in the outbox: a demo sends nothing"
    assert {each.state for each in told.values()} == {"ok"}


@pytest.mark.django_db
def test_what_waits_for_a_person_and_what_nobody_read_is_told_with_its_mend(tmp_path: Path) -> None:
    world = make_world()
    sent = [_answered(world) for _ in range(3)]
    for state, message in zip(("failed", "uncertain"), sent, strict=False):
        db.execute("UPDATE conversations_delivery SET state = %s WHERE message_id = %s", [state, message])
    took = RawArrival("one", b"From: dan@example.org\r\n\r\nHi", clock.now(), envelope_to=("who@example.net",))
    take_in([took], house=House(channels_there(), ["en"]), at=clock.now())
    told = [(each.name, each.state, each.words) for each in install.of_install(tmp_path, is_online=False) if each.mend]
    assert told == [
        (f"sending from {SUPPORT}", "warning", "no way out is set, so answers can't leave"),
        ("unplaced mail", "warning", "1 mail unrouted"),
        ("outbox", "warning", "1 message failed"),
        ("outbox", "warning", "1 message uncertain"),
    ]


@pytest.mark.django_db
def test_tables_of_an_older_version_and_a_history_that_was_changed_are_problems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install.MigrationExecutor, "migration_plan", lambda *_: [1, 2])
    monkeypatch.setattr(install, "broken_months", lambda: ["2026-10"])
    monkeypatch.setattr(install, "readers", lambda: ["rules"])
    monkeypatch.setattr(install, "behind", lambda _: (3, clock.now() - timedelta(minutes=5, seconds=9)))
    bad = [(each.name, each.state, each.words) for each in install.of_install(tmp_path, is_online=False) if each.mend]
    assert bad == [
        ("tables", "problem", "2 migrations not made"),
        ("company", "warning", "none yet"),
        ("mailboxes", "warning", "none yet"),
        ("history", "warning", "rules has 3 happenings to read, for 5 min"),
        ("history", "problem", "what happened in 2026-10 was changed or removed since it was sealed"),
    ]


def test_a_backup_that_is_older_than_a_week_is_asked_for_anew(tmp_path: Path) -> None:
    assert [each.words for each in of_backups(tmp_path)] == ["none was made yet"]
    mark = tmp_path / MARK
    mark.touch()
    assert [each.state for each in of_backups(tmp_path)] == ["ok"]
    old = mark.stat().st_mtime - 8 * 86400
    os.utime(mark, (old, old))
    assert [(each.state, each.words) for each in of_backups(tmp_path)] == [("warning", "the last was made 8 days ago")]


def _answered(world: World) -> int:
    who = world.person(world.ada)
    return reply(who, world.case, Draft(text="Soon."), by=agent(who.id), at=clock.now()).message


def test_spans_are_said_in_their_largest_unit() -> None:
    assert [span(s) for s in (0, 59, 60, 3599, 3600, 86400, 172800)] == [
        "0 s",
        "59 s",
        "1 min",
        "59 min",
        "1 h",
        "24 h",
        "2 days",
    ]
