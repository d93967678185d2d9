"""The overview, 30 days against the 30 before, over facts spread evenly over a year: what it costs cold, warm and with filters."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from typing import Any

from django.db import connection

from bench.figures import Figure, Part
from bench.wall import _cpu_of
from careline.domain.reports.queries import remembered
from careline.domain.reports.queries.behind import Number, numbers_behind
from careline.domain.reports.queries.figures import key_sql, sum_sql
from careline.domain.reports.queries.reports import report_of
from careline.domain.reports.rules.asking import Asked, usual
from careline.domain.reports.rules.measures import DIMENSIONS, MEASURES
from careline.domain.staff.rules import Allowed, Person
from careline.kit import db

COLD_MS, WARM_MS, OTHER_MS, TIMES = 300, 30, 3000, 7
_FACTS = """
INSERT INTO case_fact (conversation_id, number, version, why_not, is_restricted, category, channel_id, channel_kind, brand_id, team_id,
    agent_id, topic_id, product_ids, order_ids, customer_id, priority, language, opened_at, opened_on, first_resolved_on, resolved_at,
    resolved_on, rated_on, incoming, replies, reopenings, transfers, first_response_seconds, first_response_business, responses,
    response_seconds, response_business, resolution_seconds, resolution_business, is_first_contact, is_reopened, is_answer_kept,
    is_resolution_kept, is_kept, csat_score, is_satisfied, open_spans, span_days)
SELECT n, n, 1, '', n %% 500 = 0, 'resolved', 1 + n %% 5, 'email', 1 + n %% 3, 1 + n %% 20, 1 + n %% 200, 1 + n * 7 %% 30, '{}', '{}',
    n %% 90000, 1 + n %% 4, (ARRAY['en', 'de', 'ar'])[1 + n %% 3], a.at, a.at::date, a.at::date + 1, a.at + interval '1 day', a.at::date + 1,
    CASE WHEN n %% 5 = 0 THEN a.at::date + 2 END, 2, 1 + n %% 3, n %% 10 / 9, n %% 4 / 3, n %% 9000, n %% 7000, 2, n %% 20000, n %% 12000,
    86400, 28800, n %% 2, n %% 10 / 9, n %% 8 / 1 %% 2, 1, 1, CASE WHEN n %% 5 = 0 THEN 1 + n %% 5 END, CASE WHEN n %% 5 = 0 THEN n %% 2 END,
    ARRAY[a.at, a.at + interval '1 day'], ARRAY[a.at::date, a.at::date + 1]
FROM generate_series(1, %(size)s) n, LATERAL (SELECT %(now)s::timestamptz - (n * 31536000.0 / %(size)s) * interval '1 second' AS at) a
"""


def measure(part: Part, size: int) -> None:
    began = time.monotonic()
    _load(size)
    print(f"  loaded in {time.monotonic() - began:.0f} s", flush=True)
    manager = Person(
        1, "Manager", "", "manager", grants={verb: (Allowed("all"),) for verb in ("report:read", "conversation:read")}
    )
    asked = Asked(*usual(datetime.now(UTC).date()))
    asks = {
        "no filter": asked,
        "one filter": asked.narrowed("team", "3"),
        "two filters": asked.narrowed("team", "3").narrowed("channel", "3"),
        "two wide filters": asked.narrowed("language", "de").narrowed("priority", "2"),
    }
    for words, one in asks.items():
        cold, warm = _cost(lambda one=one: report_of(manager, "overview", one))  # type: ignore[misc]
        part.add(Figure(f"Overview, {words}, cold", cold, "ms CPU", COLD_MS, True, f"{size:,} cases"))
        part.add(Figure(f"Overview, {words}, warm", warm, "ms CPU", WARM_MS, True))
        anew = _cost(lambda one=one: _counted_anew(manager, one))[1]  # type: ignore[misc]
        part.add(Figure(f"Overview, {words}, counted anew", anew, "ms CPU"))
    whole = Asked(*usual(datetime.now(UTC).date(), 365), {"language": "de", "priority": "2"})
    part.add(
        Figure(
            "A year, two filters, all rows",
            _cost(lambda: report_of(manager, "agents", whole), times=2)[0],
            "ms CPU",
            OTHER_MS,
            True,
        )
    )
    behind = _cost(lambda: numbers_behind(manager, asked, Number("kept", 1), limit=51))
    part.add(Figure("The first 50 cases behind a number", behind[1], "ms CPU"))


def _counted_anew(manager: Person, asked: Asked) -> None:
    """As if something had moved since it was told last."""
    remembered._kept.clear()
    report_of(manager, "overview", asked)


def _cost(ask: Callable[[], Any], *, times: int = TIMES) -> tuple[float, float]:
    """ms CPU, ours and the database's: of the first time on a new connection, and of the times after that."""
    connection.close()
    db.execute("SET max_parallel_workers_per_gather = 0")
    backend = db.value("SELECT pg_backend_pid()")
    spent = []
    for _ in range(times + 1):
        mine, theirs = time.thread_time(), _cpu_of(backend)
        ask()
        spent.append((time.thread_time() - mine) * 1000 + _cpu_of(backend) - theirs)
    return spent[0], median(spent[1:])


def _load(size: int) -> None:
    # The state is written last: a load that was cut short is begun anew.
    if db.value("SELECT count(*) FROM case_fact") == size and db.value("SELECT count(*) FROM fact_state"):
        return
    db.execute("TRUNCATE case_fact, fact_day, fact_state")
    db.execute(_FACTS, {"size": size, "now": datetime.now(UTC)})
    for dim in ("", *DIMENSIONS):
        key, _ = key_sql(dim)
        for day in sorted({measure.day for measure in MEASURES.values()}):
            _sum_up(dim, key, day)
        flow = f"""INSERT INTO fact_day (dim, day, key, measure, n, total, business)
            SELECT %s, u.day, {key}, 'flow', count(*), sum(CASE WHEN u.place %% 2 = 1 THEN 1 ELSE -1 END), 0
            FROM case_fact f CROSS JOIN LATERAL unnest(f.span_days) WITH ORDINALITY AS u (day, place)
            WHERE NOT f.is_restricted GROUP BY 2, 3"""
        db.execute(flow, [dim])
    db.execute("INSERT INTO fact_state (one, version, zone) VALUES (true, 1, '') ON CONFLICT DO NOTHING")
    db.execute("INSERT INTO history_reader (name, tx, happening) VALUES ('facts', 1, 1) ON CONFLICT DO NOTHING")
    db.execute("VACUUM ANALYZE case_fact")
    db.execute("VACUUM ANALYZE fact_day")


def _sum_up(dim: str, key: str, day: str) -> None:
    wanted = [measure for measure in MEASURES.values() if measure.day == day]
    sums = ", ".join(sum_sql(measure, n) for n, measure in enumerate(wanted))
    rows = ", ".join(f"('{measure.key}', s.n{n}, s.t{n}, s.b{n})" for n, measure in enumerate(wanted))
    said = f"""INSERT INTO fact_day (dim, day, key, measure, n, total, business)
        SELECT %s, s.day, s.key, m.measure, m.n, m.total, m.business
        FROM (SELECT f.{day} AS day, {key} AS key, {sums} FROM case_fact f WHERE f.{day} IS NOT NULL AND NOT f.is_restricted GROUP BY 1, 2) s,
            LATERAL (VALUES {rows}) AS m (measure, n, total, business) WHERE m.n > 0"""
    db.execute(said, [dim])
