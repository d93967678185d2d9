"""When a happening may be told outside."""

from datetime import timedelta

import pytest

from careline.domain.conversations.rules.covers import UNDO_HOLD
from careline.domain.webhooks.rules.holding import leaves_at
from tests.world import NOON


@pytest.mark.parametrize(
    ("name", "kind", "hold", "waits"),
    [
        ("message.queued", "agent", None, UNDO_HOLD),
        ("message.queued", "agent", 0, timedelta()),
        ("message.queued", "agent", 5, timedelta(seconds=5)),
        ("message.queued", "rule", None, timedelta()),
        ("message.received", "agent", None, timedelta()),
    ],
)
def test_an_answer_is_told_once_it_can_be_taken_back_no_more(
    name: str, kind: str, hold: int | None, waits: timedelta
) -> None:
    assert leaves_at(name, actor_kind=kind, happened_at=NOON, at=NOON, hold=hold) == NOON + waits
