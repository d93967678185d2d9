"""Cases leave as rows: as CSV, Parquet and Excel, by the way the worker makes them; and what the outlook costs."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings

from bench.counts import _agents
from bench.figures import Figure, Part, cpu_ms
from bench.wall import _cpu_of
from careline.domain.history.actor import agent
from careline.domain.reports.commands import exports as kept
from careline.domain.reports.queries.forecast import outlook_of
from careline.domain.reports.rules.rows import KINDS
from careline.domain.staff.granting import ensure_roles
from careline.domain.staff.queries import person
from careline.domain.staff.rules import Person
from careline.flows import export_rows
from careline.flows.case_columns import columns_named
from careline.kit import db
from careline.kit.sheets.excel import write_excel

SECONDS, MEGABYTES, EXCEL_ROWS, EXCEL_A_SECOND = 60, 200, 100_000, 8_000
COLUMNS = tuple(KINDS)[:20]
_FACTS = """
INSERT INTO case_fact (conversation_id, number, version, why_not, is_restricted, category, channel_id, channel_kind, brand_id, team_id, agent_id,
    topic_id, product_ids, order_ids, customer_id, priority, language, opened_at, opened_on, incoming, replies, reopenings, transfers,
    first_response_seconds, open_spans, span_days)
SELECT c.id, c.number, 1, '', c.restricted_to IS NOT NULL, c.category, c.channel_id, 'email', c.brand_id, c.team_id, c.assignee_id, c.topic_id,
    '{}', '{}', c.customer_id, c.priority, c.language, c.created_at, c.created_at::date, 1, 1, 0, 0, 3600, '{}', '{}'
FROM conversations_conversation c WHERE NOT c.is_spam AND c.merged_into_id IS NULL ON CONFLICT DO NOTHING
"""


def measure(part: Part) -> None:
    ensure_roles()  # the folder may be older than the verb
    _facts()
    lead = person(_agents()[0].id)
    assert lead is not None
    now, backend = datetime.now(UTC), db.value("SELECT pg_backend_pid()")
    for format in ("csv", "parquet"):
        ours, theirs = time.process_time(), _cpu_of(backend)
        rows, seconds, size = _exported(lead, format, now)
        ours, theirs = time.process_time() - ours, _cpu_of(backend) / 1000 - theirs / 1000
        words = f"{rows:,} rows of {len(COLUMNS)} columns, {size / 1e6:,.0f} MB; CPU {ours:.0f} s ours, {theirs:.0f} s the database's"
        part.add(Figure(f"All cases as {format}", seconds * 1_000_000 / rows, "s for 1,000,000", SECONDS, True, words))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    part.add(Figure("Memory of the process that made them", most, "MB", MEGABYTES, True))
    part.add(_excel(lead, now))
    _, _, took = cpu_ms(lambda: outlook_of(lead, at=now), times=3)
    part.add(Figure("The outlook on four weeks", took, "ms"))


def _excel(lead: Person, now: datetime) -> Figure:
    """The first hundred thousand: more would tell nothing else."""
    rows = list(_first(lead, EXCEL_ROWS, now))
    columns = columns_named(COLUMNS, "en")
    with TemporaryDirectory() as folder:
        ours, began = time.process_time(), time.perf_counter()
        write_excel(Path(folder) / "cases.xlsx", columns, rows, zone=UTC, name="Cases")
        seconds, ours = time.perf_counter() - began, time.process_time() - ours
    words = f"{len(rows):,} rows; {len(rows) / ours:,.0f} for each second of CPU"
    return Figure("As Excel, its writing", len(rows) / seconds, "rows/s", EXCEL_A_SECOND, remark=words)


def _first(lead: Person, most: int, now: datetime) -> Iterator[Any]:
    after = None
    while most > 0:
        _, found = export_rows.case_rows(lead, export_rows.Wanted(), COLUMNS, after=after, limit=5_000, at=now)
        if not found:
            return
        yield from (row[:-1] for row in found)
        after, most = found[-1].key, most - len(found)


def _exported(lead: Person, format: str, now: datetime) -> tuple[int, float, int]:
    """(rows, seconds, bytes)."""
    key = kept.ask(
        lead.id, format=format, columns=list(COLUMNS), wanted={}, total=0, due_at=now, by=agent(lead.id), at=now
    )  # fmt: skip
    began = time.perf_counter()
    export_rows.make_due_export(at=now, key=key)
    seconds = time.perf_counter() - began
    row = db.row("SELECT written, size, parcel, words FROM reports_export WHERE id = %s", [key])
    assert row is not None and row.parcel, row
    (Path(settings.DATA) / "exports" / row.parcel).unlink()
    kept.drop(key, agent=lead.id)
    return row.written, seconds, row.size


def _facts() -> None:
    if not db.value("SELECT count(*) FROM case_fact"):
        db.execute(_FACTS)
        db.execute("ANALYZE case_fact")
