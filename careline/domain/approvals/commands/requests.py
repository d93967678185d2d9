"""Requests are asked, put before the next person, settled once, and carried out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.approvals.models import Request, Step
from careline.domain.approvals.rules.deciding import Decision
from careline.domain.approvals.rules.facts import Facts
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.kit import db

WAITING, APPROVED, DENIED, WITHDRAWN, FAILED = "waiting", "approved", "denied", "withdrawn", "failed"
ASKED, DELEGATED, SILENT, GONE, NOBODY, REMINDED = "asked", "delegated", "silent", "gone", "nobody", "reminded"


@dataclass(frozen=True, slots=True)
class NewRequest:
    """`subject`: (kind, key) of what it is about; `params`: what carrying it out needs, ids, codes and numbers only."""

    action: str
    subject: tuple[str, int]
    facts: Facts
    decision: Decision
    digest: str
    words: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def ask(new: NewRequest, *, approver: int | None, due_at: datetime, by: Actor, at: datetime) -> int:
    """Its key. Where exactly this waits already, the database refuses (IntegrityError): ask `waiting_like` before."""
    amount, decision = new.facts.amount, new.decision
    row = Request.objects.create(
        action=new.action, subject_kind=new.subject[0], subject_key=new.subject[1], conversation_id=new.facts.case,
        customer_id=new.facts.customer, asked_by_id=_agent(by), asked_kind=by.kind.value, asked_at=at,
        amount=amount.minor if amount else None, currency=amount.currency if amount else "", facts=new.facts.kept(),
        params=dict(new.params), digest=new.digest, words=new.words, code=decision.code, rule=decision.rule_id,
        policy_id=decision.version or None, needs=decision.approver.kept() if decision.approver else {}, tells=dict(decision.tells),
        hours=decision.hours, approver_id=approver, due_at=due_at,
    )  # fmt: skip
    _step(row.pk, ASKED if approver else NOBODY, to=approver, by=by, at=at, amount=row.amount)
    _say("asked", row, {"to": approver, "code": decision.code, "rule": decision.rule_id}, by=by, at=at)
    return int(row.pk)


def locked(key: int) -> Any | None:
    """The request's row, held until the transaction ends."""
    return db.row("SELECT * FROM approvals_request WHERE id = %s FOR UPDATE", [key])


@transaction.atomic
def put_before(request: Any, *, to: int | None, what: str, due_at: datetime | None, by: Actor, at: datetime) -> None:
    """Somebody else is asked, or (None) nobody could be; `what` says why."""
    Request.objects.filter(pk=request.id).update(approver_id=to, due_at=due_at)
    _step(request.id, what, to=to, by=by, at=at)
    _say("passed_on", request, {"to": to, "from": request.approver_id, "reason": what}, by=by, at=at)


def look_again(request: int, *, due_at: datetime) -> None:
    """Nobody may decide it yet: it is looked for again then."""
    Request.objects.filter(pk=request).update(due_at=due_at)


@transaction.atomic
def settle(
    request: Any,
    state: str,
    *,
    by: Actor,
    at: datetime,
    minor: int | None = None,
    words: str = "",
    on_behalf_of: int | None = None,
) -> None:
    """Decided, or withdrawn: once, by whoever holds its lock. `minor`: the amount that was approved."""
    Request.objects.filter(pk=request.id).update(
        state=state, due_at=None, decided_by_id=_agent(by), on_behalf_of_id=on_behalf_of, decided_at=at, decided_amount=minor, answer=words
    )  # fmt: skip
    _step(request.id, state, to=None, by=by, at=at, amount=minor)
    data = {"minor": minor, "asked_by": request.asked_by_id, "absent": on_behalf_of}
    _say(state, request, data, by=by, at=at)


