"""Keeping the clocks of cases as the cases stand, and ringing those whose moment has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands.promised import note_due
from careline.domain.history.actor import SYSTEM, Actor
from careline.domain.history.commands import Happening, record
from careline.domain.sla.queries.clocks import cases_of, clock_of, facts_of, latest_clocks
from careline.domain.sla.queries.policies import Measures, policies
from careline.domain.sla.rules.clocks import ACKNOWLEDGEMENT, FIRST_RESPONSE, RESOLUTION, Clock, alarms, met
from careline.domain.sla.rules.keeping import Kept, Standing, Step, kept, next_due, shown_due
from careline.domain.sla.rules.policies import policy_for
from careline.kit import db

_WRITE = """
WITH written AS (
    INSERT INTO sla_clock (id, conversation_id, kind, policy_id, seconds, is_business, calendar_key, warn_percent, is_fallback, started_at,
        ran, running_since, due_at, warn_at, alarm_at, warned_at, broken_at, met_at, cancelled_at, paused_at, left_seconds)
    SELECT coalesce(n.id, nextval(pg_get_serial_sequence('sla_clock', 'id'))), n.conversation, n.kind, n.policy, n.seconds, n.is_business,
        n.calendar, n.warn_percent, n.is_fallback, n.started_at, n.ran, n.running_since, n.due_at, n.warn_at, n.alarm_at, n.warned_at,
        n.broken_at, n.met_at, n.cancelled_at, n.paused_at, n."left"
    FROM jsonb_to_recordset(%s) AS n (id bigint, conversation bigint, kind text, policy bigint, seconds int, is_business bool, calendar bigint,
        warn_percent smallint, is_fallback bool, started_at timestamptz, ran timestamptz[], running_since timestamptz, due_at timestamptz,
        warn_at timestamptz, alarm_at timestamptz, warned_at timestamptz, broken_at timestamptz, met_at timestamptz,
        cancelled_at timestamptz, paused_at timestamptz, "left" int)
    ON CONFLICT (id) DO UPDATE SET policy_id = excluded.policy_id, seconds = excluded.seconds, is_business = excluded.is_business,
        calendar_key = excluded.calendar_key, warn_percent = excluded.warn_percent, is_fallback = excluded.is_fallback,
        started_at = excluded.started_at, ran = excluded.ran, running_since = excluded.running_since, due_at = excluded.due_at,
        warn_at = excluded.warn_at, alarm_at = excluded.alarm_at, warned_at = excluded.warned_at, broken_at = excluded.broken_at,
        met_at = excluded.met_at, cancelled_at = excluded.cancelled_at, paused_at = excluded.paused_at, left_seconds = excluded.left_seconds)
INSERT INTO sla_entry (conversation_id, kind, name, at, due_at, left_seconds, reason, policy_id, actor_kind, actor_id)
SELECT n.conversation, n.kind, n.name, n.at, n.due_at, n."left", n.reason, n.policy, n.actor_kind, n.actor_id
FROM jsonb_to_recordset(%s) AS n (conversation bigint, kind text, name text, at timestamptz, due_at timestamptz, "left" int, reason text,
    policy bigint, actor_kind text, actor_id bigint)
