"""Who opens a stream: the signed-in agent behind the session cookie."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from http.cookies import CookieError, SimpleCookie

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.db import close_old_connections

from careline.domain.staff.queries import person_of_session
from careline.domain.staff.rules import Person
from careline.domain.staff.sessions import NUMBER
from careline.kit import clock
from careline.kit.bridge import Scope
from careline.kit.sessions import SessionStore

pool = ThreadPoolExecutor(2, thread_name_prefix="live-sign-in")


async def person_of_scope(scope: Scope) -> Person | None:
    """None for anybody who is not signed in. Looked up beside the event loop, which must never wait for the database."""
    cookies = b"; ".join(value for name, value in scope["headers"] if name == b"cookie").decode("latin-1")
    return await asyncio.get_running_loop().run_in_executor(pool, _signed_in, cookies)


def _signed_in(cookies: str) -> Person | None:
    try:
        morsel = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return None
    if morsel is None:
        return None
    close_old_connections()
    session = SessionStore(morsel.value)
    key = str(session.get(SESSION_KEY, ""))
    if not key.isdigit():
        return None
    at, number = clock.now(), session.get(NUMBER)
    found = person_of_session(int(key), session_hash=session.get(HASH_SESSION_KEY, ""), session=number, at=at)
    return None if found is None or found.must_add_factor else found
