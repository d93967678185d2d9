"""Requests are opened, go from step to step, are decided and carried out, and end. Guarded: flows only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.approvals.queries.deadlines import due_after, due_after_seconds, seconds_left
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.domain.requests.errors import NotFound
from careline.domain.requests.queries.requests import steps_of
from careline.domain.requests.queries.types import TypeRow
from careline.domain.requests.rules.content import PAPERS, Content
from careline.domain.requests.rules.progress import CLOSED, OPEN, WAITING, WITHDRAWN, next_step
from careline.kit import db
from careline.kit.money import Money

_OPEN = """
INSERT INTO requests_request (type_id, version_id, conversation_id, customer_id, state, "values", amount, currency, origin, opened_by_id,
    opened_at, outcome, reason, words, changes)
VALUES (%(type)s, %(version)s, %(case)s, %(customer)s, 'open', %(values)s, %(amount)s, %(currency)s, %(origin)s, %(agent)s, %(at)s, '', '',
    '', 1) RETURNING id
"""
_STEP = """
INSERT INTO requests_step (request_id, position, key, kind, state, team_id, skill_id, words)
VALUES (%s, %s, %s, %s, 'ahead', (SELECT id FROM staff_team WHERE id = %s), (SELECT id FROM staff_skill WHERE id = %s), '')
"""


@dataclass(frozen=True, slots=True)
class NewRequest:
    """`values` as the type's fields keep them; `origin`: case, api or portal."""

    type: TypeRow
    customer: int
    conversation: int
    number: int
    values: Mapping[str, Any] = field(default_factory=dict)
    money: Money | None = None
    origin: str = "case"


def held_by(key: int) -> Any:
    """Whose it is and in which case: what is held before it (customer_id, conversation_id). Raises NotFound."""
    row = db.row("SELECT customer_id, conversation_id FROM requests_request WHERE id = %s", [key])
    if row is None:
        raise NotFound(f"There is no service request {key}.")
    return row


def held(key: int) -> Any:
    """Its row, held until the transaction ends; after the customer's and the case's. Raises NotFound."""
    row = db.row("SELECT * FROM requests_request WHERE id = %s FOR UPDATE", [key])
    if row is None:
        raise NotFound(f"There is no service request {key}.")
    return row


@transaction.atomic
def open_request(new: NewRequest, *, by: Actor, at: datetime) -> int:
    """Its key; the first step is under way."""
    key = int(
        db.value(
            _OPEN,
            {
                "type": new.type.id, "version": new.type.version_id, "case": new.conversation, "customer": new.customer,
                "values": db.json(dict(new.values)), "amount": new.money.minor if new.money else None,
                "currency": new.money.currency if new.money else "", "origin": new.origin, "agent": _agent(by), "at": at,
            },
        )
    )  # fmt: skip
    content = new.type.content
    db.execute_all(
        _STEP, [[key, n, step.key, step.kind, step.team, step.skill] for n, step in enumerate(content.steps)]
    )
    data = {"type": new.type.code, "version": new.type.version, "origin": new.origin}
    record(
        Happening("service_request.opened", "service_request", key, new.conversation, new.customer, data), by=by, at=at
    )
    advance(held(key), content, by=by, at=at)
    return key


@transaction.atomic
def advance(row: Any, content: Content, *, by: Actor, at: datetime) -> Any | None:
    """The next step begins; where none is left the request is finished. The step, as its row."""
    steps = steps_of([row.id])
    step, skipped = next_step(steps, outcome=row.outcome)
    if skipped:
        db.execute(
            "UPDATE requests_step SET state = 'skipped' WHERE request_id = %s AND position = ANY(%s)", [row.id, skipped]
        )
    if step is None:
        _set_state(row, CLOSED, at=at)
        say("finished", row, {"outcome": row.outcome}, by=by, at=at)
        return None
    planned = content.steps[step.position]
    db.execute(
        "UPDATE requests_step SET state = 'current', begun_at = %s, due_at = %s WHERE id = %s",
        [at, due_after(planned.hours, at=at) if planned.hours else None, step.id],
    )
    say(
        "step_begun",
        row,
        {"step": step.key, "kind": step.kind, "team": step.team_id, "skill": step.skill_id},
        by=by,
        at=at,
    )
    if step.kind == PAPERS:
        for paper in content.papers:
            ask_paper(row.id, paper.key, at=at)
        wait(row, at=at)
    return step


@transaction.atomic
def finish_step(row: Any, step: Any, *, words: str = "", by: Actor, at: datetime) -> None:
    db.execute(
        """UPDATE requests_step SET state = 'done', done_at = %s, done_by_id = %s, words = %s, due_at = NULL, seconds_left = NULL
           WHERE id = %s""",
        [at, _agent(by), words, step.id],
    )
    db.execute("UPDATE requests_request SET changes = changes + 1 WHERE id = %s", [row.id])
    say("step_done", row, {"step": step.key, "kind": step.kind}, by=by, at=at)


def wait(row: Any, *, at: datetime) -> None:
    """For the customer: the deadline of the step stands still."""
    _set_state(row, WAITING, at=at)
    step = db.row("SELECT id, due_at FROM requests_step WHERE request_id = %s AND state = 'current'", [row.id])
    if step is not None and step.due_at is not None:
        left = seconds_left(step.due_at, at=at)
        db.execute("UPDATE requests_step SET seconds_left = %s, due_at = NULL WHERE id = %s", [left, step.id])


