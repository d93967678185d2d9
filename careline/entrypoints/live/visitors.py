"""GET /chat/v1/live: a visitor's stream. It tells what to fetch, never what was said; whoever comes again fetches anew.

Visitors hear of their own talk alone. That they type is told to whoever may see the case, as colleagues' typing is.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from django.conf import settings
from django.db import close_old_connections
from django.utils.translation import gettext

from careline.domain.chats import commands as chats
from careline.domain.chats import whereabouts
from careline.domain.chats.calling import heard
from careline.domain.chats.queries import (
    all_origins,
    case_of,
    has_news,
    site_by_id,
    those_waiting,
    thread_of,
    threads_of_numbers,
    visitor_by_id,
    visitor_of_token,
)
from careline.domain.chats.rules.sites import is_allowed
from careline.domain.conversations.queries.cases import conversation_by_id
from careline.domain.history.queries import Cursor
from careline.entrypoints.live.hub import Hub, Listener
from careline.entrypoints.live.presence import Presence, report_of
from careline.entrypoints.live.reading import cursor_from
from careline.kit import clock
from careline.kit.bridge import Receive, Scope, Send

CAME_EVERY = 30.0
QUEUE_EVERY = 3.0
_ASKED_AT_ONCE, _BETWEEN = 20, 0.05
MOST_WINDOWS = 5
MOST_SECONDS = 3600.0
_MESSAGES = frozenset({"message.received", "message.queued", "message.sent", "message.taken_back"})
_STATES = frozenset({
    "conversation.assigned", "conversation.resolved", "conversation.reopened", "conversation.waits", "chat.ended", "chat.rated",
    "conversation.merged", "conversation.unmerged",
})  # fmt: skip
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]
_PREFLIGHT = [
    (b"access-control-allow-methods", b"GET"), (b"access-control-max-age", b"7200"),
    (b"access-control-allow-headers", b"Authorization, Content-Type, Last-Event-ID, Accept-Language"),
]  # fmt: skip
pool = ThreadPoolExecutor(2, thread_name_prefix="live-visitors")


class Visitors:
    """`hub` holds their streams. Numbers of cases lead to the visitors who are connected just now."""

    def __init__(self, presence: Presence) -> None:
        self.hub = Hub()
        self._presence = presence
        self._of_number: dict[int, int] = {}
        self._number_of: dict[int, int] = {}
        self._newest: dict[int, int] = {}
        self._answering: dict[int, str] = {}
        self.cursor = Cursor()
        self._moved_queues = False
        self._working: set[asyncio.Task[Any]] = set()

    def start(self) -> list[asyncio.Task[None]]:
        return [asyncio.create_task(self._note_here()), asyncio.create_task(self._tell_queues())]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "OPTIONS":
            await _answer(send, 204, await _beside(_preflight, scope))
            return
        status, headers, visitor = await _beside(_signed_in, scope)
        if status == 200 and whereabouts.whereabouts_of(visitor.id).streams >= MOST_WINDOWS:
            status = 429
        if status != 200:
            await _answer(send, status, [*headers, (b"retry-after", b"5")])
            return
        listener = Listener(visitor.id, frozenset({_topic(visitor.id), f"site:{visitor.channel_id}"}))
        whereabouts.arrive(visitor.id)
        self.hub.join(listener)
        ends = asyncio.get_running_loop().call_later(MOST_SECONDS * random.uniform(0.9, 1.1), listener.close)  # noqa: S311
        gone = asyncio.create_task(_until_gone(receive, listener))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": [*_HEADERS, *headers]})
            await self._learn(visitor.id)
            self._note_move(visitor.id)
            await _write(send, await self._missed(scope, visitor.id))
            while not listener.closed:
                listener.write = partial(_write, send)
                await listener.wake.wait()
                listener.write = None
                data = listener.take()
                if data and not listener.closed:
                    await _write(send, data)
        finally:
            self.hub.leave(listener)
            if whereabouts.leave(visitor.id):
                self._note_move(visitor.id)
                self._forget(visitor.id)
            ends.cancel()
            gone.cancel()
            with contextlib.suppress(Exception):
                await send({"type": "http.response.body", "body": b"", "more_body": False})

    def take_news(self, rows: Iterable[Any]) -> None:
        """Rows of `NEWS`, as the staff's stream reads them."""
        unknown = set()
        for row in rows:
            self.cursor = Cursor(row.tx, row.id)
            if row.number is None or not len(self.hub):
                continue
            visitor = self._of_number.get(row.number)
            if visitor is None:
                if row.name in ("conversation.merged", "conversation.unmerged"):
                    unknown.add(row.number)
                continue
            self._tell_of(row, visitor)
        if unknown:
            self._work(self._learn_numbers(sorted(unknown)))

    def take_call(self, payload: str) -> None:
        """A call of `calling.tell`, from whichever process."""
        said = heard(payload)
        if said is None:
            return
        visitor, what = said
        if what == "began":
            self._work(self._begun(visitor))
        elif what in ("types", "stopped", "moved", "read"):
            self._work(self._show(visitor, "typing" if what == "types" else ""))

    def take_presence(self, payload: str) -> None:
        """What a colleague's browser reported: visitors are told that they are answered, and read."""
        try:
            said = json.loads(payload)
            number, doing, name = said.get("number"), said.get("doing", ""), str(said.get("name", ""))
        except (ValueError, AttributeError):
            return
        visitor = self._of_number.get(number) if isinstance(number, int) else None
        if visitor is None or said.get("agent", 0) <= 0:
            return
        if doing == "reply":
            self._answering[number] = name
            self._tell(visitor, "typing", {"name": name, "is_typing": True})
        elif self._answering.get(number) == name:
            del self._answering[number]
            self._tell(visitor, "typing", {"name": name, "is_typing": False})
        if doing in ("view", "reply") and (newest := self._newest.pop(number, None)) is not None:
            self._tell(visitor, "read", {"message": str(newest)})

    def _tell_of(self, row: Any, visitor: int) -> None:
        cursor = f"{row.tx}-{row.id}"
        if row.name in _MESSAGES:
            if row.name == "message.received":
                self._newest[row.number] = row.subject_key
            self._tell(visitor, "message", {"id": str(row.subject_key)}, cursor=cursor)
        elif row.name in _STATES:
            self._tell(visitor, "state", {}, cursor=cursor)
            self._moved_queues = True

    def _tell(self, visitor: int, name: str, data: dict[str, Any], *, cursor: str = "") -> None:
        self.hub.tell([_topic(visitor)], _event(name, data, cursor=cursor))

    async def _begun(self, visitor: int) -> None:
        if self.hub.hears(visitor):
            await self._learn(visitor)
            self._tell(visitor, "state", {})

    def _note_move(self, visitor: int) -> None:
        """They came or left: whoever looks at their case sees it."""
        if visitor in self._number_of:
            self._work(self._show(visitor, ""))

    async def _show(self, visitor: int, doing: str) -> None:
        report = await _beside(_report, visitor, doing)
        if report:
            self._presence.take(report, now=time.monotonic())

    async def _learn(self, visitor: int) -> None:
        number = await _beside(_number_of, visitor)
        if number is not None:
            self._number_of[visitor] = number
            self._of_number[number] = visitor

    async def _learn_numbers(self, numbers: list[int]) -> None:
        for row in await _beside(threads_of_numbers, numbers):
            if self.hub.hears(row.visitor_id):
                await self._learn(row.visitor_id)
                self._tell(row.visitor_id, "state", {})

    def _forget(self, visitor: int) -> None:
        number = self._number_of.pop(visitor, None)
        if number is not None and self._of_number.get(number) == visitor:
            del self._of_number[number]
            self._newest.pop(number, None)
            self._answering.pop(number, None)

    async def _missed(self, scope: Scope, visitor: int) -> bytes:
        """Where the browser stands already nothing is told; else it fetches what it has not got."""
        since = cursor_from(dict(scope["headers"]).get(b"last-event-id", b"").decode("latin-1"))
        begin = _event("state", {}, cursor=f"{self.cursor.tx}-{self.cursor.happening}")
        if since is None:
            return begin
        is_news = await _beside(_has_news, visitor, since)
        return (_event("message", {"id": ""}) if is_news else b"") + begin

    async def _note_here(self) -> None:
        """Who is here is written down now and then, for the moment when an answer has to go by mail."""
        while True:
            await asyncio.sleep(CAME_EVERY)
            with contextlib.suppress(Exception):
                if here := whereabouts.those_here():
                    await _beside(_keep_here, here)

    async def _tell_queues(self) -> None:
        while True:
            await asyncio.sleep(QUEUE_EVERY)
            if self._moved_queues:
                self._moved_queues = False
                await _quietly(self._tell_waiting())

    async def _tell_waiting(self) -> None:
        """Only those at the head of the queue, a few at a time: each of them asks for its place anew."""
        waiting = await _beside(those_waiting)
        for n in range(0, len(waiting), _ASKED_AT_ONCE):
            self.hub.tell([_topic(visitor) for visitor in waiting[n : n + _ASKED_AT_ONCE]], _event("queue", {}))
            await asyncio.sleep(_BETWEEN)

    def _work(self, doing: Any) -> None:
        task = asyncio.create_task(_quietly(doing))
        self._working.add(task)
        task.add_done_callback(self._working.discard)


