"""How soon the stream looks for news that an older transaction may hold back."""

import asyncio
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from careline.entrypoints.live import stream


def test_after_a_commit_it_looks_again_soon_and_each_time_twice_as_late(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = [False, True, True, False, False, False, False, False, False, False, False]
    waited: list[float] = []

    async def said(statement: str) -> None:
        return None

    @asynccontextmanager
    async def connection() -> Any:
        yield SimpleNamespace(execute=said)

    async def connected() -> Any:
        return connection()

    async def nothing(own: Any) -> bool:
        return False

    async def listen(own: Any, *, seconds: float) -> bool:
        waited.append(seconds)
        if len(waited) > len(calls):
            raise asyncio.CancelledError
        return calls[len(waited) - 1]

    live = stream.Live()
    monkeypatch.setattr(stream, "_connected", connected)
    for name, stand_in in (("_begin", nothing), ("_read", nothing), ("_listen", listen)):
        monkeypatch.setattr(live, name, stand_in)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(live._read_on())
    assert waited == [1.0, 1.0, 0.015, 0.015, 0.03, 0.06, 0.12, 0.24, 0.48, 0.96, 1.0, 1.0]
