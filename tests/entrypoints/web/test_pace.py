"""What the two hot pages cost the application: CPU of this process, the database's own apart."""

import time
from collections.abc import Callable

import pytest
from django.test import RequestFactory

from careline.domain.history.actor import agent
from careline.entrypoints.web.case import cases
from careline.entrypoints.web.inbox import lists
from careline.entrypoints.web.visit import Visit
from tests.world import NOON, World, writes_in

pytestmark = pytest.mark.full
LIST_MS, CASE_MS = 16.0, 16.0
"""Four times what a quiet machine needs; a page that asks per row is far above it."""


def cpu_ms(run: Callable[[], object], times: int = 30) -> float:
    """The best of several rounds, which is what the code costs."""
    rounds = []
    for _ in range(times):
        began = time.thread_time()
        run()
        rounds.append((time.thread_time() - began) * 1000)
    return min(rounds)


def test_fifty_rows_and_twenty_messages_cost_milliseconds(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    for n in range(50):
        writes_in(f"Number {n}", text="Hello, where is it?", mailbox=world.mailbox, sender=f"c{n}@example.com")
    for n in range(19):
        writes_in("Re: Where is my bike?", text=f"And {n} https://example.com more", mailbox=world.mailbox)

    def visit() -> Visit:
        request = RequestFactory().get("/inbox", headers={"HX-Request": "true", "HX-Target": "case"})
        return Visit(request, world.person(world.ada), agent(world.ada.pk), NOON)

    listed = cpu_ms(lambda: lists.inbox(visit()))
    shown = cpu_ms(lambda: cases.case(visit(), world.case))
    with capsys.disabled():
        print(f"list {listed:.1f} ms, case {shown:.1f} ms")
    assert listed < LIST_MS
    assert shown < CASE_MS