def go_on(row: Any, *, at: datetime) -> None:
    """The customer has done their part: what was left of the deadline runs from now."""
    _set_state(row, OPEN, at=at)
    step = db.row("SELECT id, seconds_left FROM requests_step WHERE request_id = %s AND state = 'current'", [row.id])
    if step is not None and step.seconds_left is not None:
        due = due_after_seconds(step.seconds_left, at=at)
        db.execute("UPDATE requests_step SET due_at = %s, seconds_left = NULL WHERE id = %s", [due, step.id])


@transaction.atomic
def ask_decision(row: Any, approval: int, *, by: Actor, at: datetime) -> None:
    """Somebody with more authority is asked."""
    db.execute("UPDATE requests_request SET approval = %s, changes = changes + 1 WHERE id = %s", [approval, row.id])
    say("approval_asked", row, {"approval": approval}, by=by, at=at)


@transaction.atomic
def offer(row: Any, minor: int, *, reason: str, words: str, use: int | None = None, by: Actor, at: datetime) -> None:
    """Another amount is offered; the customer answers. `use`: by what of somebody's authority, where nobody had to be asked."""
    db.execute(
        "UPDATE requests_request SET offer = %s, reason = %s, words = %s WHERE id = %s",
        [db.json({"amount": minor} | ({"use": use} if use is not None else {})), reason, words, row.id],
    )
    wait(row, at=at)
    say("offered", row, {"amount": minor, "currency": row.currency, "reason": reason}, by=by, at=at)


@transaction.atomic
def drop_offer(row: Any, *, by: Actor, at: datetime) -> None:
    """The customer does not want it: it is decided anew."""
    db.execute("UPDATE requests_request SET offer = NULL WHERE id = %s", [row.id])
    go_on(row, at=at)
    say("offer_declined", row, {}, by=by, at=at)


@transaction.atomic
def decide(
    row: Any, outcome: str, *, minor: int | None = None, reason: str = "", words: str = "", by: Actor, at: datetime
) -> None:
    """Approved or denied, once. `minor`: the amount that was approved, where it is another."""
    db.execute(
        """UPDATE requests_request SET outcome = %(outcome)s, reason = %(reason)s, words = %(words)s, amount = coalesce(%(minor)s, amount),
               offer = NULL, decided_by_id = %(agent)s, decided_at = %(at)s WHERE id = %(id)s""",
        {
            "outcome": outcome, "reason": reason, "words": words, "minor": minor, "agent": _agent(by), "at": at, "id": row.id,
        },
    )  # fmt: skip
    go_on(row, at=at)
    say(outcome, row, {"amount": minor or row.amount, "currency": row.currency, "reason": reason}, by=by, at=at)


@transaction.atomic
def note_carried(row: Any, data: Mapping[str, Any], *, by: Actor, at: datetime) -> bool:
    """What was approved has been done; False where it was before."""
    done = db.execute(
        "UPDATE requests_request SET carried = %s, carried_at = %s, changes = changes + 1 WHERE id = %s AND carried_at IS NULL",
        [db.json(dict(data)), at, row.id],
    )
    if done:
        say("carried_out", row, data, by=by, at=at)
    return bool(done)


@transaction.atomic
def withdraw(row: Any, *, by: Actor, at: datetime) -> None:
    """The customer needs it no more."""
    db.execute(
        "UPDATE requests_step SET state = 'skipped', due_at = NULL WHERE request_id = %s AND state IN ('ahead', 'current')",
        [row.id],
    )
    db.execute("UPDATE requests_request SET offer = NULL WHERE id = %s", [row.id])
    _set_state(row, WITHDRAWN, at=at)
    say("withdrawn", row, {}, by=by, at=at)


@transaction.atomic
def note_late(*, by: Actor, at: datetime, limit: int = 200) -> int:
    """Steps whose deadline has passed are said to be late, once; how many."""
    found = db.rows(
        """UPDATE requests_step s SET late_at = s.due_at FROM requests_request r
           WHERE r.id = s.request_id AND s.id IN (
               SELECT id FROM requests_step WHERE state = 'current' AND late_at IS NULL AND due_at <= %s
               ORDER BY due_at LIMIT %s FOR UPDATE SKIP LOCKED)
           RETURNING r.id, r.conversation_id, r.customer_id, s.key, s.team_id""",
        [at, limit],
    )
    for row in found:
        say("late", row, {"step": row.key, "team": row.team_id}, by=by, at=at)
    return len(found)


def ask_paper(request: int, key: str, *, at: datetime) -> None:
    """Asked for once at a time."""
    db.execute(
        """INSERT INTO requests_paper (request_id, key, state, name, media_type, size, reason, asked_at)
           VALUES (%s, %s, 'asked', '', '', 0, '', %s) ON CONFLICT DO NOTHING""",
        [request, key, at],
    )


def say(what: str, row: Any, data: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    happening = Happening(
        f"service_request.{what}", "service_request", row.id, row.conversation_id, row.customer_id, dict(data)
    )
    record(happening, by=by, at=at)


def _set_state(row: Any, state: str, *, at: datetime) -> None:
    db.execute(
        """UPDATE requests_request SET state = %(state)s, changes = changes + 1,
               closed_at = CASE WHEN %(state)s IN ('done', 'withdrawn') THEN %(at)s END WHERE id = %(id)s""",
        {"state": state, "at": at, "id": row.id},
    )


def _agent(by: Actor) -> int | None:
    return by.id if by.kind is ActorKind.AGENT else None
