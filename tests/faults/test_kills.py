"""Whatever is killed whenever: each mail is in once and out at most once, and nothing is left behind."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from email import message_from_bytes
from pathlib import Path

import pytest

from tests.faults.install import Beside, Install
from tests.faults.post import by_lmtp, by_pipe, threads
from tests.sinks import Slow, SmtpSink
from tests.waiting import eventually

LENGTH = 4


@pytest.mark.parametrize(
    ("mails", "replies", "kills"),
    [(120, 40, 8), pytest.param(2000, 500, 60, marks=[pytest.mark.full, pytest.mark.timeout(900)])],
)
def test_each_mail_is_in_once_and_out_at_most_once_whatever_is_killed(
    install: Callable[..., Install], sink: SmtpSink, tmp_path: Path, mails: int, replies: int, kills: int
) -> None:
    sink.on("DOT", Slow(0.03), times=None)
    house = install().start()
    post = threads(mails // LENGTH, length=LENGTH, seed=mails)
    raw = list(post.values())
    third = len(raw) // 3
    answered: list[str] = []
    pipe, lmtp = Portions(raw[:third], count=kills), Portions(raw[third:], count=kills)
    with Beside(
        lambda: by_pipe(house, pipe, tmp_path),
        lambda: by_lmtp(house, lmtp),
        lambda: _answer(house, replies, answered),
    ):
        _kill_at_random(house, times=kills, traffic=(pipe, lmtp))
    assert eventually(house.has_settled, within=120), house.said()[-3000:]

    assert _unplaced(house) == []
    assert _incoming(house) == dict.fromkeys((f"<{key}@mail.example>" for key in post), 1)
    assert house.value("SELECT count(*) FROM history WHERE name = 'message.received'") == len(post)
    assert _cases_of_threads(house) == dict.fromkeys(range(mails // LENGTH), 1)
    assert len(answered) == len(set(answered)) == replies
    assert house.value("SELECT count(*) FROM conversations_message WHERE author_kind = 'agent'") == replies
    _assert_out_at_most_once(house, sink)

    assert eventually(house.is_well)
    assert house.stop() == 0
    assert eventually(lambda: not house.left_running())
    assert [left.name for left in (house.data / "spool").iterdir()] == []


def _answer(house: Install, replies: int, answered: list[str]) -> None:
    """Ada answers cases as they come, each reply once: the same key however often she has to ask."""
    until = time.monotonic() + 600
    while len(answered) < replies and time.monotonic() < until:
        listed = house.call("GET", "/conversations?limit=200")
        for case in (listed.json or {}).get("items", []) if listed.status == 200 else []:
            number = case["number"]
            key = f"{number}-{sum(said.split('-')[0] == str(number) for said in answered)}"
            body = {"kind": "reply", "text": f"It is on its way, {key}.", "hold_seconds": 0, "force": True}
            answer = house.call("POST", f"/conversations/{number}/messages", body, key=key)
            if answer.status == 201:
                answered.append(key)
            if len(answered) >= replies:
                return
            # 308: the case was drawn into another one meanwhile, which is answered instead.
            assert answer.status in (0, 201, 308, 500, 503), answer


class Portions:
    """Mails that come in as many portions as there are kills, so that each kill meets some under way."""

    def __init__(self, mails: list[bytes], *, count: int) -> None:
        self._mails, self._size = mails, -(-len(mails) // count)
        self._gate = threading.Semaphore(0)

    def let_in(self) -> None:
        self._gate.release()

    def __iter__(self) -> Iterator[bytes]:
        for place, mail in enumerate(self._mails):
            if place % self._size == 0:
                assert self._gate.acquire(timeout=60), "the kills stopped"
            yield mail


def _kill_at_random(house: Install, *, times: int, traffic: Sequence[Portions]) -> None:
    chance = random.Random(times)
    plan = ["worker", "database", "web", "database", "worker", "database", "worker", "supervisor"]
    for number in range(times):
        for portions in traffic:
            portions.let_in()
        time.sleep(chance.uniform(0.05, 1.0))  # the moment is what is tried, no condition to wait for
        if number % len(plan) == 0:
            chance.shuffle(plan)
        house.kill(plan[number % len(plan)])


def _unplaced(house: Install) -> list[tuple[str, str, str]]:
    return house.sql("SELECT status, outcome, reason FROM channels_inbound WHERE status <> 'processed'")


def _incoming(house: Install) -> dict[str, int]:
    return dict(
        Counter(key for (key,) in house.sql("SELECT external_id FROM conversations_message WHERE kind = 'incoming'"))
    )


def _cases_of_threads(house: Install) -> dict[int, int]:
    found = house.sql(
        """SELECT split_part(substr(external_id, 2), '-', 1)::int, count(DISTINCT coalesce(c.merged_into_id, c.id))
           FROM conversations_message m JOIN conversations_conversation c ON c.id = m.conversation_id
           WHERE m.kind = 'incoming' GROUP BY 1"""
    )
    return dict(found)


def _assert_out_at_most_once(house: Install, sink: SmtpSink) -> None:
    arrived = Counter(str(message_from_bytes(taken.raw)["Message-ID"]).strip() for taken in sink.received)
    assert [key for key, times in arrived.items() if times > 1] == []
    state_of = dict(
        house.sql(
            "SELECT external_id, state FROM conversations_message m JOIN conversations_delivery d ON d.message_id = m.id"
        )
    )
    assert set(arrived) <= set(state_of)
    assert {state_of[key] for key in arrived} <= {"sent", "uncertain"}
    assert {key for key, state in state_of.items() if state == "sent"} <= set(arrived)
    assert set(state_of.values()) <= {"sent", "uncertain"}, Counter(state_of.values())
    said = house.value("SELECT count(*) FROM conversations_delivery WHERE state = 'uncertain' AND server_words = ''")
    assert said == 0
