"""A visitor's stream: it tells of their own talk alone, to pages of the site's own origins, and comes again where it stood."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connections

from careline.domain.chats import whereabouts
from careline.domain.chats.calling import tell
from careline.domain.chats.queries import thread_of, visitor_of_token
from careline.domain.conversations.queries.cases import conversation_by_id, conversation_for
from careline.domain.files.store import store
from careline.domain.history.actor import agent
from careline.entrypoints.api.widget import limits, talks
from careline.entrypoints.live import presence, visitors
from careline.entrypoints.live.stream import Live
from careline.flows.reply import Draft, reply
from careline.kit import clock, db
from tests.entrypoints.api.widget.conftest import SHOP, Visitor, add_site
from tests.entrypoints.live.test_streams import told
from tests.world import World, make_world

WITHIN = 5.0


@pytest.fixture
def world(transactional_db: None, settings: Any, tmp_path: Path) -> Iterator[World]:
    settings.DATA = tmp_path
    store.cache_clear()
    whereabouts.forget_all()
    talks.forget_house()
    for buckets in limits.ALL:
        buckets.forget()
    yield make_world()
    both = threading.Barrier(visitors.pool._max_workers)

    def leave() -> None:
        both.wait(10)
        connections.close_all()

    for left in [visitors.pool.submit(leave) for _ in range(visitors.pool._max_workers)]:
        left.result()
    store.cache_clear()


class Stream:
    """One window of a visitor that listens."""

    def __init__(self, live: Live, token: str, *, origin: str = SHOP, last: str = "") -> None:
        headers = [
            (b"authorization", f"Bearer {token}".encode()),
            (b"origin", origin.encode()),
            (b"host", b"testserver"),
        ]
        headers += [(b"last-event-id", last.encode())] if last else []
        self._scope = {"type": "http", "method": "GET", "path": "/chat/v1/live", "scheme": "http", "headers": headers}
        self._live, self.heard, self.status, self.headers = live, "", 0, {}
        self.opened, self._gone = asyncio.Event(), asyncio.Event()
        self._more = asyncio.Condition()

    async def listen(self) -> None:
        await self._live.visitors(self._scope, self._receive, self._send)

    async def _receive(self) -> dict[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        self.status = message.get("status", self.status)
        self.headers |= {name.decode(): value.decode() for name, value in message.get("headers", ())}
        async with self._more:
            self.heard += message.get("body", b"").decode()
            self._more.notify_all()
        if message["type"] == "http.response.body":
            self.opened.set()

    @property
    def events(self) -> list[tuple[str, dict[str, Any]]]:
        blocks = [
            dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
            for block in self.heard.split("\n\n")
        ]
        return [(block["event"], json.loads(block["data"])) for block in blocks if "event" in block]

    async def hears(self, name: str, data: dict[str, Any]) -> None:
        async with self._more:
            await asyncio.wait_for(self._more.wait_for(lambda: (name, data) in self.events), WITHIN)

    def goes(self) -> None:
        self._gone.set()


@asynccontextmanager
async def listening(*asked: tuple[str, dict[str, Any]]) -> Any:
    live = Live()
    await live.start()
    streams = [Stream(live, token, **more) for token, more in asked]
    tasks = [asyncio.create_task(stream.listen()) for stream in streams]
    try:
        for stream in streams:
            await asyncio.wait_for(stream.opened.wait(), 10)
        yield live, streams
    finally:
        for stream in streams:
            stream.goes()
        await asyncio.gather(*tasks)
        await live.stop()


def answers(world: World, case: Any) -> Any:
    return reply(world.person(world.ben), case.number, Draft(text="Tomorrow."), by=agent(world.ben.pk), at=clock.now())


def here(world: World) -> tuple[Visitor, Visitor, Any]:
    """Carol, who talks; Dave, who talks as well; and Carol's case."""
    site = add_site(world)
    carol, dave = Visitor(site), Visitor(site)
    for one in (carol, dave):
        one.comes()
        one.begins("Where is my bike?")
    return carol, dave, conversation_by_id(thread_of(visitor_of_token(carol.token).id).conversation_id)


def test_a_visitor_hears_of_the_answer_and_nobody_elses(world: World) -> None:
    carol, dave, case = here(world)

    async def story() -> None:
        async with listening((carol.token, {}), (dave.token, {})) as (_live, (hers, his)):
            sent = await sync_to_async(answers)(world, case)
            await hers.hears("message", {"id": str(sent.message)})
            assert [name for name, _ in his.events if name == "message"] == []
            assert "Tomorrow" not in hers.heard
            assert (hers.status, hers.headers["access-control-allow-origin"]) == (200, SHOP)

    told(story())


def test_who_answers_is_seen_typing_and_that_they_type_is_told_to_agents(world: World) -> None:
    carol, _dave, case = here(world)
    visitor = visitor_of_token(carol.token)

    def types(doing: str) -> None:
        row = conversation_for(world.person(world.ben), case.number)
        said = presence.report_of(row, agent=world.ben.pk, name="Ben", doing=doing)
        db.execute("SELECT pg_notify(%s, %s)", [presence.CHANNEL, said])

    async def story() -> None:
        async with listening((carol.token, {})) as (live, (hers,)):
            await sync_to_async(types)("reply")
            await hers.hears("typing", {"name": "Ben", "is_typing": True})
            await sync_to_async(types)("view")
            await hers.hears("typing", {"name": "Ben", "is_typing": False})
            await sync_to_async(tell)(visitor.id, "types")
            for _ in range(100):
                if found := [one for one in live.presence._here.values() if one.agent == -visitor.id]:
                    break
                await asyncio.sleep(0.02)
            assert [(one.number, one.doing) for one in found] == [(case.number, "typing")]

    told(story())


ALL_IS_READABLE = "SELECT NOT EXISTS (SELECT FROM history WHERE tx >= pg_snapshot_xmin(pg_current_snapshot()))"


def test_a_stream_that_comes_again_is_told_of_what_it_missed(world: World) -> None:
    carol, _dave, case = here(world)

    async def story() -> None:
        for _ in range(500):  # another transaction of the server may hold back what readers see
            if await sync_to_async(db.value)(ALL_IS_READABLE):
                break
            await asyncio.sleep(0.02)
        async with listening((carol.token, {})) as (_live, (hers,)):
            await hers.hears("state", {})
            [last] = [line[4:] for line in hers.heard.splitlines() if line.startswith("id: ")][-1:]
        async with listening((carol.token, {"last": last})) as (_live, (same,)):
            assert [name for name, _ in same.events] == ["state"]
        await sync_to_async(answers)(world, case)
        async with listening((carol.token, {"last": last})) as (_live, (again,)):
            await again.hears("message", {"id": ""})

    told(story())


def test_a_forged_token_and_a_page_of_another_site_hear_nothing(world: World) -> None:
    carol, _dave, _case = here(world)

    async def story() -> None:
        async with listening(("x" * 32, {}), (carol.token, {"origin": "https://evil.example"})) as (
            _live,
            (forged, foreign),
        ):
            assert (forged.status, foreign.status, forged.heard, foreign.heard) == (401, 403, "", "")
            assert "access-control-allow-origin" not in foreign.headers

    told(story())
