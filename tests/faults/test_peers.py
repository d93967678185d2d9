"""Mail servers that misbehave: what they did is said on the message, and nothing is sent twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from typing import Any

import pytest

from tests.faults.install import Install
from tests.faults.post import by_lmtp, letter
from tests.sinks import DROP, HANG, KEEP_AND_DROP, SmtpSink
from tests.waiting import eventually

# The clock only goes forward from the moment at which the server starts.
BEGIN = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=2)
THREE = ["carol@example.com", "dora@example.com", "erik@example.com"]


class Desk:
    """Ada answers case 1 on a clock that stands."""

    def __init__(self, house: Install) -> None:
        self.house, self.now = house, BEGIN
        self.wait(timedelta())
        by_lmtp(house, [letter("1-0")])
        acknowledged = "SELECT count(*) FROM conversations_delivery WHERE state = 'sent'"
        assert eventually(lambda: house.value(acknowledged) == 1)

    def wait(self, span: timedelta) -> None:
        self.now += span
        answer = self.house.call("PUT", "/clock", {"now": self.now.isoformat()})
        assert answer.status == 200, answer

    def answer(self, *to: str) -> str:
        body: dict[str, Any] = {"kind": "reply", "text": "It is on its way.", "hold_seconds": 0, "force": True}
        if to:
            body["to"] = list(to)
        answer = self.house.call("POST", "/conversations/1/messages", body)
        assert answer.status == 201, answer
        return str(answer.json["id"])

    def fate(self, message: str, *, after: int = 1) -> tuple[str, str]:
        """State and words, once it was tried so often."""
        statement = "SELECT state, server_words, attempts FROM conversations_delivery WHERE message_id = %s"

        def ended() -> Any:
            state, words, attempts = self.house.sql(statement, int(message))[0]
            return (state, words) if state not in ("sending", "handing_over") and attempts >= after else None

        found = eventually(ended)
        assert found, self.house.sql(statement, int(message))
        return found


@pytest.fixture(scope="module")
def module_sink() -> Any:
    with SmtpSink() as listening:
        yield listening


@pytest.fixture(scope="module")
def desk(module_install: Callable[..., Install], module_sink: SmtpSink) -> Desk:
    way_out = f"smtp://127.0.0.1:{module_sink.port}?tls=none&timeout=1&answer_timeout=1"
    return Desk(module_install(CARELINE_SMTP_URL=way_out).start("--test-clock"))


@pytest.fixture
def sink(module_sink: SmtpSink) -> SmtpSink:
    module_sink._orders.clear()
    module_sink.received.clear()
    return module_sink


def arrivals(sink: SmtpSink) -> list[list[str]]:
    """What went to customers; the house also writes to Ada, who was away for days, what she was not there for."""
    return [mail.recipients for mail in sink.received if mail.recipients != ["ada@northwind.example"]]


@pytest.mark.parametrize("phase", ["CONNECT", "MAIL", "DATA"])
def test_a_server_that_never_answers_is_asked_again_later(desk: Desk, sink: SmtpSink, phase: str) -> None:
    if phase == "CONNECT":
        sink.on("MAIL", DROP)  # the connection that was kept
    sink.on(phase, HANG)
    message = desk.answer()
    assert desk.fate(message)[0] == "queued"
    assert arrivals(sink) == []
    for attempt in (2, 3):  # without a kept connection CONNECT comes first and MAIL is the second attempt
        desk.wait(timedelta(minutes=2))
        if desk.fate(message, after=attempt)[0] == "sent":
            break
    assert desk.fate(message)[0] == "sent"
    assert arrivals(sink) == [["carol@example.com"]]


@pytest.mark.parametrize("phase", ["MAIL", "RCPT", "DATA"])
def test_a_connection_lost_before_the_end_of_the_mail_is_tried_again(desk: Desk, sink: SmtpSink, phase: str) -> None:
    sink.on(phase, DROP)
    message = desk.answer()
    state = desk.fate(message)[0]
    if state == "queued":  # a kept connection that had gone is replaced at once, which counts as no attempt
        desk.wait(timedelta(minutes=1))
        state = desk.fate(message, after=2)[0]
    assert state == "sent"
    assert arrivals(sink) == [["carol@example.com"]]


@pytest.mark.parametrize(("act", "arrived"), [(KEEP_AND_DROP, 1), (DROP, 0), (HANG, 0)])
def test_no_answer_to_the_whole_mail_is_said_and_it_is_never_sent_again(
    desk: Desk, sink: SmtpSink, act: str, arrived: int
) -> None:
    sink.on("DOT", act)
    message = desk.answer()
    state, words = desk.fate(message)
    assert state == "uncertain"
    assert words != ""
    desk.wait(timedelta(days=3))
    assert desk.fate(message)[0] == "uncertain"
    assert len(arrivals(sink)) == arrived
    shown = desk.house.call("GET", f"/conversations/1/messages/{message}")
    assert shown.json["delivery"] == "uncertain"


def test_refused_for_now_is_tried_again_at_growing_intervals_then_sent_once(desk: Desk, sink: SmtpSink) -> None:
    sink.on("DOT", "451 4.3.0 try again later", times=3)
    message = desk.answer()
    for attempt, minutes in ((1, 1), (2, 2), (3, 4)):
        assert desk.fate(message, after=attempt) == ("queued", "451 4.3.0 try again later")
        desk.wait(timedelta(minutes=minutes) - timedelta(seconds=1))
        assert desk.fate(message, after=attempt)[0] == "queued"
        desk.wait(timedelta(seconds=1))
    assert desk.fate(message, after=4)[0] == "sent"
    assert arrivals(sink) == [["carol@example.com"]]


def test_refused_for_two_days_is_given_up_in_the_servers_words(desk: Desk, sink: SmtpSink) -> None:
    sink.on("RCPT", "450 4.2.1 the mailbox is busy", times=None)
    message = desk.answer()
    desk.wait(timedelta(days=3))
    assert desk.fate(message, after=17) == ("failed", "Given up after 17 attempts. 450 4.2.1 the mailbox is busy")


def test_refused_for_good_fails_at_once_in_the_servers_words(desk: Desk, sink: SmtpSink) -> None:
    sink.on("DOT", "554 5.7.1 we do not like this mail")
    message = desk.answer()
    assert desk.fate(message) == ("failed", "554 5.7.1 we do not like this mail")
    desk.wait(timedelta(days=3))
    assert desk.fate(message)[0] == "failed"
    assert arrivals(sink) == []


def test_one_of_three_refused_is_said_and_the_others_have_it(desk: Desk, sink: SmtpSink) -> None:
    sink.on("RCPT", "550 5.1.1 no such person", recipient="dora@example.com")
    state, words = desk.fate(desk.answer(*THREE))
    assert state == "sent"
    assert words.endswith("Refused: dora@example.com: 550 5.1.1 no such person")
    assert arrivals(sink) == [["carol@example.com", "erik@example.com"]]


def test_one_of_three_refused_for_now_is_the_only_one_that_is_sent_to_again(desk: Desk, sink: SmtpSink) -> None:
    sink.on("RCPT", "450 4.2.1 the mailbox is busy", recipient="dora@example.com")
    message = desk.answer(*THREE)
    assert desk.fate(message)[0] == "queued"
    desk.wait(timedelta(minutes=1))
    assert desk.fate(message, after=2)[0] == "sent"
    assert arrivals(sink) == [["carol@example.com", "erik@example.com"], ["dora@example.com"]]
    assert len({message_from_bytes(mail.raw)["Message-ID"] for mail in sink.received}) == 1
