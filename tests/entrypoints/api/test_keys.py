"""One key, one deed: calls that are made again, also eight at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from careline.domain.idempotency import commands as keys
from careline.kit import clock, db
from tests.entrypoints.api.conftest import Caller
from tests.world import World, make_world

NOTE = {"kind": "note", "text": "Once."}


def test_the_same_call_again_gets_the_same_answer_and_does_nothing(ben: Caller, world: World) -> None:
    path = f"/conversations/{world.case}/messages"
    first, again = (ben("POST", path, NOTE, key="k1") for _ in range(2))
    assert (first.status, first.content, first.headers["Location"]) == (
        again.status,
        again.content,
        again.headers["Location"],
    )
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(ben.get(path)["items"]) == 2


def test_a_token_that_may_less_is_not_told_what_another_one_of_its_owner_was_answered(world: World) -> None:
    whole, narrow = (Caller(world.token_of(world.ben, *scopes)) for scopes in ((), ("token:own", "conversation:read")))
    first = whole("POST", "/tokens", {"name": "Export"}, key="k1")
    again = narrow("POST", "/tokens", {"name": "Export"}, key="k1")
    assert (first.status, again.status, again.json["code"]) == (201, 422, "key_reused")


def test_another_call_under_the_same_key_is_refused(ben: Caller, ada: Caller, world: World) -> None:
    path = f"/conversations/{world.case}/messages"
    ben("POST", path, NOTE, key="k1")
    other = ben("POST", path, NOTE | {"text": "Twice."}, key="k1")
    assert (other.status, other.json["code"], other.fields) == (422, "key_reused", ["Idempotency-Key"])
    assert ben("POST", "/conversations", {"kind": "note", "text": "Once."}, key="k1").json["code"] == "key_reused"
    assert ada("POST", path, NOTE, key="k1").status == 201
    assert len(ben.get(path)["items"]) == 3


def test_what_was_refused_was_not_done_and_may_be_tried_again(ben: Caller, world: World) -> None:
    path = f"/conversations/{world.case}/messages"
    assert ben("POST", path, {"kind": "note", "text": " "}, key="k1").json["code"] == "empty_message"
    assert ben("POST", path, NOTE, key="k1").status == 201


def test_a_refusal_by_the_thread_keeps_no_key(ben: Caller, world: World) -> None:
    path = f"/conversations/{world.case}/messages"
    seen = ben.get(path)["items"][-1]["id"]
    ben("POST", path, NOTE)
    stale = {"kind": "reply", "text": "x", "seen_message": seen}
    assert [ben("POST", path, stale, key="k1").status for _ in range(2)] == [409, 409]
    assert ben("POST", path, stale | {"force": True}, key="k1").status == 201


@pytest.mark.parametrize("key", ["", "x" * 256, "a\tb", "é"])
def test_a_key_that_is_none_is_named(ben: Caller, world: World, key: str) -> None:
    answer = ben("POST", f"/conversations/{world.case}/messages", NOTE, key=key)
    assert answer.fields == ["Idempotency-Key"]


def test_keys_are_forgotten_after_three_days(ben: Caller, world: World) -> None:
    path = f"/conversations/{world.case}/messages"
    ben("POST", path, NOTE, key="k1")
    db.execute("UPDATE idempotency_keptanswer SET at = at - interval '73 hours'")
    assert ben("POST", path, NOTE | {"text": "Twice."}, key="k1").status == 201
    db.execute("UPDATE idempotency_keptanswer SET at = at - interval '73 hours'")
    assert keys.forget(at=clock.now()) == 1


@pytest.fixture
def shared_world(transactional_db: None) -> Iterator[World]:
    yield make_world()


def test_eight_equal_calls_at_once_do_it_once(shared_world: World) -> None:
    token = shared_world.token_of(shared_world.ben)
    path = f"/conversations/{shared_world.case}/messages"

    def call(_: int) -> tuple[int, bytes]:
        try:
            answer = Caller(token)("POST", path, {"kind": "reply", "text": "Once."}, key="eight")
            return answer.status, answer.content
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(call, range(8)))
    assert [status for status, _ in answers] == [201]
    assert db.value("SELECT count(*) FROM conversations_message WHERE kind = 'reply'") == 1
