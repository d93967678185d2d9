"""The supervisor's wall before somebody who oversees a hundred teams: one page's statements and its making."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from django.conf import settings
from django.test import Client

from bench.counts import _agents
from bench.figures import Figure, Part
from careline.domain.staff.granting import ensure_roles
from careline.domain.staff.models import Agent
from careline.kit import db

PAGE_MS, TIMES = 50, 15


def measure(part: Part) -> None:
    ensure_roles()  # the folder may be older than the verb
    lead = _agents()[0]
    db.execute("SET max_parallel_workers_per_gather = 0")
    settings.ALLOWED_HOSTS = ["*"]
    browser = Client(headers={"HX-Request": "true"})
    browser.force_login(Agent.objects.get(pk=lead.id))
    backend = db.value("SELECT pg_backend_pid()")
    for _ in range(3):
        answer = browser.get("/wall")
        assert answer.status_code == 200, answer.status_code
    ours, theirs = [], []
    for _ in range(TIMES):
        mine, cpu = time.thread_time(), _cpu_of(backend)
        browser.get("/wall")
        ours.append((time.thread_time() - mine) * 1000)
        theirs.append(_cpu_of(backend) - cpu)
    words = f"at {datetime.now(UTC):%H:%M}, {db.value('SELECT count(*) FROM staff_team')} teams"
    whole = median(one + other for one, other in zip(ours, theirs, strict=True))
    part.add(Figure("The wall, the whole page", whole, "ms CPU", PAGE_MS, True, words))
    part.add(Figure("Of it, its statements", median(theirs), "ms CPU of the database"))


def _cpu_of(process: int) -> float:
    """ms on a processor (proc(5): the first number of schedstat is nanoseconds)."""
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e6
