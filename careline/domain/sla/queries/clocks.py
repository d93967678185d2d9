"""The clocks of cases, their ledger, and what is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.sla.queries.policies import Measures
from careline.domain.sla.rules.clocks import Clock, Terms, left_at
from careline.domain.sla.rules.policies import Facts
from careline.kit import db

# The topic with those above it, so that a promise about one holds for all below it.
_TOPICS = """CASE WHEN c.topic_id IS NOT NULL THEN ARRAY(WITH RECURSIVE above (id, parent_id) AS (
    SELECT t.id, t.parent_id FROM conversations_topic t WHERE t.id = c.topic_id
    UNION SELECT t.id, t.parent_id FROM conversations_topic t JOIN above ON t.id = above.parent_id) SELECT id FROM above)
    ELSE '{}' END"""
# FOR UPDATE: whoever keeps the promises of a case holds it, and its clocks, until they are written.
_CASES = f"""
SELECT c.id, c.number, c.customer_id, c.category, c.waiting_since, c.first_responded_at, c.created_at, c.is_spam, c.merged_into_id,
    c.channel_id, coalesce(ch.kind, '') AS channel_kind, c.topic_id, {_TOPICS} AS topics, c.priority, c.brand_id, c.team_id, c.language,
    c.next_due_at, c.due_kind, c.first_response_due_at, c.resolution_due_at, coalesce(cu.fields, '{{}}') AS customer_fields,
    coalesce(o.fields, '{{}}') AS company_fields
FROM conversations_conversation c LEFT JOIN channels_channel ch ON ch.id = c.channel_id
LEFT JOIN customers_customer cu ON cu.id = c.customer_id LEFT JOIN customers_organisation o ON o.id = cu.organisation_id
WHERE c.id = ANY(%s) ORDER BY c.id
"""
_LATEST = """
SELECT * FROM sla_clock WHERE id = ANY(ARRAY(
    SELECT max(id) FROM sla_clock WHERE conversation_id = ANY(%s) GROUP BY conversation_id, kind)) ORDER BY id
"""
_LEDGER = """
SELECT e.id, e.kind, e.name, e.at, e.due_at, e.left_seconds, e.reason, e.policy_id, e.actor_kind, e.actor_id,
    coalesce(p.name, '') AS policy_name, CASE WHEN e.actor_kind = 'agent' THEN coalesce(a.name, '') ELSE '' END AS actor_name
FROM sla_entry e LEFT JOIN sla_policy p ON p.id = e.policy_id
LEFT JOIN staff_agent a ON e.actor_kind = 'agent' AND a.id = e.actor_id
WHERE e.conversation_id = %s ORDER BY e.id DESC LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Promise:
    """A clock as people see it. `left_seconds` in its own time (open time where `is_business`), negative once it is over."""

    clock: Clock
    left_seconds: int
    calendar_name: str

    @property
    def state(self) -> str:
        """running, paused, broken (and still running), met or cancelled."""
        clock = self.clock
        if clock.cancelled_at is not None:
            return "cancelled"
        if clock.met_at is not None:
            return "met"
        if clock.broken_at is not None:
            return "broken"
        return "running" if clock.is_running else "paused"


def promises_of(conversation: int, *, at: datetime) -> list[Promise]:
    """The newest clock of each kind, with what is left of it."""
    found = latest_clocks([conversation]).get(conversation, {})
    measures = Measures(clocks=found.values())
    told = []
    for clock in found.values():
        measure = measures.of(clock.terms, clock.running_since or clock.started_at)
        left = left_at(clock, at=clock.met_at or clock.cancelled_at or at, measure=measure)
        told.append(Promise(clock, left, measures.names.get(clock.terms.calendar or 0, "")))
    return told


def ledger_of(conversation: int, *, limit: int = 100) -> list[Any]:
    """What became of the clocks of a case, newest first, with the names of policies and colleagues."""
    return db.rows(_LEDGER, [conversation, limit])


def latest_clocks(conversations: Sequence[int], *, locked: bool = False) -> dict[int, dict[str, Clock]]:
    """The newest clock of each kind, by case."""
    found: dict[int, dict[str, Clock]] = {}
    for row in db.rows(_LATEST + (" FOR UPDATE" if locked else ""), [list(conversations)]):
        found.setdefault(row.conversation_id, {})[row.kind] = clock_of(row)
    return found


def cases_of(conversations: Sequence[int], *, locked: bool = False) -> list[Any]:
    """As much of these cases as policies and clocks go by."""
    return db.rows(_CASES + (" FOR UPDATE OF c" if locked else ""), [list(conversations)], prepared=True)


def earliest_alarm() -> datetime | None:
    """When the next clock is to warn, or breaks its promise."""
    return db.value("SELECT min(alarm_at) FROM sla_clock WHERE alarm_at IS NOT NULL")


def earliest_recount() -> datetime | None:
    return db.value("SELECT min(due_at) FROM sla_recount WHERE due_at IS NOT NULL")


def facts_of(case: Any) -> Facts:
    return Facts(
        case.channel_id, case.channel_kind, tuple(case.topics), case.priority, case.brand_id, case.team_id, case.language,
        case.customer_fields, case.company_fields,
    )  # fmt: skip


def clock_of(row: Any) -> Clock:
    pairs = zip(row.ran[::2], row.ran[1::2], strict=True)
    return Clock(
        kind=row.kind, terms=Terms(row.policy_id, row.seconds, row.is_business, row.calendar_key, row.warn_percent),
        started_at=row.started_at, id=row.id, ran=tuple(pairs), running_since=row.running_since, due_at=row.due_at,
        warn_at=row.warn_at, warned_at=row.warned_at, broken_at=row.broken_at, met_at=row.met_at,
        cancelled_at=row.cancelled_at, paused_at=row.paused_at, left=row.left_seconds, is_fallback=row.is_fallback,
    )  # fmt: skip
