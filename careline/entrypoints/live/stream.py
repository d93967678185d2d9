"""The stream of server-sent events: one bare ASGI handler, one listening database connection per process."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import time
from functools import partial
from typing import Any
from urllib.parse import parse_qs

import psycopg
from psycopg.rows import namedtuple_row
from psycopg.types.json import JsonbLoader

from careline.domain.chats.calling import CHANNEL as VISITORS
from careline.domain.desk.queries.news import NEWEST, NEWS
from careline.domain.history import wake
from careline.domain.history.queries import Cursor
from careline.entrypoints.live.audience import people_told, topics_of, topics_told
from careline.entrypoints.live.hub import RESYNC, Hub, Listener
from careline.entrypoints.live.presence import CHANNEL as PRESENCE
from careline.entrypoints.live.presence import Presence
from careline.entrypoints.live.reading import RIGHTS, cursor_from, event_of
from careline.entrypoints.live.reporting import tell_gone
from careline.entrypoints.live.visitor import person_of_scope
from careline.entrypoints.live.visitors import Visitors
from careline.kit.bridge import Receive, Scope, Send

log = logging.getLogger(__name__)
LOOK_EVERY = 1.0
SOON = 0.015
"""Once something was committed one looks again so soon, and then each time twice as late: an older transaction, which nobody need
be told of, may have held it back."""
BATCH = 500
RESUMED_AT_MOST = 500
KEEP_ALIVE = b": still here\n\n"
KEEP_ALIVE_SECONDS = 18.0
COMES_AGAIN_WITHIN = 3.0
"""A browser that goes from page to page is back by then; one that was closed is not."""
MOST_SECONDS = 3600.0
"""A stream ends after about an hour and is asked for anew, so that none outlives the session it was opened with."""
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class Live:
    def __init__(self) -> None:
        self.hub = Hub()
        self.presence = Presence(self.hub)
        self.visitors = Visitors(self.presence)
        self._cursor = Cursor()
        self._rights_changes = 0
        self._tasks: list[asyncio.Task[None]] = []
        self._telling: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        self._tasks = [
            asyncio.create_task(self._read_on()),
            asyncio.create_task(self._keep_alive()),
            asyncio.create_task(self._let_die()),
            *self.visitors.start(),
        ]

    async def stop(self) -> None:
        """Returns when all tasks have ended: one that is cancelled again while psycopg calls its query off warns of it."""
        for task in self._tasks:
            task.cancel()
        self.hub.close_all()
        self.visitors.hub.close_all()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        rights_known = self._rights_changes
        person = await person_of_scope(scope)
        if person is None:
            await send({"type": "http.response.start", "status": 401, "headers": [(b"cache-control", b"no-store")]})
            await send({"type": "http.response.body", "body": b""})
            return
        listener = Listener(person.id, topics_of(person))
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        self.hub.join(listener)
        if self._rights_changes != rights_known:  # read while we looked them up: the browser comes again at once
            listener.close()
        ends = asyncio.get_running_loop().call_later(MOST_SECONDS * random.uniform(0.9, 1.1), listener.close)  # noqa: S311
        gone = asyncio.create_task(_until_gone(receive, listener))
        try:
            missed = await self._missed(scope, listener)
            await _write(
                send, b"retry: 1000\n\n" + (b"" if listener.closed else missed + self.presence.known_to(listener))
            )
            while not listener.closed:
                listener.write = partial(_write, send)
                await listener.wake.wait()
                listener.write = None
                # Taken even where nothing waits: what was told between two gatherings may have been written already,
                # and a wake that stays set would turn this loop without ever letting another one run.
                data = listener.take()
                if data and not listener.closed:
                    await _write(send, data)
        finally:
            self.hub.leave(listener)
            asyncio.get_running_loop().call_later(COMES_AGAIN_WITHIN, self._gone, listener.agent)
            ends.cancel()
            gone.cancel()
            with contextlib.suppress(Exception):
                await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _missed(self, scope: Scope, listener: Listener) -> bytes:
        """What happened since the browser's last event; too much of it and the browser fetches all anew."""
        headers = dict(scope["headers"])
        asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("since", [""])[0]
        since = cursor_from(headers.get(b"last-event-id", b"").decode("latin-1")) or cursor_from(asked)
        if since is None or since >= self._cursor:
            return b""
        async with await _connected() as own:
            rows = await _news(own, since, RESUMED_AT_MOST)
        if len(rows) >= RESUMED_AT_MOST:
            return RESYNC
        return b"".join(event_of(row) for row in rows if _may_hear(listener, row))

    async def _read_on(self) -> None:
        while True:
            try:
                async with await _connected() as own:
                    await own.execute(f"LISTEN {wake.CHANNEL}")
                    await own.execute(f"LISTEN {PRESENCE}")
                    await own.execute(f"LISTEN {VISITORS}")
                    await self._begin(own)
                    pause = LOOK_EVERY
                    while True:
                        while await self._read(own):
                            pass
                        is_called = await self._listen(own, seconds=pause)
                        pause = SOON if is_called else min(2 * pause, LOOK_EVERY)
            except (psycopg.Error, OSError):
                log.warning("Live events: the database is away; trying again.")
                await asyncio.sleep(0.5)

    async def _listen(self, own: Any, *, seconds: float) -> bool:
        """Until something was committed, which is said, or so long; who is where is told on the way."""
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            async for note in own.notifies(timeout=left, stop_after=1):
                if note.channel == PRESENCE:
                    self.presence.take(note.payload, now=time.monotonic())
                    self.visitors.take_presence(note.payload)
                elif note.channel == VISITORS:
                    self.visitors.take_call(note.payload)
                else:
                    ends = 0.0
        return not ends

    async def _begin(self, own: Any) -> None:
        if self._cursor == Cursor():
            found = await (await own.execute(NEWEST)).fetchone()
            self._cursor = Cursor(*found) if found else Cursor(0, 0)
            self.visitors.cursor = self._cursor

    async def _read(self, own: Any) -> bool:
        """Tells one batch of news; whether there may be more."""
        rows = await _news(own, self._cursor, BATCH)
        for row in rows:
            self.hub.tell(topics_told(row), event_of(row), only=people_told(row))
            if row.name in RIGHTS:
                self._rights_changed(row)
        if rows:
            self.visitors.take_news(rows)
            self._cursor = Cursor(rows[-1].tx, rows[-1].id)
        return len(rows) == BATCH

    def _rights_changed(self, row: Any) -> None:
        self._rights_changes += 1
        if row.subject_kind == "team":
            self.hub.close_topic(f"team:{row.subject_key}")
            self.hub.close_agents(row.data.get("agents", ()))
        elif row.subject_kind == "role":
            self.hub.close_agents(row.data.get("agents", ()))
        else:
            self.hub.close_agents([row.subject_key])

    def _gone(self, agent: int) -> None:
        """Their last stream here ended: whatever they looked at, they look at it no more."""
        if not self.hub.hears(agent):
            telling = asyncio.create_task(tell_gone(agent))
            self._telling.add(telling)
            telling.add_done_callback(self._telling.discard)

    async def _let_die(self) -> None:
        while True:
            await asyncio.sleep(1.0)
            self.presence.let_die(now=time.monotonic())

    async def _keep_alive(self) -> None:
        while True:
            await asyncio.sleep(KEEP_ALIVE_SECONDS * random.uniform(0.9, 1.1))  # noqa: S311
            await self.hub.tell_all(KEEP_ALIVE)
            await self.visitors.hub.tell_all(KEEP_ALIVE)


def _may_hear(listener: Listener, row: Any) -> bool:
    only = people_told(row)
    return not listener.topics.isdisjoint(topics_told(row)) and (only is None or listener.agent in only)


async def _write(send: Send, data: bytes) -> None:
    await send({"type": "http.response.body", "body": data, "more_body": True})


async def _until_gone(receive: Receive, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.close()


async def _connected() -> psycopg.AsyncConnection[Any]:
    params = await asyncio.to_thread(wake.dsn)
    own = await psycopg.AsyncConnection.connect(**params, autocommit=True, row_factory=namedtuple_row)
    own.adapters.register_loader("jsonb", JsonbLoader)
    return own


async def _news(own: Any, cursor: Cursor, limit: int) -> list[Any]:
    found: list[Any] = await (await own.execute(NEWS, [str(cursor.tx), cursor.happening, limit])).fetchall()
    return found
