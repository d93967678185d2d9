"""Mails that stop the worker, batches that fail at the commit, mails that fail in placing: kept, said, passed by."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection

from careline.domain.channels.email.envelope import envelope_of
from careline.entrypoints.worker import intake
from careline.flows import take_in as taking_in
from careline.kit.spool import Spool
from tests.faults.install import Install
from tests.faults.post import SUPPORT, letter
from tests.waiting import eventually
from tests.world import make_world

RECEIVED = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def spooled(folder: Path, *keys: str) -> list[str]:
    """Names of the entries, as `careline deliver` leaves them."""
    spool = Spool(folder)
    envelope = envelope_of(to=[SUPPORT], sender="carol@example.com", door="deliver", received_at=RECEIVED)
    return [spool.put(letter(key, sender=f"carol{key}@example.com"), envelope=envelope) for key in keys]


def test_a_mail_that_stopped_the_worker_again_and_again_is_set_aside_and_those_behind_it_go_on(
    install: Callable[..., Install],
) -> None:
    house = install()
    killer, innocent, behind = spooled(house.data / "spool", "1-0", "2-0", "3-0")
    (house.data / "intake-under-way.json").write_text(json.dumps({killer: 5, innocent: 4}))
    house.start()
    assert eventually(house.has_settled)
    found = {
        name: (outcome, reason)
        for name, outcome, reason in house.sql("SELECT spool_name, outcome, reason FROM channels_inbound")
    }
    assert found == {
        killer: ("failed", "Reading it stopped the worker several times."),
        innocent: ("opened", ""),
        behind: ("opened", ""),
    }
    assert not (house.data / "intake-under-way.json").exists()


def test_a_journal_that_is_half_written_stops_nobody(install: Callable[..., Install]) -> None:
    house = install()
    spooled(house.data / "spool", "1-0")
    (house.data / "intake-under-way.json").write_text('{"2026')
    house.start()
    assert eventually(house.has_settled)
    assert house.sql("SELECT outcome FROM channels_inbound") == [("opened",)]


@pytest.fixture
def reader(transactional_db: None, tmp_path: Path, settings: Any) -> Any:
    settings.DATA = tmp_path
    make_world()
    _inbound("DELETE FROM channels_inbound RETURNING 1")
    return intake.Intake(threading.Event())


def _inbound(statement: str = "SELECT outcome, reason FROM channels_inbound ORDER BY spool_name") -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_a_batch_that_fails_at_the_commit_is_taken_one_by_one(reader: Any, tmp_path: Path, monkeypatch: Any) -> None:
    spooled(tmp_path / "spool", "1-0", "2-0", "3-0")
    whole = intake.take_in

    def fails_for_more_than_one(arrivals: Any, **more: Any) -> Any:
        if len(arrivals) > 1:
            raise ValueError("at the commit")
        return whole(arrivals, **more)

    monkeypatch.setattr(intake, "take_in", fails_for_more_than_one)
    assert reader.take_round() == 3
    assert _inbound() == [("opened", "")] * 3
    assert Spool(tmp_path / "spool").names(10) == []


def test_a_mail_that_fails_alone_too_is_set_aside_with_the_reason(
    reader: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    names = spooled(tmp_path / "spool", "1-0", "2-0", "3-0")
    whole = intake.take_in

    def fails_for_the_second(arrivals: Any, **more: Any) -> Any:
        if names[1] in {arrival.name for arrival in arrivals}:
            raise ValueError("whatever is in it")
        return whole(arrivals, **more)

    monkeypatch.setattr(intake, "take_in", fails_for_the_second)
    reader.take_round()
    assert _inbound() == [("opened", ""), ("failed", "Taking it in failed: ValueError."), ("opened", "")]
    assert Spool(tmp_path / "spool").names(10) == []


def test_a_mail_that_fails_in_placing_is_undone_alone(reader: Any, tmp_path: Path, monkeypatch: Any) -> None:
    spooled(tmp_path / "spool", "1-0", "2-0", "3-0")
    whole = taking_in.receive

    def fails_for_the_second(inbound: Any, **more: Any) -> Any:
        result = whole(inbound, **more)
        if inbound.external_id == "<2-0@mail.example>":
            raise KeyError("after its rows were written")
        return result

    monkeypatch.setattr(taking_in, "receive", fails_for_the_second)
    reader.take_round()
    assert _inbound() == [("opened", ""), ("failed", "Placing it failed: KeyError."), ("opened", "")]
    kept = _inbound(
        "SELECT external_id FROM conversations_message WHERE external_id LIKE '<%-0@mail.example>' ORDER BY 1"
    )
    assert kept == [("<1-0@mail.example>",), ("<3-0@mail.example>",)]


@pytest.mark.parametrize(
    "passing", [psycopg.errors.DeadlockDetected, psycopg.errors.DiskFull, psycopg.errors.TooManyConnections]
)
def test_what_is_the_databases_fault_is_tried_again_and_blames_no_mail(
    reader: Any, tmp_path: Path, monkeypatch: Any, passing: type[Exception]
) -> None:
    spooled(tmp_path / "spool", "1-0", "2-0")
    whole = intake.take_in

    def fails(arrivals: Any, **more: Any) -> Any:
        raise OperationalError("not now") from passing("not now")

    monkeypatch.setattr(intake, "take_in", fails)
    with pytest.raises(OperationalError):
        reader.take_round()
    assert _inbound() == []
    assert len(Spool(tmp_path / "spool").names(10)) == 2
    monkeypatch.setattr(intake, "take_in", whole)
    assert reader.take_round() == 2
    assert _inbound() == [("opened", "")] * 2


def test_what_fails_for_want_of_memory_every_time_is_set_aside_in_the_end(
    reader: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    names = spooled(tmp_path / "spool", "1-0", "2-0")
    whole = intake.take_in

    def fails_for_the_first(arrivals: Any, **more: Any) -> Any:
        if names[0] in {arrival.name for arrival in arrivals}:
            raise OperationalError("out of memory") from psycopg.errors.OutOfMemory("out of memory")
        return whole(arrivals, **more)

    monkeypatch.setattr(intake, "take_in", fails_for_the_first)
    for _ in range(intake.TRIES):
        with pytest.raises(OperationalError):
            reader.take_round()
    assert reader.take_round() == 2
    assert _inbound() == [("failed", "Taking it in failed: OperationalError."), ("opened", "")]
