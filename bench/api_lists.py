"""The API's list of fifty cases, as a program asks for it: the whole WSGI application in process, with a token."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from bench.figures import Figure, Part, cpu_ms
from careline.domain.history.actor import SYSTEM
from careline.domain.staff import commands as staff
from careline.domain.staff.queries import agent_by_email
from careline.entrypoints.api import limits
from careline.kit import db

LIST_MS, TIMES = 3.0, 40
LISTS = ("/conversations?limit=50", "/conversations?limit=50&status=open", "/views/open/conversations?limit=50")


def measure(part: Part) -> None:
    from careline.config.wsgi import application

    rows = []
    for who in ("all", "some", "few"):
        agent = agent_by_email(f"{who}@northwind.example")
        assert agent is not None
        token = staff.issue_token(agent, by=SYSTEM, at=datetime.now(UTC))
        for address in LISTS:
            median, p99, took = cpu_ms(lambda: _asked(application, address, token), times=TIMES)  # noqa: B023
            rows.append((median, p99, took, who, address))
        db.execute("DELETE FROM staff_apitoken WHERE agent_id = %s", [agent.pk])
    median, p99, took, who, address = max(rows)
    remark = f"{address}, sees {who}; p99 {p99:.1f} ms, {took:.1f} ms in all"
    part.add(Figure("API list of 50: the worst's median", median, "ms CPU", LIST_MS, True, remark))
    shown = [[row[3], row[4], f"{row[0]:.2f}", f"{row[1]:.2f}", f"{row[2]:.2f}"] for row in rows]
    part.tables.append(("API lists of 50", ["sees", "list", "CPU median ms", "CPU p99 ms", "in all, median ms"], shown))


def _asked(application: Any, address: str, token: str) -> bytes:
    limits._left.clear()
    path, _, query = f"/api/v1{address}".partition("?")
    told: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000",
        "HTTP_HOST": "127.0.0.1:8000", "HTTP_AUTHORIZATION": f"Bearer {token}", "wsgi.input": BytesIO(b""), "wsgi.errors": BytesIO(),
        "wsgi.url_scheme": "http", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
    }  # fmt: skip
    body = b"".join(application(environ, lambda status, headers, exc_info=None: told.append(status)))
    assert told[0].startswith("200"), (address, told, body[:300])
    return body