"""
_DUE = """
SELECT k.*, c.number, c.customer_id FROM sla_clock k JOIN conversations_conversation c ON c.id = k.conversation_id
WHERE k.alarm_at <= %s ORDER BY k.alarm_at, k.id LIMIT %s FOR UPDATE OF k SKIP LOCKED
"""
_BY_ITSELF = ("warned", "broken")


def keep_promises(conversations: Sequence[int], *, by: Actor, at: datetime) -> int:
    """Brings the clocks of these cases to where the cases stand now; of how many cases something became.

    Asked twice it changes nothing. Holds the cases (in the order of their ids) and their clocks until the transaction ends.
    """
    return keep_promises_of_many(dict.fromkeys(conversations, by), at=at)


@transaction.atomic
def keep_promises_of_many(moved_by: Mapping[int, Actor], *, at: datetime) -> int:
    """The same at once for cases that each somebody else moved: who moved it, by case."""
    conversations = list(moved_by)
    cases = cases_of(conversations, locked=True)
    latest = latest_clocks(conversations, locked=True)
    known = policies()
    measures = Measures(known, (clock for held in latest.values() for clock in held.values() if not clock.is_over))
    told: list[tuple[Any, Kept]] = []
    for case in cases:
        result = kept(
            _standing(case),
            latest.get(case.id, {}),
            policy_for(known, facts_of(case)),
            calendar=measures.default,
            measure_of=measures.of,
            at=at,
        )
        told.append((case, result))
    note_due(rows for case, result in told if (rows := _due_columns(case, result)) is not None)
    moved = [(case, result) for case, result in told if result.steps]
    _write([(case, step) for case, result in moved for step in result.steps], moved_by=moved_by)
    return len(moved)


@transaction.atomic
def ring(*, at: datetime, limit: int = 200) -> int:
    """Warns and breaks what is due by then, each as of its own moment; how many clocks. What others hold is left to them."""
    rung: list[tuple[Any, Step]] = []
    for row in db.rows(_DUE, [at, limit]):
        name, moment, clock = next(alarms(clock_of(row), upto=at))
        case = _Rung(row.conversation_id, row.number, row.customer_id)
        rung.append((case, Step(name, moment, clock)))
    _write(rung, moved_by={})
    return len(rung)


@transaction.atomic
def acknowledged(conversation: int, *, by: Actor, at: datetime) -> None:
    """The customer was told that we have their message: that promise is kept. Nothing where there was none."""
    clock = latest_clocks([conversation], locked=True).get(conversation, {}).get(ACKNOWLEDGEMENT)
    if clock is None or clock.is_over:
        return
    measure = Measures(clocks=[clock]).of(clock.terms, clock.running_since or at)
    steps = [Step(name, moment, after) for name, moment, after in alarms(clock, upto=at)]
    last = steps[-1].clock if steps else clock
    case = cases_of([conversation])[0]
    _write(
        [(case, step) for step in (*steps, Step("met", at, met(last, at=at, measure=measure)))],
        moved_by={conversation: by},
    )
    keep_promises([conversation], by=by, at=at)


class _Rung:
    """As much of a case as a happening names."""

    def __init__(self, key: int, number: int, customer: int | None) -> None:
        self.id, self.number, self.customer_id = key, number, customer


def _standing(case: Any) -> Standing:
    return Standing(
        case.category, case.waiting_since, case.first_responded_at is not None, case.created_at,
        is_counted=not case.is_spam and case.merged_into_id is None,
    )  # fmt: skip


def _due_columns(case: Any, result: Kept) -> dict[str, Any] | None:
    """What stands on the case of its clocks, where that is other than what stands there now."""
    due, kind = next_due(result.clocks.values())
    first, resolution = (shown_due(result.clocks.get(one)) for one in (FIRST_RESPONSE, RESOLUTION))
    if (due, kind, first, resolution) == (
        case.next_due_at, case.due_kind, case.first_response_due_at, case.resolution_due_at,
    ):  # fmt: skip
        return None
    return {"id": case.id, "due": _text(due), "kind": kind, "first": _text(first), "resolution": _text(resolution)}


def _write(steps: Sequence[tuple[Any, Step]], *, moved_by: Mapping[int, Actor]) -> None:
    """The clocks as the last step of each left them, a line of the ledger and a happening for every step.

    What became of a case that nobody moved, as an alarm, is the house's own doing.
    """
    if not steps:
        return
    last = {(case.id, step.clock.kind): step.clock for case, step in steps}
    db.send(
        _WRITE,
        [
            db.json([_row(case, clock) for (case, _), clock in last.items()]),
            db.json([_entry(case, step, _actor(case, step, moved_by)) for case, step in steps]),
        ],
    )
    told: dict[tuple[Actor, datetime], list[Happening]] = {}
    for case, step in steps:
        told.setdefault((_actor(case, step, moved_by), step.at), []).append(_happening(case, step))
    for (actor, at), happenings in told.items():
        record(*happenings, by=actor, at=at)


def _happening(case: Any, step: Step) -> Happening:
    clock = step.clock
    data = {
        "kind": clock.kind,
        "policy": clock.terms.policy,
        "due_at": _text(clock.due_at),
        "left": clock.left,
        "reason": step.reason,
    }
    return Happening(f"sla.{step.name}", "conversation", case.number, case.id, case.customer_id, data)


def _actor(case: Any, step: Step, moved_by: Mapping[int, Actor]) -> Actor:
    return SYSTEM if step.name in _BY_ITSELF else moved_by.get(case.id, SYSTEM)


def _row(case: int, clock: Clock) -> dict[str, Any]:
    moments = ("started_at", "running_since", "due_at", "warn_at", "alarm_at", "warned_at", "broken_at", "met_at",
               "cancelled_at", "paused_at")  # fmt: skip
    terms = clock.terms
    return {
        "id": clock.id, "conversation": case, "kind": clock.kind, "policy": terms.policy, "seconds": terms.seconds,
        "is_business": terms.is_business, "calendar": terms.calendar, "warn_percent": terms.warn_percent,
        "is_fallback": clock.is_fallback, "left": clock.left,
        "ran": [moment.isoformat() for stretch in clock.ran for moment in stretch],
    } | {name: _text(getattr(clock, name)) for name in moments}  # fmt: skip


def _entry(case: Any, step: Step, actor: Actor) -> dict[str, Any]:
    clock = step.clock
    return {
        "conversation": case.id, "kind": clock.kind, "name": step.name, "at": step.at.isoformat(), "due_at": _text(clock.due_at),
        "left": clock.left, "reason": step.reason, "policy": clock.terms.policy, "actor_kind": actor.kind.value, "actor_id": actor.id,
    }  # fmt: skip


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
