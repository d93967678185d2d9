from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from careline.domain.history.commands import move_cursor
from careline.domain.history.queries import newest_cursor
from careline.entrypoints.worker.webhooks import Dispatcher
from careline.kit import clock
from tests.domain.webhooks.targets import Target, target
from tests.entrypoints.worker.telling import Moment
from tests.world import NOON, World, make_world


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Moment:
    moment = Moment()
    monkeypatch.setattr(clock, "now", lambda: moment.now)
    return moment


@pytest.fixture
def world(settings: Any) -> World:
    """History outlives a test, so reading begins where this one does."""
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    made, end = make_world(), newest_cursor()
    move_cursor("webhooks", tx=end.tx, happening=end.happening, at=NOON)
    return made


@pytest.fixture
def there() -> Iterator[Target]:
    with target() as one:
        yield one


@pytest.fixture
def dispatcher() -> Iterator[Callable[[], Dispatcher]]:
    stop = threading.Event()
    stop.set()
    yield lambda: Dispatcher("worker", stop)
