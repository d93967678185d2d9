"""One change to 10,000 cases with every guard and history row, and its undo, in seconds."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from bench.figures import Figure, Part
from careline.domain.conversations.rules.bulk import BulkWish
from careline.domain.desk.queries.bulk_targets import numbers_of
from careline.domain.desk.rules import Filter
from careline.domain.history.actor import agent
from careline.domain.staff.queries import agents, person
from careline.flows.bulk_change import ask_for_bulk_change, carry_on, end_bulk_change

CASES = 10_000
PROMISED = 10.0


def measure(part: Part) -> None:
    found = next(row for row in agents() if row.role == "administrator")
    maker = person(found.id)
    assert maker is not None
    at = datetime.now(UTC)
    numbers = numbers_of(Filter(), maker, at=at, limit=CASES)
    wish = BulkWish(assignee=maker.id, tags=("recall",), priority=3, state="resolved")
    began = time.perf_counter()
    key = ask_for_bulk_change(maker, numbers, wish, by=agent(maker.id), at=at)
    longest = _run(at)
    done = time.perf_counter() - began
    began = time.perf_counter()
    end_bulk_change(maker, key, by=agent(maker.id), at=at)
    longest = max(longest, _run(at))
    undone = time.perf_counter() - began
    what = f"bulk change of {len(numbers):,} cases: who, tags, priority, resolved"
    part.add(Figure(what, done, "s", PROMISED, at_most=True))
    part.add(Figure("its undo", undone, "s", PROMISED, at_most=True))
    part.add(Figure("its longest transaction", longest, "s", 1.0, at_most=True))


def _run(at: datetime) -> float:
    longest = 0.0
    while True:
        began = time.perf_counter()
        if not carry_on(at=at):
            return longest
        longest = max(longest, time.perf_counter() - began)
