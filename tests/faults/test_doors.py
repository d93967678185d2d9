"""The mail door of a running server: open while parts are replaced, and never a message twice."""

from __future__ import annotations

import os
import signal
import smtplib
import subprocess
from collections.abc import Callable, Iterator

import pytest

from tests.faults.install import CARELINE, Beside, Install, environment
from tests.faults.post import SUPPORT, by_lmtp, letter
from tests.sinks import SmtpSink
from tests.waiting import eventually


@pytest.fixture
def house(install: Callable[..., Install]) -> Install:
    return install().start()


@pytest.fixture(scope="module")
def whole_house(module_install: Callable[..., Install]) -> Iterator[Install]:
    """For those that break nothing in it: each counts what came since it began, and leaves nothing under way."""
    with SmtpSink() as listening:
        way_out = f"smtp://127.0.0.1:{listening.port}?tls=none&timeout=5&answer_timeout=2"
        house = module_install(CARELINE_SMTP_URL=way_out).start()
        yield house
        house.stop()


def test_mail_is_taken_while_the_worker_is_replaced_and_while_the_database_is_away(house: Install) -> None:
    house.kill("worker")
    by_lmtp(house, [letter("1-0")])
    with _frozen(house.pid_of("database")):
        by_lmtp(house, [letter("2-0", sender="carol2@example.com")])
    assert eventually(house.has_settled)
    assert house.sql("SELECT external_id FROM conversations_message WHERE kind = 'incoming' ORDER BY 1") == [
        ("<1-0@mail.example>",),
        ("<2-0@mail.example>",),
    ]


def test_the_same_mail_eight_times_at_once_is_one_message(whole_house: Install) -> None:
    house, raw, before = whole_house, letter("8-0"), newest(whole_house)
    with Beside(*[lambda: by_lmtp(house, [raw])] * 8):
        pass
    assert eventually(house.has_settled)
    incoming = "SELECT count(*) FROM conversations_message WHERE kind = 'incoming' AND id > %s"
    assert house.value(incoming, before["conversations_message"]) == 1
    counted = "SELECT outcome, count(*) FROM channels_inbound WHERE id > %s GROUP BY 1 ORDER BY 1"
    outcomes = house.sql(counted, before["channels_inbound"])
    assert outcomes == [("duplicate", 7), ("opened", 1)]


def test_what_is_nobodys_waits_in_unrouted_with_the_reason(whole_house: Install) -> None:
    before = newest(whole_house)
    by_lmtp(whole_house, [letter("9-0")], to="nobody@northwind.example")
    assert eventually(whole_house.has_settled)
    came = "SELECT status, outcome, reason FROM channels_inbound WHERE id > %s"
    found = whole_house.sql(came, before["channels_inbound"])
    assert found == [("unprocessed", "unrouted", "No mailbox of ours has this address: nobody@northwind.example.")]


def test_a_second_worker_waits_until_the_first_one_is_gone(house: Install) -> None:
    assert eventually(lambda: _holds_the_place(house, house.pid_of("worker")))
    second = _worker(house)
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE %s"
    try:
        assert eventually(lambda: house.value(waiting, "SELECT pg_try_advisory_lock%") == 1)
        by_lmtp(house, [letter("1-0")])
        assert eventually(house.has_settled)
        assert house.value("SELECT count(*) FROM conversations_delivery WHERE state = 'sent'") == 1
        assert second.poll() is None
        second.terminate()
        assert second.wait(timeout=20) == 0
    finally:
        second.kill()
        second.wait()


def test_a_worker_that_lost_its_place_to_another_ends_and_sends_nothing_twice(house: Install) -> None:
    first = house.pid_of("worker")
    assert eventually(lambda: _holds_the_place(house, first))
    second = _worker(house)
    try:
        os.kill(first, signal.SIGSTOP)
        database = house.pid_of("database")
        os.kill(database, signal.SIGKILL)
        assert eventually(lambda: house.pid_of("database") != database)
        assert eventually(lambda: _holds_the_place(house, second.pid))
        os.kill(first, signal.SIGCONT)
        assert eventually(lambda: house.pid_of("worker") != first)
        assert "Another worker took over while the database was away" in house.said()
    finally:
        os.kill(first, signal.SIGCONT) if house.pid_of("worker") == first else None
        second.terminate()
        second.wait()
    by_lmtp(house, [letter("1-0")])
    assert eventually(house.has_settled)
    assert house.value("SELECT count(*) FROM conversations_delivery WHERE state = 'sent'") == 1


def test_a_mail_server_hears_452_for_too_many_recipients_and_goes_on(whole_house: Install) -> None:
    with smtplib.LMTP("127.0.0.1", whole_house.lmtp_port, timeout=20) as server:
        server.ehlo_or_helo_if_needed()
        server.mail("carol@example.com")
        codes = [server.rcpt(f"box{number}@northwind.example")[0] for number in range(101)]
        assert (set(codes[:100]), codes[100]) == ({250}, 452)
        server.rset()
    by_lmtp(whole_house, [letter("10-0")], to=SUPPORT)
    assert eventually(whole_house.has_settled)


def newest(house: Install) -> dict[str, int]:
    """Table → the number of its last row."""
    tables = ("channels_inbound", "conversations_message")
    return {table: house.value(f"SELECT coalesce(max(id), 0) FROM {table}") for table in tables}


class _frozen:
    def __init__(self, pid: int) -> None:
        self._pid = pid

    def __enter__(self) -> None:
        os.kill(self._pid, signal.SIGSTOP)

    def __exit__(self, *error: object) -> None:
        os.kill(self._pid, signal.SIGCONT)


def _worker(house: Install) -> subprocess.Popen[bytes]:
    """Another worker on the same database, as a second server on it would start one."""
    address = house._address()
    url = f"postgresql://{address['user']}@/{address['dbname']}?host={address['host']}"
    env = environment(CARELINE_DATA=str(house.data), CARELINE_DATABASE_URL=url, **house.settings)
    env["DJANGO_SETTINGS_MODULE"] = "careline.config.settings"
    return subprocess.Popen([*CARELINE, "_worker"], env=env)


def _holds_the_place(house: Install, pid: int) -> bool:
    return bool(house.value("SELECT count(*) FROM company_heartbeat WHERE name LIKE %s", f"%:{pid}:%"))
