"""Where much waits two take it in at the same time: all of it once, one person's mails in order, and none stopped by another's."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection

from careline.domain.channels.email.envelope import envelope_of
from careline.entrypoints.worker import intake, takers
from careline.flows import take_in as taking_in
from careline.kit.spool import Spool
from tests.faults.post import SUPPORT, letter
from tests.world import make_world

RECEIVED = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PEOPLE = ("carol@example.com", "dave@example.com", "eve@example.com", "frank@example.com")


@pytest.fixture
def reader(transactional_db: None, tmp_path: Path, settings: Any, monkeypatch: Any) -> Iterator[Any]:
    """Intake with batches of two, so that a dozen mails are much."""
    settings.DATA = tmp_path
    monkeypatch.setattr(takers, "BATCH", 2)
    make_world()
    _rows("DELETE FROM channels_inbound RETURNING 1")
    intake_at_work = intake.Intake(threading.Event())
    yield intake_at_work
    intake_at_work._takers.rest()


@pytest.fixture
def post(tmp_path: Path) -> list[str]:
    """Three mails of each of four people, in turn; the names of their entries."""
    spool = Spool(tmp_path / "spool")
    return [
        spool.put(
            letter(f"{n}-0", sender=PEOPLE[n % 4]),
            envelope=envelope_of(to=[SUPPORT], sender=PEOPLE[n % 4], door="lmtp", received_at=RECEIVED),
        )
        for n in range(12)
    ]


def _rows(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def _came_in() -> list[tuple[str, str]]:
    return _rows("SELECT spool_name, outcome FROM channels_inbound ORDER BY spool_name")


def _noted(monkeypatch: Any) -> list[tuple[int, list[str]]]:
    """Who took which batch: filled while mails are taken in."""
    taken: list[tuple[int, list[str]]] = []
    whole = intake.take_in

    def noted(arrivals: Sequence[Any], **more: Any) -> Any:
        taken.append((threading.get_ident(), [arrival.name for arrival in arrivals]))
        return whole(arrivals, **more)

    monkeypatch.setattr(intake, "take_in", noted)
    return taken


def test_two_take_in_what_waits_and_one_persons_mails_stay_in_order(
    reader: Any, post: list[str], tmp_path: Path, monkeypatch: Any
) -> None:
    taken = _noted(monkeypatch)
    assert reader.take_round() == 12
    assert _came_in() == [(name, "opened") for name in post]
    assert Spool(tmp_path / "spool").names(20) == []
    assert not (tmp_path / "intake-under-way.json").exists()
    lanes = [[name for who, names in taken if who == one for name in names] for one in {who for who, _ in taken}]
    assert sorted(lanes) == [
        [name for n, name in enumerate(post) if n % 4 in (0, 2)],
        [name for n, name in enumerate(post) if n % 4 in (1, 3)],
    ]
    assert {len(names) for _, names in taken} == {2}


def test_where_little_waits_one_takes_it(reader: Any, tmp_path: Path, monkeypatch: Any) -> None:
    spool = Spool(tmp_path / "spool")
    for n in range(2):
        spool.put(letter(f"{n}-0", sender=PEOPLE[n]), envelope={"to": [SUPPORT], "door": "lmtp", "from": PEOPLE[n]})
    taken = _noted(monkeypatch)
    assert reader.take_round() == 2
    assert [who for who, _ in taken] == [threading.get_ident()]


def test_who_came_to_help_leaves_with_the_connection_when_nothing_waits(
    reader: Any, post: list[str], monkeypatch: Any
) -> None:
    monkeypatch.setattr(reader._spool, "wait", lambda seconds: True)
    used: dict[threading.Thread, Any] = {}
    whole = intake.take_in

    def noted(arrivals: Any, **more: Any) -> Any:
        taken = whole(arrivals, **more)
        used[threading.current_thread()] = connection.connection
        return taken

    monkeypatch.setattr(intake, "take_in", noted)
    reader.once()
    assert [outcome for _, outcome in _came_in()] == ["opened"] * 12
    here = threading.current_thread()
    assert {(who is here, who.is_alive(), raw.closed) for who, raw in used.items()} == {
        (True, True, False),
        (False, False, True),
    }


def test_a_mail_that_fails_is_set_aside_and_all_others_come_in(
    reader: Any, post: list[str], tmp_path: Path, monkeypatch: Any
) -> None:
    bad = {post[4], post[5]}  # one of each taker's
    whole = intake.take_in

    def fails_for_two(arrivals: Any, **more: Any) -> Any:
        if bad & {arrival.name for arrival in arrivals}:
            raise ValueError("whatever is in it")
        return whole(arrivals, **more)

    monkeypatch.setattr(intake, "take_in", fails_for_two)
    reader.take_round()
    assert _came_in() == [(name, "failed" if name in bad else "opened") for name in post]
    assert Spool(tmp_path / "spool").names(20) == []


@pytest.mark.parametrize("whose", [0, 1])
def test_when_the_database_refuses_one_of_them_what_the_other_took_is_in_and_the_rest_is_tried_again(
    reader: Any, post: list[str], tmp_path: Path, monkeypatch: Any, whose: int
) -> None:
    whole = intake.take_in
    refused = {name for n, name in enumerate(post) if n % 2 == whose}

    def refuses(arrivals: Any, **more: Any) -> Any:
        if refused & {arrival.name for arrival in arrivals}:
            raise OperationalError("not now") from psycopg.errors.DeadlockDetected("not now")
        return whole(arrivals, **more)

    monkeypatch.setattr(intake, "take_in", refuses)
    with pytest.raises(OperationalError):
        reader.take_round()
    assert _came_in() == [(name, "opened") for name in post if name not in refused]
    assert set(Spool(tmp_path / "spool").names(20)) == refused
    assert not (tmp_path / "intake-under-way.json").exists()
    monkeypatch.setattr(intake, "take_in", whole)
    assert reader.take_round() == 6
    assert _came_in() == [(name, "opened") for name in post]


def test_what_is_not_begun_when_the_worker_is_asked_to_stop_waits_for_the_next(
    reader: Any, post: list[str], tmp_path: Path, monkeypatch: Any
) -> None:
    whole = intake.take_in

    def asked_to_stop(arrivals: Any, **more: Any) -> Any:
        reader._stop.set()
        return whole(arrivals, **more)

    monkeypatch.setattr(intake, "take_in", asked_to_stop)
    reader.take_round()
    came, waiting = [name for name, _ in _came_in()], Spool(tmp_path / "spool").names(20)
    assert sorted(came + waiting) == post
    assert 2 <= len(came) <= 4
    assert not (tmp_path / "intake-under-way.json").exists()


def test_two_takers_that_want_the_same_cases_crosswise_clash_and_both_take_theirs_in(
    reader: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    for key, sender, *answered in (
        ("x-0", "carol@example.com"), ("y-0", "carol@example.com"),
        ("x-1", "dave@example.com", "x-0"), ("y-1", "dave@example.com", "y-0"),
    ):  # fmt: skip
        _put(tmp_path, key, sender, *answered)
    while reader.take_round():
        pass
    for key, sender, answer in (
        ("x-2", "carol@example.com", "x-0"), ("y-2", "carol@example.com", "y-0"),
        ("y-3", "dave@example.com", "y-1"), ("x-3", "dave@example.com", "x-1"),
    ):  # fmt: skip
        _put(tmp_path, key, sender, answer)
    received = _each_holding_one_case(monkeypatch)
    assert reader.take_round() == 4
    assert len(received) == 6, "one was ended by the database, and began again"
    assert [outcome for _, outcome in _came_in()] == ["opened"] * 2 + ["joined"] * 6
    kept = """SELECT left(external_id, 3), count(*), count(DISTINCT conversation_id) FROM conversations_message
              WHERE external_id ~ '^<[xy]-' GROUP BY 1 ORDER BY 1"""
    assert _rows(kept) == [("<x-", 4, 1), ("<y-", 4, 1)]


def _put(folder: Path, key: str, sender: str, *answers: str) -> None:
    raw = letter(key, sender=sender, answers=answers).replace(b"Subject:", b"Cc: dave@example.com\r\nSubject:")
    envelope = envelope_of(to=[SUPPORT], sender=sender, door="lmtp", received_at=RECEIVED)
    Spool(folder / "spool").put(raw, envelope=envelope)


def _each_holding_one_case(monkeypatch: Any) -> list[str]:
    """From now on nobody goes on to a second mail before both have placed their first; filled with what was placed."""
    placed: list[str] = []
    both, whole = threading.Barrier(2), taking_in.receive
    first = threading.local()

    def receive(inbound: Any, **more: Any) -> Any:
        placed.append(inbound.external_id)
        result = whole(inbound, **more)
        if not getattr(first, "is_done", False):
            first.is_done = True
            both.wait(timeout=30)
        return result

    monkeypatch.setattr(taking_in, "receive", receive)
    return placed
