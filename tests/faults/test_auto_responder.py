"""Robots that answer our acknowledgement: the exchange ends by itself."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes

import pytest

from tests.faults.install import Install
from tests.faults.post import by_lmtp, letter
from tests.sinks import SmtpSink, Taken
from tests.waiting import eventually

ROBOT = "carol@example.com"


def _bare(taken: Taken, turn: int) -> bytes:
    """Bears no mark, names nothing it answers, and is never the same twice."""
    return letter(f"robot-{turn}", sender=ROBOT, subject=f"Your message {turn} was received")


def _threaded(taken: Taken, turn: int) -> bytes:
    ours = message_from_bytes(taken.raw)["Message-ID"].strip()
    return letter(f"robot-{turn}", sender=ROBOT).replace(b"Date:", f"In-Reply-To: {ours}\r\nDate:".encode())


def _marked(taken: Taken, turn: int) -> bytes:
    return _threaded(taken, turn).replace(b"Date:", b"Auto-Submitted: auto-replied\r\nDate:")


@pytest.mark.parametrize(
    ("answer", "acknowledgements", "cases"),
    [(_bare, 1, 2), (_threaded, 1, 1), (_marked, 1, 1)],
    ids=["bare", "threaded", "marked"],
)
def test_a_robot_that_answers_every_acknowledgement_is_left_alone_in_the_end(
    install: Callable[..., Install],
    sink: SmtpSink,
    answer: Callable[[Taken, int], bytes],
    acknowledgements: int,
    cases: int,
) -> None:
    house = install().start()
    by_lmtp(house, [letter("robot-0", sender=ROBOT)])
    for turn in range(1, 12):
        assert eventually(house.has_settled)
        if len(sink.received) < turn:
            break
        by_lmtp(house, [answer(sink.received[-1], turn)])
    assert eventually(house.has_settled)
    assert len(sink.received) == acknowledgements
    assert {tuple(mail.recipients) for mail in sink.received} == {(ROBOT,)}
    assert {mail.mail_from for mail in sink.received} == {""}
    assert house.value("SELECT count(*) FROM conversations_conversation") == cases
    assert house.value("SELECT count(*) FROM conversations_message WHERE kind = 'incoming'") == acknowledgements + 1
