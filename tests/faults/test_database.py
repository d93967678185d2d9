"""The database goes away under load: nothing is lost, and whoever lived through it knows what was sent."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes

import pytest

from tests.faults.install import Beside, Install
from tests.faults.post import by_lmtp, letter
from tests.sinks import Slow, SmtpSink
from tests.waiting import eventually


@pytest.mark.parametrize("restarts", [2, pytest.param(30, marks=[pytest.mark.full, pytest.mark.timeout(600)])])
def test_a_restart_under_load_loses_nothing_and_leaves_nothing_uncertain(
    install: Callable[..., Install], sink: SmtpSink, restarts: int
) -> None:
    sink.on("DOT", Slow(0.05), times=None)
    house = install().start()
    keys = [f"{number}-0" for number in range(20 * restarts)]
    mails = [letter(key, sender=f"carol{key}@example.com") for key in keys]
    with Beside(lambda: by_lmtp(house, mails)):
        for time in range(restarts):
            before = house.pid_of("database")
            assert eventually(lambda least=time * 5: len(sink.received) > least)
            os.kill(before, signal.SIGINT if time % 2 else signal.SIGKILL)
            assert eventually(lambda before=before: house.pid_of("database") != before)
    assert eventually(house.has_settled, within=40), house.said()[-3000:]

    taken = house.sql("SELECT external_id FROM conversations_message WHERE kind = 'incoming' ORDER BY 1")
    assert [key for (key,) in taken] == sorted(f"<{key}@mail.example>" for key in keys)
    assert dict(house.sql("SELECT state, count(*) FROM conversations_delivery GROUP BY 1")) == {"sent": len(keys)}
    arrived = Counter(message_from_bytes(mail.raw)["Message-ID"] for mail in sink.received)
    assert set(arrived.values()) == {1}
    assert len(arrived) == len(keys)
    assert house.sql("SELECT name, error FROM history_set_aside") == []
