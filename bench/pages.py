"""Lists and cases as a browser asks for them: the whole WSGI application in process, with a session cookie."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from bench.figures import Figure, Part, cpu_ms
from bench.loading import FIELD, LONG_CASES, TAG, WORD
from careline.domain.desk.queries.conditions import conditions_of
from careline.domain.desk.rules import DEFAULT_VIEWS, Filter, View
from careline.domain.staff.queries import person
from careline.kit import db

WHO = {"all": "sees all", "some": "sees 30 %", "few": "sees 1 %"}
VIEWS = ("mine", "unassigned", "open", "due", "waiting")
SAVED = Filter(categories=("open",), tags=(TAG,), fields=FIELD, text=WORD)
TIMES = 30
LIST_MS, CASE_MS = 4.0, 6.0


def measure(part: Part, *, times: int = TIMES) -> dict[str, float]:
    """Adds the figures of pages at the size at hand; medians of CPU by name."""
    from careline.config.wsgi import application

    _show_saved_view()
    worst = dict.fromkeys(("first page", "200 pages on"), (0.0, 0.0, ""))
    rows, case_rows = [], []
    views = {view.code: (view.filter, view.sort) for view in DEFAULT_VIEWS if view.code in VIEWS} | {
        "saved": (SAVED, "due")
    }
    for who, words in WHO.items():
        agent = person(db.value("SELECT id FROM staff_agent WHERE email = %s", [f"{who}@northwind.example"]))
        browser = _Browser(application, agent.id)
        for code, (wanted, sort) in views.items():
            for place in ("first page", "200 pages on"):
                after = _far_on(wanted, agent, sort) if place != "first page" else None
                address = _address(code, after)
                median, p99, took = cpu_ms(lambda: browser.get(address), times=times)  # noqa: B023
                rows.append([words, code, place, f"{median:.2f}", f"{p99:.2f}", f"{took:.2f}"])
                worst[place] = max(worst[place], (median, p99, f"{code}, {words}"))
        numbers = _long_cases(agent.id)
        if numbers:
            calls = itertools.cycle(numbers)
            median, p99, took = cpu_ms(lambda: browser.get(f"/conversations/{next(calls)}", fragment=True), times=times)  # noqa: B023
            case_rows.append((median, p99, took, words))
    for place, (median, p99, which) in worst.items():
        part.add(
            Figure(
                f"List, {place}: the worst view's median", median, "ms CPU", LIST_MS, True, f"{which}; p99 {p99:.1f} ms"
            )
        )
    median, p99, took, words = max(case_rows)
    part.add(
        Figure(
            "Case page, 20 messages: median",
            median,
            "ms CPU",
            CASE_MS,
            True,
            f"{words}; p99 {p99:.1f} ms, {took:.1f} ms in all",
        )
    )
    part.add(
        Figure(
            "Slowest list, everything included: median",
            max(float(row[5]) for row in rows),
            "ms",
            remark="with the database's work",
        )
    )
    part.tables.append(
        ("Lists of 50 rows", ["agent", "view", "page", "CPU median ms", "CPU p99 ms", "in all, median ms"], rows)
    )
    return {place: found[0] for place, found in worst.items()} | {"case": median}


def _address(code: str, after: tuple[datetime, int] | None) -> str:
    asked = {"q": WORD} if code == "saved" else {}
    if after is not None:
        asked["after"] = f"{after[0].isoformat()}_{after[1]}"
    return f"/views/{code}?{urlencode(asked)}"


def _show_saved_view() -> None:
    """Saved views have no page to be made on yet: the one to measure stands among the default ones."""
    from careline.entrypoints.web.inbox import lists

    genuine = lists.views_of
    lists.views_of = lambda visit: [*genuine(visit), View("saved", "Saved", replace(SAVED, text=""), id=0)]


def _far_on(wanted: Filter, agent: Any, sort: str) -> tuple[datetime, int] | None:
    """Where page 201 begins, or nine tenths of a view that is shorter."""
    where, params = conditions_of(wanted, agent, at=datetime.now(UTC))
    column, way = ("due_sort", "") if sort == "due" else ("updated_at", " DESC")
    count = db.value(f"SELECT count(*) FROM conversations_conversation c WHERE {where}", params)
    found = db.row(
        f"SELECT {column}, number FROM conversations_conversation c WHERE {where} ORDER BY {column}{way}, number{way} "
        "LIMIT 1 OFFSET %(offset)s", params | {"offset": min(10_000, int(count * 0.9))},
    )  # fmt: skip
    return (found[0], found[1]) if found else None


def _long_cases(agent: int) -> list[int]:
    """Numbers of cases with twenty messages that the agent sees."""
    from careline.domain.conversations.queries.visibility import visible
    from careline.domain.staff.rules import reach_of

    condition, params = visible(reach_of(person(agent), "conversation:read"))
    found = db.rows(f"SELECT number FROM conversations_conversation c WHERE id <= {LONG_CASES} AND {condition}", params)
    numbers = [row.number for row in found]
    random.Random(1).shuffle(numbers)
    return numbers


class _Browser:
    """A signed-in agent's requests, without sockets."""

    def __init__(self, application: Callable[..., Any], agent: int) -> None:
        self._application = application
        self._cookie = f"careline={session_of(agent)}"

    def get(self, address: str, *, fragment: bool = False) -> bytes:
        """`fragment`: as htmx asks for a case beside its list."""
        path, _, query = address.partition("?")
        told: list[str] = []
        chunks = self._application(
            {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000",
             "HTTP_HOST": "127.0.0.1:8000", "HTTP_COOKIE": self._cookie, "wsgi.input": BytesIO(b""), "wsgi.errors": BytesIO(),
             "wsgi.url_scheme": "http", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
             **({"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "case"} if fragment else {})},
            lambda status, headers, exc_info=None: told.append(status),
        )  # fmt: skip
        body = b"".join(chunks)
        getattr(chunks, "close", lambda: None)()
        assert told[0].startswith("200"), (address, told, body[:300])
        return body


def session_of(agent: int) -> str:
    """The session key of a signed-in agent."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from careline.domain.staff.queries import agent_by_id

    found = agent_by_id(agent)
    assert found is not None
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(agent), found.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.save()
    return str(session.session_key)