async def _quietly(doing: Any) -> None:
    """A sign that gets lost because the database is away is no loss: the next one comes."""
    with contextlib.suppress(Exception):
        await doing


async def _beside(doing: Any, *args: Any) -> Any:
    """Beside the event loop, which must never wait for the database."""
    return await asyncio.get_running_loop().run_in_executor(pool, _fresh, doing, args)


def _fresh(doing: Any, args: tuple[Any, ...]) -> Any:
    close_old_connections()
    return doing(*args)


def _signed_in(scope: Scope) -> tuple[int, list[tuple[bytes, bytes]], Any]:
    headers = dict(scope["headers"])
    origin = headers.get(b"origin", b"").decode("latin-1")
    scheme, _space, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    visitor = visitor_of_token(token.strip()) if scheme.lower() == "bearer" else None
    site = site_by_id(visitor.channel_id) if visitor is not None else None
    if site is None:
        return 401, _cors(origin) if origin in all_origins() or origin == _own(scope) else [], None
    if not is_allowed(origin, site.origins, own=_own(scope)):
        return 403, [], None
    return 200, _cors(origin) if origin else [], visitor


def _preflight(scope: Scope) -> list[tuple[bytes, bytes]]:
    origin = dict(scope["headers"]).get(b"origin", b"").decode("latin-1")
    return [*_PREFLIGHT, *_cors(origin)] if origin and (origin == _own(scope) or origin in all_origins()) else []


