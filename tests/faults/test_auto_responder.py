"""Robots that answer our acknowledgement: the exchange ends by itself."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes

from tests.faults.install import Install
from tests.faults.post import by_lmtp, letter
from tests.sinks import SmtpSink, Taken
from tests.waiting import eventually

# Strangers to each other: acknowledgements are counted by address and by domain.
BARE, THREADED, MARKED = "carol@example.com", "dora@example.org", "erik@example.net"


def _bare(robot: str, taken: Taken, turn: int) -> bytes:
    """Bears no mark, names nothing it answers, and is never the same twice."""
    return letter(f"{robot}-{turn}", sender=robot, subject=f"Your message {turn} was received")


def _threaded(robot: str, taken: Taken, turn: int) -> bytes:
    ours = message_from_bytes(taken.raw)["Message-ID"].strip()
    return letter(f"{robot}-{turn}", sender=robot).replace(b"Date:", f"In-Reply-To: {ours}\r\nDate:".encode())


def _marked(robot: str, taken: Taken, turn: int) -> bytes:
    return _threaded(robot, taken, turn).replace(b"Date:", b"Auto-Submitted: auto-replied\r\nDate:")


def test_a_robot_that_answers_every_acknowledgement_is_left_alone_in_the_end(
    install: Callable[..., Install], sink: SmtpSink
) -> None:
    """One after the other at one house: what stands there afterwards is what each of them left, and no more."""
    house = install().start()
    acknowledged = cases = 0
    for robot, answer, opened in ((BARE, _bare, 2), (THREADED, _threaded, 1), (MARKED, _marked, 1)):
        by_lmtp(house, [letter(f"{robot}-0", sender=robot)])
        for turn in range(1, 12):
            assert eventually(house.has_settled)
            if len(sink.received) < acknowledged + turn:
                break
            by_lmtp(house, [answer(robot, sink.received[-1], turn)])
        assert eventually(house.has_settled)
        acknowledged, cases = acknowledged + 1, cases + opened
        assert (robot, len(sink.received)) == (robot, acknowledged)
        assert sink.received[-1].recipients == [robot]
        assert house.value("SELECT count(*) FROM conversations_conversation") == cases
        assert house.value("SELECT count(*) FROM conversations_message WHERE kind = 'incoming'") == 2 * acknowledged
    assert {mail.mail_from for mail in sink.received} == {""}
