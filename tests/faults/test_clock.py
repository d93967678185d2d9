"""The test clock: what falls due on the way runs in order, each at its own time, before the clock answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.faults.install import Install
from tests.faults.post import by_lmtp, letter
from tests.sinks import SmtpSink
from tests.waiting import eventually


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def test_what_falls_due_runs_in_order_each_at_its_own_time(install: Callable[..., Install], sink: SmtpSink) -> None:
    house = install().start("--test-clock")
    by_lmtp(house, [letter("clock-1")])
    assert eventually(lambda: house.value("SELECT count(*) FROM conversations_conversation") == 1)
    number = house.value("SELECT number FROM conversations_conversation")
    now = moment(house.call("GET", "/clock").json["now"])
    later = {"the second": now + timedelta(hours=20), "the first": now + timedelta(hours=3)}
    for words, at in later.items():
        answer = house.call(
            "POST", f"/conversations/{number}/messages", {"kind": "reply", "text": words, "send_at": at.isoformat()}
        )
        assert answer.status == 201
    asleep = now + timedelta(hours=8)
    assert house.call("PUT", f"/conversations/{number}/snooze", {"until": asleep.isoformat()}).status in (200, 204)

    moved = house.call("PUT", "/clock", {"now": (now + timedelta(days=2)).isoformat()})

    assert moved.status == 200
    left = [words for mail in sink.received for words in later if f"<p>{words}</p>".encode() in mail.raw]
    assert left == ["the first", "the second"]
    told = house.sql(
        """SELECT name, at FROM history WHERE name IN ('message.sent', 'conversation.woken') AND at > %s ORDER BY id""",
        now + timedelta(hours=1),
    )
    assert [(name, at.astimezone(UTC)) for name, at in told] == [
        ("message.sent", later["the first"]),
        ("conversation.woken", asleep),
        ("message.sent", later["the second"]),
    ]
    assert moment(house.call("GET", "/clock").json["now"]) == now + timedelta(days=2)
    back = house.call("PUT", "/clock", {"now": now.isoformat()})
    assert (back.status, moment(house.call("GET", "/clock").json["now"])) == (409, now + timedelta(days=2))
