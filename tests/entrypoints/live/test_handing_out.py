"""Events reach a browser at once where it takes them, and once, in their order, where it reads slowly."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from careline.entrypoints.live.hub import RESYNC, Hub, Listener

A, B, C = b"data: a\n\n", b"data: b\n\n", b"data: c\n\n"


class Browser:
    """Its stream as `stream.Live` keeps it; while `is_full`, whoever writes to it waits before a byte is written."""

    def __init__(self, hub: Hub) -> None:
        self.heard: list[bytes] = []
        self.takes = asyncio.Event()
        self.takes.set()
        self.woken = 0
        self.listener = Listener(1, frozenset({"all"}))
        hub.join(self.listener)

    async def _write(self, data: bytes) -> None:
        await self.takes.wait() if not self.takes.is_set() else None
        self.heard.append(data)

    async def listen(self) -> None:
        while not self.listener.closed:
            self.listener.write = partial(self._write)
            await self.listener.wake.wait()
            self.listener.write = None
            self.woken += 1
            if data := self.listener.take():
                await self._write(data)


async def turns(hub: Hub) -> None:
    """Until what the hub had to hand out is out, and whoever it woke has done."""
    while hub._flushing is not None:
        await asyncio.sleep(0)
    for _ in range(5):
        await asyncio.sleep(0)


@pytest.mark.timeout(10)
def test_whoever_takes_it_hears_at_once_and_nobody_is_woken_for_it() -> None:
    async def story() -> Browser:
        hub = Hub()
        ada = Browser(hub)
        stream = asyncio.create_task(ada.listen())
        await asyncio.sleep(0)
        hub.tell(["all"], A)
        hub.tell(["all"], B)
        await turns(hub)
        stream.cancel()
        return ada

    ada = asyncio.run(story())
    assert (ada.heard, ada.woken) == ([A + B], 0)


@pytest.mark.timeout(10)
def test_whoever_reads_slowly_hears_all_of_it_once_and_in_order() -> None:
    async def story() -> list[bytes]:
        hub = Hub()
        ada = Browser(hub)
        stream = asyncio.create_task(ada.listen())
        await asyncio.sleep(0)
        ada.takes.clear()
        for event in (A, B):
            hub.tell(["all"], event)
            await turns(hub)
        assert ada.heard == []
        ada.takes.set()
        await turns(hub)
        hub.tell(["all"], C)
        await turns(hub)
        stream.cancel()
        return ada.heard

    assert asyncio.run(story()) == [A, B, C]


@pytest.mark.timeout(10)
def test_whoever_reads_far_too_slowly_fetches_all_anew() -> None:
    async def story() -> list[bytes]:
        hub = Hub()
        ada = Browser(hub)
        stream = asyncio.create_task(ada.listen())
        await asyncio.sleep(0)
        ada.takes.clear()
        hub.tell(["all"], A)
        await turns(hub)
        for _ in range(501):
            hub.tell(["all"], B)
        ada.takes.set()
        await turns(hub)
        stream.cancel()
        return ada.heard

    assert asyncio.run(story()) == [A, RESYNC]


def test_a_connection_that_broke_is_left_to_its_own_stream() -> None:
    async def broken(data: bytes) -> None:
        raise ConnectionResetError

    async def story() -> tuple[list[bytes], bool]:
        hub = Hub()
        ada, ben = Listener(1, frozenset({"all"})), Browser(hub)
        hub.join(ada)
        ada.write = broken
        stream = asyncio.create_task(ben.listen())
        await asyncio.sleep(0)
        hub.tell(["all"], A)
        await turns(hub)
        stream.cancel()
        return ben.heard, ada.wake.is_set()

    assert asyncio.run(story()) == ([A], True)