def _cors(origin: str) -> list[tuple[bytes, bytes]]:
    return [
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-expose-headers", b"Retry-After"),
        (b"vary", b"Origin"),
    ]


def _own(scope: Scope) -> str:
    headers = dict(scope["headers"])
    here = f"{scope.get('scheme', 'http')}://{headers.get(b'host', b'').decode('latin-1')}"
    return here if headers.get(b"origin", b"").decode("latin-1") == here else str(settings.PUBLIC_URL)


def _number_of(visitor: int) -> int | None:
    thread = thread_of(visitor)
    case = case_of(thread) if thread is not None else None
    return case.number if case is not None else None


def _has_news(visitor: int, since: Cursor) -> bool:
    thread = thread_of(visitor)
    return thread is not None and has_news(thread, since)


def _report(visitor: int, doing: str) -> str:
    """As a colleague's, with the visitor in the agent's place (a number below 0, which no agent has)."""
    thread = thread_of(visitor)
    standing = case_of(thread) if thread is not None else None
    case = conversation_by_id(standing.id) if standing is not None else None
    if case is None:
        return ""
    known = visitor_by_id(visitor)
    return report_of(case, agent=-visitor, name=known.name or gettext("The visitor"), doing=doing) if known else ""


def _keep_here(visitors: list[int]) -> None:
    chats.note_here(visitors, at=clock.now())


def _topic(visitor: int) -> str:
    return f"visitor:{visitor}"


def _event(name: str, data: dict[str, Any], *, cursor: str = "") -> bytes:
    named = f"id: {cursor}\n" if cursor else ""
    return f"{named}event: {name}\ndata: {json.dumps(data, separators=(',', ':'))}\n\n".encode()


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]]) -> None:
    await send(
        {"type": "http.response.start", "status": status, "headers": [*headers, (b"cache-control", b"no-store")]}
    )
    await send({"type": "http.response.body", "body": b""})


async def _write(send: Send, data: bytes) -> None:
    await send({"type": "http.response.body", "body": data, "more_body": True})


async def _until_gone(receive: Receive, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.close()