@transaction.atomic
def note_carried(request: Any, *, data: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """What was approved has been done. `data`: ids of what was made."""
    Request.objects.filter(pk=request.id).update(carried=dict(data))
    _step(request.id, "carried", to=None, by=by, at=at)
    _say("carried_out", request, dict(data), by=by, at=at)


@transaction.atomic
def note_failed(request: Any, *, code: str, sentence: str, by: Actor, at: datetime) -> None:
    """It was approved and could not be done: nothing was, and that is shown."""
    Request.objects.filter(pk=request.id).update(state=FAILED, failure=sentence[:500])
    _step(request.id, FAILED, to=None, by=by, at=at)
    _say("failed", request, {"code": code, "asked_by": request.asked_by_id}, by=by, at=at)


def note_told(request: int, *, message: int | None, untold: str = "") -> None:
    """The customer was told by a message, or could not be, and why."""
    Request.objects.filter(pk=request).update(told_id=message, untold=untold[:500])


def take_due(*, at: datetime) -> Any | None:
    """One that is due by now, held by whoever asks."""
    return db.row(
        """SELECT * FROM approvals_request WHERE due_at <= %s AND state = 'waiting'
           ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED""",
        [at],
    )


def forget_words(conversations: Sequence[int]) -> None:
    """What was written beside requests on these cases goes, and the reason that was given; who allowed what stays."""
    db.execute(
        """UPDATE approvals_request SET words = '', answer = '', facts = facts - 'reason'
           WHERE conversation_id = ANY(%s) AND (words <> '' OR answer <> '' OR facts ? 'reason')""",
        [list(conversations)],
    )
    db.execute(
        "UPDATE approvals_decision SET facts = facts - 'reason' WHERE conversation_id = ANY(%s) AND facts ? 'reason'",
        [list(conversations)],
    )


def use(
    action: str,
    *,
    minor: int,
    currency: str,
    agent: int,
    case: int | None,
    customer: int | None,
    at: datetime,
    request: int | None = None,
) -> int:
    """Something was given by somebody's authority; its key, by which it can be reversed."""
    return int(
        db.value(
            """INSERT INTO approvals_use (at, agent_id, action, amount, currency, conversation_id, customer_id, request_id)
               VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING id""",
            [at, agent, action, minor, currency, case, customer, request],
        )
    )


def hold_uses(agents: Iterable[int], *, customer: int | None) -> None:
    """What these people gave and what the customer was given is counted by one at a time, until the transaction ends."""
    db.lock_words([*(f"given by {agent}" for agent in agents), *([f"given to {customer}"] if customer else [])])


def reverse_use(key: int, *, at: datetime) -> None:
    """It was taken back: it counts no more."""
    db.execute("UPDATE approvals_use SET reversed_at = %s WHERE id = %s AND reversed_at IS NULL", [at, key])


def reverse_uses_of(request: int, *, at: datetime) -> None:
    """What was approved by this request did not come about after all: it counts no more."""
    db.execute("UPDATE approvals_use SET reversed_at = %s WHERE request_id = %s AND reversed_at IS NULL", [at, request])


def lower_use(key: int, *, minor: int, at: datetime) -> None:
    """Less was given than was agreed to: only that counts."""
    if minor <= 0:
        reverse_use(key, at=at)
    else:
        db.execute("UPDATE approvals_use SET amount = %s WHERE id = %s AND amount > %s", [minor, key, minor])


def _step(request: int, what: str, *, to: int | None, by: Actor, at: datetime, amount: int | None = None) -> None:
    Step.objects.create(request_id=request, at=at, what=what, by_agent_id=_agent(by), to_agent_id=to, amount=amount)


def _say(what: str, request: Any, data: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    said = {
        "action": request.action, "asked_minor": request.amount, "currency": request.currency, "subject_kind": request.subject_kind,
        "subject": request.subject_key, **data,
    }  # fmt: skip
    key = request.id
    record(
        Happening(f"approval.{what}", "approval", key, request.conversation_id, request.customer_id, said), by=by, at=at
    )


def _agent(by: Actor) -> int | None:
    return by.id if by.kind is ActorKind.AGENT else None
