"""POST /presence: a browser says that its agent looks at a case, types in it, or leaves it."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qs

from django.db import close_old_connections

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.staff.rules import Person
from careline.entrypoints.live import presence
from careline.entrypoints.live.effort import EFFORTS
from careline.entrypoints.live.visitor import person_of_scope, pool
from careline.kit import clock, db
from careline.kit.bridge import Receive, Scope, Send

LONGEST = 200


async def report(scope: Scope, receive: Receive, send: Send) -> None:
    """204 where it was passed on; 404 for a case that is not there or not theirs."""
    status = 405 if scope["method"] != "POST" else 403 if _is_foreign(scope) else 0
    if not status:
        # First what was said: a page that closes says its farewell and hangs up while we look who it is.
        asked = parse_qs((await _body(receive)).decode("ascii", "replace"), keep_blank_values=True)
        person = await person_of_scope(scope)
        status = 401 if person is None else 0
        number, doing = asked.get("number", [""])[0], asked.get("doing", ["?"])[0]
        if person is not None:
            is_fit = number.isascii() and number.isdecimal() and len(number) < 19 and doing in presence.DOINGS
            status = await _passed_on(person, int(number), doing) if is_fit else 422
    await send({"type": "http.response.start", "status": status, "headers": [(b"cache-control", b"no-store")]})
    await send({"type": "http.response.body", "body": b""})


async def tell_gone(agent: int) -> None:
    await asyncio.get_running_loop().run_in_executor(pool, _notify, presence.gone(agent))


async def _passed_on(person: Person, number: int, doing: str) -> int:
    return await asyncio.get_running_loop().run_in_executor(pool, _report, person, number, doing)


def _report(person: Person, number: int, doing: str) -> int:
    close_old_connections()
    try:
        case = conversation_for(person, number)
    except NotFound:
        return 404
    _notify(presence.report_of(case, agent=person.id, name=person.name, doing=doing))
    EFFORTS.take(case, who=person.id, doing=doing, at=clock.now())
    return 204


def _notify(words: str) -> None:
    close_old_connections()
    db.execute("SELECT pg_notify(%s, %s)", [presence.CHANNEL, words])


def _is_foreign(scope: Scope) -> bool:
    """Sent by a page of somebody else (Fetch Metadata): the session's cookie says nothing of that."""
    sent_by = dict(scope["headers"]).get(b"sec-fetch-site", b"same-origin")
    return sent_by not in (b"same-origin", b"none")


async def _body(receive: Receive) -> bytes:
    data = b""
    while len(data) <= LONGEST:
        message = await receive()
        data += message.get("body", b"")
        if not message.get("more_body"):
            break
    return data[:LONGEST]
