"""Counts of views: two hundred agents with thirty views each, what a refresh of all of them costs the database.

Three agents see everything, the others are in one or two of a hundred teams. Of the thirty views eleven are the default ones, nine
are everybody's, ten are the agent's own and asked by nobody else. CPU is that of the one backend, as the kernel counts it.
"""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.figures import Figure, Part
from careline.domain.desk.queries import counts
from careline.domain.desk.queries.cells import MEMORY, Memory
from careline.domain.desk.rules import DEFAULT_VIEWS, Filter, Span
from careline.domain.history.actor import SYSTEM
from careline.domain.history.commands import Happening, record
from careline.domain.staff import commands as staff
from careline.domain.staff.queries import person
from careline.domain.staff.rules import Person
from careline.kit import db

AGENTS, SEE_ALL, VIEWS = 200, 3, 30
REFRESH_MS, CHANGED_MS = 1000, 50
LIVE = ("open", "waiting")
TAGS = ("refund", "delivery", "warranty", "invoice", "vip")
SHARED = {
    "refunds": Filter(LIVE, tags=("refund",)), "vip": Filter(LIVE, tags_any=("vip", "warranty")), "late": Filter(("open",), due_within=timedelta()),
    "fresh": Filter(("open",), created=Span(within=timedelta(days=1))), "old": Filter(("open",), created=Span(beyond=timedelta(days=7))),
    "free": Filter(("open",), assignee="none", teams=("mine",)), "invoices": Filter(("open",), tags=("invoice",), tags_none=("vip",)),
    "quiet": Filter(("waiting",), updated=Span(beyond=timedelta(days=3))), "urgent": Filter(("open",), priorities=("high", "urgent")),
}  # fmt: skip


def measure(part: Part) -> None:
    people = _agents()
    db.execute("SET max_parallel_workers_per_gather = 0")  # all the work is the one backend's, and is seen
    everything = [(who, _views_of(who, n)) for n, who in enumerate(people)]
    assert all(len(views) == VIEWS for _, views in everything)
    at = datetime.now(UTC)
    _asked(everything, at)  # plans and pages warm up
    fresh = []
    for _ in range(3):
        _forget()
        fresh.append(_asked(everything, at))
    best, took = min(fresh)
    part.add(Figure(f"All {VIEWS} views of {AGENTS} agents, nothing known", best, "ms CPU of the database", REFRESH_MS, True,
                    f"{took:.0f} ms in all, one caller"))  # fmt: skip
    cpu, _ = _asked(everything, at)
    part.add(Figure("The same again, nothing changed", cpu, "ms CPU of the database", CHANGED_MS, True))
    spent = []
    for n in range(5):
        _change_one(n)
        spent.append(_asked(everything, at)[0])
    part.add(
        Figure(
            "The same after one case changed",
            sorted(spent)[2],
            "ms CPU of the database",
            CHANGED_MS,
            True,
            "median of 5",
        )
    )
    _one_agent(part, everything[0], "sees all", at)
    _one_agent(part, everything[-1], "of two teams", at)


def _one_agent(part: Part, asked: tuple[Person, dict[str, Filter]], words: str, at: datetime) -> None:
    _asked([asked], at)
    began = time.thread_time()
    for _ in range(20):
        _asked([asked], at)
    spent = (time.thread_time() - began) * 50
    part.add(Figure(f"{VIEWS} counts of one who {words}, known", spent, "ms CPU of ours"))


def _asked(everything: list[tuple[Person, dict[str, Filter]]], at: datetime) -> tuple[float, float]:
    """CPU of the backend and time in all, in ms."""
    backend = db.value("SELECT pg_backend_pid()")
    cpu, began = _cpu_of(backend), time.perf_counter()
    for who, views in everything:
        counts.counts_of(views, who, at=at)
    return _cpu_of(backend) - cpu, (time.perf_counter() - began) * 1000


def _cpu_of(process: int) -> float:
    """ms on a processor (proc(5): the first number of schedstat is nanoseconds)."""
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e6


def _forget() -> None:
    fresh = Memory()
    for name in ("_place", "_cells", "_own", "_alone"):
        setattr(MEMORY, name, getattr(fresh, name))


def _change_one(n: int) -> None:
    from django.db import transaction

    case = db.row(
        "SELECT id, number FROM conversations_conversation WHERE category = 'open' ORDER BY id DESC OFFSET %s LIMIT 1",
        [n * 7],
    )
    with transaction.atomic():
        db.execute(
            "UPDATE conversations_conversation SET priority = 5 - priority, version = version + 1 WHERE id = %s",
            [case.id],
        )
        record(
            Happening("conversation.prioritised", "conversation", case.number, case.id), by=SYSTEM, at=datetime.now(UTC)
        )


def _views_of(who: Person, n: int) -> dict[str, Filter]:
    dice = random.Random(n)
    views: dict[str, Any] = {view.code: view.filter for view in DEFAULT_VIEWS if view.code not in ("resolved", "all")}
    views |= {
        "later": Filter(("open",), due_within=timedelta(hours=8)),
        "followed too": Filter(("open",), followed=True),
    } | SHARED
    for own in range(VIEWS - len(views)):
        views[f"own {own}"] = Filter(
            dice.choice((LIVE, ("open",), ("waiting",))), tags_any=tuple(dice.sample(TAGS, 2)), assignee=dice.choice(("", "none", "me")),
            created=Span(beyond=timedelta(hours=n + own)),
        )  # fmt: skip
    return views


def _agents() -> list[Person]:
    """Made once, with some three hundred live cases each."""
    found = db.rows("SELECT id FROM staff_agent WHERE email LIKE 'count.%%' ORDER BY id")
    if len(found) < AGENTS:
        _found_agents()
        found = db.rows("SELECT id FROM staff_agent WHERE email LIKE 'count.%%' ORDER BY id")
    people = [person(row.id) for row in found[:AGENTS]]
    return [who for who in people if who is not None]


def _found_agents() -> None:
    at = datetime.now(UTC)
    staff.ensure_roles()
    teams = [row.id for row in db.rows("SELECT id FROM staff_team ORDER BY id LIMIT 100")]
    for n in range(AGENTS):
        role = "supervisor" if n < SEE_ALL else "representative"
        held = () if n < SEE_ALL else (teams[n % 100],) if n % 2 else (teams[n % 100], teams[(n * 7) % 100])
        staff.add_agent(
            f"count.{n}@northwind.example",
            name=f"Count {n}",
            role=role,
            by=SYSTEM,
            at=at,
            team_ids=tuple(dict.fromkeys(held)),
        )
    db.execute(
        """UPDATE conversations_conversation c SET assignee_id = m.agent_id FROM (
               SELECT team_id, max(agent_id) AS agent_id FROM staff_membership m JOIN staff_agent a ON a.id = m.agent_id
               WHERE a.email LIKE 'count.%%' GROUP BY team_id) m
           WHERE m.team_id = c.team_id AND c.assignee_id IS NULL AND c.category <> 'resolved' AND c.id %% 5 < 2"""
    )
    db.execute("VACUUM ANALYZE conversations_conversation")
