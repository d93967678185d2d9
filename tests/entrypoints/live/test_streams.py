"""A stream says nothing of cases its owner does not reach, and ends when its owner's rights do."""

import asyncio
import json
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connections
from django.test import Client

from careline.domain.history.actor import SYSTEM
from careline.domain.staff import commands as staff
from careline.domain.staff.entering import set_password
from careline.domain.staff.granting import change_role_grants
from careline.domain.staff.standing_in import name_deputy
from careline.entrypoints.live import visitor
from careline.entrypoints.live.stream import Live
from tests.world import NOON, World, make_world, writes_in

WEEK = timedelta(days=7)
WITHIN = 2.0


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    yield make_world()


class Browser:
    """One that keeps a stream open."""

    def __init__(self, live: Live, who: Any) -> None:
        client = Client()
        client.force_login(who)
        cookie = f"careline={client.cookies['careline'].value}".encode()
        self.client, self.heard, self.status = client, b"", 0
        self._scope = {"type": "http", "path": "/live", "headers": [(b"cookie", cookie)]}
        self._live, self.ended, self.opened = live, asyncio.Event(), asyncio.Event()

    async def listen(self) -> None:
        await self._live(self._scope, self._receive, self._send)
        self.ended.set()

    async def _receive(self) -> dict[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError("it waits forever")

    async def _send(self, message: dict[str, Any]) -> None:
        self.status = message.get("status", self.status)
        self.heard += message.get("body", b"")
        if message["type"] == "http.response.body":
            self.opened.set()

    @property
    def numbers(self) -> list[int]:
        told = [json.loads(line[6:]) for line in self.heard.decode().splitlines() if line.startswith("data: {")]
        return [event["number"] for event in told if event.get("number")]


@asynccontextmanager
async def listening(*people: Any) -> Any:
    live = Live()
    await live.start()
    browsers = [await sync_to_async(Browser)(live, who) for who in people]
    tasks = [asyncio.create_task(browser.listen()) for browser in browsers]
    try:
        for browser in browsers:
            await asyncio.wait_for(browser.opened.wait(), 10)
        yield browsers
    finally:
        await live.stop()
        await asyncio.gather(*tasks)


def told(story: Coroutine[Any, Any, None]) -> None:
    """Runs it, and lets every thread that it used go from the database."""

    async def whole() -> None:
        try:
            await story
        finally:
            await sync_to_async(connections.close_all)()

    def leave() -> None:
        both.wait(10)
        connections.close_all()

    asyncio.run(whole())
    both = threading.Barrier(visitor.pool._max_workers)
    for left in [visitor.pool.submit(leave) for _ in range(visitor.pool._max_workers)]:
        left.result()


def test_a_case_of_front_is_told_to_front_alone(world: World) -> None:
    async def story() -> None:
        async with listening(world.ben, world.cleo) as (ben, cleo):
            received = await sync_to_async(writes_in)("A new one", text="Hello", mailbox=world.mailbox)
            await until(lambda: received.number in ben.numbers)
            assert cleo.numbers == []

    told(story())


@pytest.mark.parametrize(
    "change",
    [
        lambda world: staff.deactivate(world.ben, by=SYSTEM, at=NOON),
        lambda world: staff.change_role(world.ben, role="recruiter", by=SYSTEM, at=NOON),
        lambda world: staff.set_members(world.front.pk, agent_ids=(world.cleo.pk,), by=SYSTEM, at=NOON),
        lambda world: change_role_grants("representative", lines=[], by=SYSTEM, at=NOON),
        lambda world: set_password(world.ben, password="green bottles on the quay", by=SYSTEM, at=NOON),
        lambda world: name_deputy(
            world.cleo, deputy_id=world.ben.pk, starts_at=NOON, ends_at=NOON + WEEK, by=SYSTEM, at=NOON
        ),
    ],
    ids=[
        "deactivated",
        "another role",
        "out of the team",
        "a role that allows less",
        "another password",
        "standing in",
    ],
)
def test_a_stream_ends_with_its_owners_rights(world: World, change: Callable[[World], None]) -> None:
    async def story() -> None:
        async with listening(world.ben, world.ada) as (ben, ada):
            await sync_to_async(change)(world)
            await asyncio.wait_for(ben.ended.wait(), WITHIN)
            assert not ada.ended.is_set()

    told(story())


def test_a_stream_ends_with_sign_out(world: World) -> None:
    async def story() -> None:
        async with listening(world.ben) as (ben,):
            await sync_to_async(ben.client.post)("/logout")
            await asyncio.wait_for(ben.ended.wait(), WITHIN)

    told(story())


def test_rights_that_change_while_a_stream_opens_end_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from careline.entrypoints.live import stream

    async def story() -> None:
        live = Live()

        async def slowly(scope: Any) -> Any:
            found = await person_of_scope(scope)
            live._rights_changes += 1
            return found

        person_of_scope = stream.person_of_scope
        monkeypatch.setattr(stream, "person_of_scope", slowly)
        ben = await sync_to_async(Browser)(live, world.ben)
        task = asyncio.create_task(ben.listen())
        await asyncio.wait_for(ben.ended.wait(), WITHIN)
        await task

    told(story())


def test_who_is_not_signed_in_hears_nothing(world: World) -> None:
    async def story() -> None:
        stranger = await sync_to_async(Browser)(Live(), world.ben)
        stranger._scope["headers"] = [(b"cookie", b"careline=guessed")]
        await stranger.listen()
        assert (stranger.status, stranger.heard) == (401, b"")

    told(story())


async def until(fits: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not fits():
            await asyncio.sleep(0.02)
