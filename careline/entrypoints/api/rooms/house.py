"""The state of the house: health, figures, the test clock."""

from __future__ import annotations

import time
from datetime import timedelta
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from careline.domain.channels.queries import inbound_counts
from careline.domain.company.queries import last_beat
from careline.domain.desk.queries.figures import cases_by_category, deliveries_by_state
from careline.domain.staff.rules import Forbidden, may, require
from careline.domain.webhooks.queries import webhooks
from careline.entrypoints.api.callers import caller_of
from careline.entrypoints.api.problems import problem
from careline.entrypoints.api.routes import Call, route
from careline.entrypoints.api.shapes.house import Clock, ClockChange, Health
from careline.kit import clock
from careline.kit.spool import Spool

BEATS_WITHIN = timedelta(seconds=30)
PATIENCE_SECONDS = 120.0
_LOOK_EVERY = 0.02
_LOCAL = ("127.0.0.1", "::1")
_LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]", "")
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")


@route("GET", "/health", answer=Health, is_open=True)
def health(call: Call) -> Any:
    """Whether the server, its database and its worker answer. Needs no token; 503 where the database is away."""
    beat = last_beat()
    is_alive = beat is not None and call.at - beat < BEATS_WITHIN
    return Health(
        "ok" if is_alive else "degraded", "ok", "ok" if is_alive else "silent" if beat else "not started", _version()
    )


@route("GET", "/metrics", is_open=True)
def metrics(call: Call) -> Any:
    """Figures for Prometheus: from this machine itself, or with a token that may read them (`metrics:read`)."""
    request = call.request
    if not _is_local(request):
        caller = caller_of(request, at=call.at, is_open=False)
        if caller.refusal is not None:
            return caller.refusal
        if caller.person is None or not may(caller.person, "metrics:read"):
            call.by = caller.by
            raise Forbidden("metrics:read")
    lines = [
        *_figure("careline_cases", "Cases by category.", "category", cases_by_category()),
        *_figure(
            "careline_inbound_waiting",
            "Inbound messages that wait for a person, by outcome.",
            "outcome",
            inbound_counts(),
        ),
        *_figure("careline_deliveries", "Messages of ours by state of delivery.", "state", deliveries_by_state()),
        *_figure("careline_webhooks", "Webhooks by state.", "state", _webhooks()),
        "# HELP careline_webhook_deliveries_waiting What webhooks have not taken yet.",
        "# TYPE careline_webhook_deliveries_waiting gauge",
        f"careline_webhook_deliveries_waiting {sum(row.waiting for row in webhooks())}",
        "# HELP careline_spool_waiting Mails in the spool that are not taken in yet.",
        "# TYPE careline_spool_waiting gauge",
        f"careline_spool_waiting {Spool(settings.DATA / 'spool').waiting()}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


@route("GET", "/clock", answer=Clock)
def clock_now(call: Call) -> Any:
    """What time it is here. `is_standing` on a server that was started with --test-clock."""
    return Clock(clock.now(), clock.is_standing())


@route("PUT", "/clock", body=ClockChange, answer=Clock)
def moved_clock(call: Call) -> Any:
    """Moves the test clock forward and answers once all that fell due on the way has run. 409 on a server on real time.

    For administrators alone.
    """
    require(call.person, "staff:manage")
    clock.ask_for(call.body.now)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while clock.target() is not None:
        if time.monotonic() > deadline:
            return problem(
                503,
                "The worker has not run all that fell due within 120 s.",
                code="unavailable",
                headers={"Retry-After": "5"},
            )
        time.sleep(_LOOK_EVERY)
    return Clock(clock.now(), is_standing=True)


def _webhooks() -> dict[str, int]:
    states = ["paused" if row.paused_at else "failing" if row.failing_since else "active" for row in webhooks()]
    return {state: states.count(state) for state in ("active", "failing", "paused")}


def _figure(name: str, text: str, label: str, values: dict[str, int]) -> list[str]:
    rows = [f'{name}{{{label}="{_quoted(key or "new")}"}} {value}' for key, value in sorted(values.items())]
    return [f"# HELP {name} {text}", f"# TYPE {name} gauge", *rows]


def _quoted(words: str) -> str:
    return words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _is_local(request: HttpRequest) -> bool:
    """Straight from this machine; what a proxy on it passes on is not, nor a page whose name was made to lead here."""
    host = request.headers.get("Host", "").rpartition(":")[0] or request.headers.get("Host", "")
    is_direct = not any(name in request.headers for name in _FORWARDED)
    return request.META.get("REMOTE_ADDR") in _LOCAL and is_direct and host in _LOCAL_NAMES


@cache
def _version() -> str:
    try:
        return version("careline")
    except PackageNotFoundError:
        return "unknown"
