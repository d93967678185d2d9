"""The stream of events to one browser."""

import asyncio
from typing import Any

import pytest

from careline.domain.staff.rules import Allowed, Person
from careline.entrypoints.live import stream

ADA = Person(1, "Ada", "ada@example.com", "supervisor", grants={"conversation:read": (Allowed("all"),)})
NEWS = b"event: changed\ndata: {}\n\n"


@pytest.mark.timeout(10)
def test_being_woken_for_nothing_keeps_nobody_else_from_running(monkeypatch: pytest.MonkeyPatch) -> None:
    async def ada(scope: Any) -> Person:
        return ADA

    monkeypatch.setattr(stream, "person_of_scope", ada)
    written: list[bytes] = []

    async def receive() -> dict[str, Any]:
        return await asyncio.get_running_loop().create_future()

    async def send(message: dict[str, Any]) -> None:
        written.append(message.get("body", b""))

    async def story() -> None:
        live = stream.Live()
        open_stream = asyncio.create_task(live({"type": "http", "headers": []}, receive, send))
        await asyncio.sleep(0)
        while not len(live.hub):
            await asyncio.sleep(0)
        listener = next(iter(live.hub._listeners))
        for _ in range(3):
            listener.wake.set()
            await asyncio.sleep(0)
        live.hub.tell(["all"], NEWS)
        while NEWS not in written:
            await asyncio.sleep(0)
        live.hub.close_all()
        await open_stream

    asyncio.run(story())
    assert written == [b"", b"retry: 1000\n\n", NEWS, b""]
