"""Webhooks as the worker runs them: a clock of the test's own, a dispatcher that ends, and who listens."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from careline.domain.history.actor import agent
from careline.domain.webhooks.commands import webhooks
from careline.domain.webhooks.queries import deliveries_page, earliest_due
from careline.entrypoints.worker.webhooks import Dispatcher, read_on
from careline.kit import clock
from tests.world import NOON, World, writes_in


class Moment:
    """The test's own clock."""

    def __init__(self) -> None:
        self.now = NOON + timedelta(minutes=1)

    def on(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


def hook(world: World, to: str, *topics: str, owner: Any = None, content: str = "thin") -> tuple[int, str]:
    owner = owner or world.ada
    return webhooks.add_webhook(
        "Shop", url=to, topics=topics or ("message.*",), owner_id=owner.pk, content=content, by=agent(owner.pk), at=NOON + timedelta(seconds=1)
    )  # fmt: skip


def carol_writes(world: World, words: str, at: datetime) -> Any:
    return writes_in(words, text=words, mailbox=world.mailbox, at=at)


def run(one: Dispatcher, until: Callable[[], bool] | None = None, *, seconds: float = 10.0) -> None:
    """Reads on and dispatches until all attempts have ended, or until what is waited for."""
    while read_on(at=clock.now()):
        pass
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        one.once()
        if until() if until else not one._under_way and not due_now():
            return
    raise AssertionError("It did not come to an end.")


def due_now() -> bool:
    due = earliest_due()
    return due is not None and due <= clock.now()


def log(webhook: int) -> list[tuple[str, str, int | None, int]]:
    """The deliveries, oldest first: name, state, status, attempts."""
    return [(d.name, d.state, d.status, d.attempts) for d in reversed(deliveries_page(webhook, limit=100))]
