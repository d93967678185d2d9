"""The policy is drafted and switched on; what was decided is kept to try a new one on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from careline.domain.approvals.models import Policy
from careline.domain.approvals.rules.deciding import Decision
from careline.domain.approvals.rules.facts import Facts
from careline.domain.approvals.rules.policies import PolicyRule
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.kit import db

KEPT = timedelta(days=400)


@transaction.atomic
def save_draft(rules: Sequence[PolicyRule], *, note: str, author: int | None, by: Actor, at: datetime) -> int:
    """The one draft says this from now on; its key. Of each rule it is kept who wrote it as it stands."""
    row = Policy.objects.select_for_update().filter(valid_from=None).first()
    kept = [rule.kept() for rule in rules]
    said = {
        "rules": kept,
        "note": note,
        "author_id": author,
        "authors": _authors(kept, author, row, at=at),
        "written_at": at,
    }
    if row is None:
        row = Policy.objects.create(**said)
    else:
        Policy.objects.filter(pk=row.pk).update(**said)
    record(Happening("policy.drafted", "policy", row.pk, data={"rules": len(rules)}), by=by, at=at)
    return int(row.pk)


def _authors(rules: Sequence[dict[str, Any]], author: int | None, held: Any, *, at: datetime) -> dict[str, int]:
    """Of a rule that stands as it did, whoever wrote it before: in the draft, else in what holds or is to hold."""
    known: dict[str, tuple[Any, Any]] = {}
    newest = Policy.objects.filter(valid_from__isnull=False).order_by("valid_from", "pk").last()
    for version in (newest, held):
        if version is not None:
            known |= {one["id"]: (one, version.authors.get(one["id"])) for one in version.rules}
    found = {}
    for rule in rules:
        before, wrote = known.get(rule["id"], (None, None))
        who = wrote if before == rule else author
        if who is not None:
            found[rule["id"]] = int(who)
    return found


@transaction.atomic
def drop_draft(*, by: Actor, at: datetime) -> bool:
    row = Policy.objects.select_for_update().filter(valid_from=None).first()
    if row is None:
        return False
    key = row.pk
    row.delete()
    record(Happening("policy.dropped", "policy", key), by=by, at=at)
    return True


@transaction.atomic
def switch_on(*, valid_from: datetime, by: Actor, at: datetime) -> int | None:
    """The draft holds from then on; its key. None where there is none."""
    row = Policy.objects.select_for_update().filter(valid_from=None).first()
    if row is None:
        return None
    Policy.objects.filter(pk=row.pk).update(
        valid_from=valid_from, switched_on_by_id=by.id if by.kind is ActorKind.AGENT else None
    )
    data = {"from": valid_from.isoformat(), "rules": len(row.rules)}
    record(Happening("policy.switched_on", "policy", row.pk, data=data), by=by, at=at)
    return int(row.pk)


def note_decision(action: str, decision: Decision, *, facts: Facts, agent: int, at: datetime) -> None:
    """Kept for trying policies; what came of it stands in history."""
    db.execute(
        """INSERT INTO approvals_decision (at, agent_id, action, facts, outcome, code, rule, policy_id, exceeded, conversation_id, customer_id)
           VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)""",
        [
            at, agent, action, db.json(facts.kept()), decision.outcome, decision.code, decision.rule_id, decision.version or None,
            decision.exceeded.code if decision.exceeded else "", facts.case, facts.customer,
        ],
    )  # fmt: skip


def forget_decisions(*, at: datetime) -> int:
    """What is older than 400 days goes, some thousands at a time."""
    return db.execute(
        "DELETE FROM approvals_decision WHERE id IN (SELECT id FROM approvals_decision WHERE at < %s LIMIT 5000)",
        [at - KEPT],
    )
