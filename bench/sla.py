"""Promised times: business time added to moments, the due ones of a million running clocks, and what a case's clocks cost."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime, timedelta

from django.db import transaction

from bench.figures import Figure, Part, cpu_ms
from careline.domain.calendars.rules.hours import Hours, Period, Span
from careline.domain.calendars.rules.schedule import schedule_of
from careline.domain.calendars.rules.working_time import add_business_seconds, business_seconds_between
from careline.domain.history.actor import SYSTEM
from careline.domain.sla.commands.promises import keep_promises, ring
from careline.domain.sla.queries.clocks import earliest_alarm
from careline.kit import db

ADDITIONS, CLOCKS, DUE = 200_000, 1_000_000, 2_000
ADDED_A_SECOND, FOUND_MS = 100_000, 50
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
_RUNNING = """
INSERT INTO sla_clock (conversation_id, kind, seconds, is_business, warn_percent, is_fallback, started_at, ran,
    running_since, due_at, warn_at, alarm_at)
SELECT c.id, 'bench-' || k, 86400, false, 80, false, %(now)s, '{}', %(now)s, t.at, t.at, t.at
FROM (SELECT id FROM conversations_conversation WHERE merged_into_id IS NULL ORDER BY id LIMIT %(clocks)s) c
CROSS JOIN generate_series(1, %(each)s) k CROSS JOIN LATERAL (
    SELECT %(now)s + (CASE WHEN (c.id * 7 + k) %% %(rare)s = 0 THEN -1 ELSE 1 END) * random() * interval '30 days' AS at) t
"""


def measure(part: Part) -> None:
    _arithmetic(part)
    cases = db.value("SELECT count(*) FROM conversations_conversation WHERE merged_into_id IS NULL")
    each = max(1, CLOCKS // cases)
    try:
        db.execute(_RUNNING, {"now": NOW, "clocks": CLOCKS, "each": each, "rare": cases * each // DUE})
        db.execute("ANALYZE sla_clock")
        _due(part, cases * each)
    finally:
        db.execute("TRUNCATE sla_clock, sla_entry")
    _one_case(part)


def _arithmetic(part: Part) -> None:
    office = tuple(Period(day, span) for day in range(5) for span in (Span(540, 720), Span(780, 1020)))
    schedule = schedule_of(Hours("Europe/Berlin", office, country="DE", region="BE"))
    chance = random.Random(1)
    wanted = [
        (NOW + timedelta(minutes=chance.randrange(1_000_000)), chance.randrange(200_000)) for _ in range(ADDITIONS)
    ]
    for moment, seconds in wanted[:1000]:
        add_business_seconds(schedule, moment, seconds)
    begin = time.process_time()
    due = [add_business_seconds(schedule, moment, seconds) for moment, seconds in wanted]
    spent = time.process_time() - begin
    part.add(Figure("Business time added to a moment", ADDITIONS / spent, "a second of CPU", ADDED_A_SECOND, False,
                    "two spans a day, holidays of Berlin, two years"))  # fmt: skip
    begin = time.process_time()
    for (moment, _), then in zip(wanted, due, strict=True):
        business_seconds_between(schedule, moment, then)
    spent = time.process_time() - begin
    part.add(Figure("Business time between two moments", ADDITIONS / spent, "a second of CPU"))


def _due(part: Part, clocks: int) -> None:
    def found() -> None:
        with transaction.atomic():
            ring(at=NOW, limit=1)
            transaction.set_rollback(True)

    _, _, took = cpu_ms(found, times=20)
    part.add(Figure(f"The first due one of {clocks:,} running clocks found and rung", took, "ms", FOUND_MS, True))
    begin = time.perf_counter()
    rung = 0
    while chunk := ring(at=NOW):
        rung += chunk
    each = (time.perf_counter() - begin) * 1000 / max(1, rung)
    part.add(Figure(f"All that are due rung ({rung:,} steps), each with ledger and history", each, "ms each"))
    _, _, took = cpu_ms(earliest_alarm, times=50)
    part.add(Figure("When the next one is due", took, "ms", FOUND_MS, True))


def _one_case(part: Part) -> None:
    key = db.value("SELECT max(id) FROM conversations_conversation WHERE category = 'open' AND merged_into_id IS NULL")
    keep_promises([key], by=SYSTEM, at=NOW)
    cpu, _, took = cpu_ms(lambda: keep_promises([key], by=SYSTEM, at=NOW), times=200)
    part.add(Figure("The clocks of a case looked after, nothing changed", took, "ms", remark=f"{cpu:.2f} ms CPU"))
    keys = [
        row.id
        for row in db.rows(
            "SELECT id FROM conversations_conversation WHERE category = 'open' AND merged_into_id IS NULL LIMIT 200"
        )
    ]
    begin = time.perf_counter()
    keep_promises(keys, by=SYSTEM, at=NOW)
    part.add(
        Figure("Clocks begun for 200 cases at once", (time.perf_counter() - begin) * 1000 / len(keys), "ms a case")
    )
