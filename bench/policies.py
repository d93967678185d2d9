"""The policy: one question answered by 200 rules of which the last fits, and a draft tried on 10,000 decisions."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from bench.figures import Figure, Part, cpu_ms
from careline.domain.approvals.commands import limits, policies
from careline.domain.approvals.queries.deciding import decide
from careline.domain.approvals.queries.policies import rates_for
from careline.domain.approvals.rules.deciding import decide_by
from careline.domain.approvals.rules.facts import Facts
from careline.domain.approvals.rules.limits import Authority, Limit
from careline.domain.approvals.rules.policies import Book, rules_from
from careline.domain.approvals.rules.simulating import MOST, Decided, simulate
from careline.domain.history.actor import SYSTEM
from careline.domain.staff.queries import person
from careline.kit import clock, db
from careline.kit.money import Money

RULES, MOST_MS = 200, 5.0
FACTS = Facts(
    Money(2500, "EUR"), Money(10000, "EUR"), "damaged", ("bike", "bell"), "gold", "delivered", "email", 20, 12, 8, 2, 1, True
)  # fmt: skip


def measure(part: Part) -> None:
    """What it writes is undone: the install is kept between runs."""
    with transaction.atomic():
        _measured(part)
        transaction.set_rollback(True)


def _measured(part: Part) -> None:
    now = clock.now()
    who = person(int(db.value("SELECT min(id) FROM staff_agent WHERE is_active")))
    assert who is not None, "the install has people"
    limits.save_limit(Limit("refund", money=Money(5000, "EUR"), agent=who.id), by=SYSTEM, at=now)
    written = rules_from([rule(n) for n in range(RULES)])
    policies.save_draft(written, note="", author=who.id, by=SYSTEM, at=now)
    policies.switch_on(valid_from=now, by=SYSTEM, at=now)
    rates = rates_for(FACTS, at=now)
    authority = Authority(who.id, limits=(Limit("refund", money=Money(5000, "EUR"), agent=who.id),))
    book = Book(1, written)
    pure, pure_p99, _wall = cpu_ms(
        lambda: decide_by("refund", facts=FACTS, authority=authority, book=book, rates=rates), times=200
    )
    part.add(Figure("A question answered by 200 rules, CPU", pure, "ms", remark=f"p99 {pure_p99:.2f} ms"))
    cpu, p99, wall = cpu_ms(lambda: decide("refund", facts=FACTS, person=who, at=now), times=200)
    part.add(
        Figure(
            "The same with limits, what was given before and the policy read, CPU",
            cpu,
            "ms",
            MOST_MS,
            True,
            f"p99 {p99:.2f} ms",
        )
    )
    part.add(Figure("Of that with the database, by the clock", wall, "ms"))
    decided = [Decided(now, who.id, "refund", FACTS, "allow", "allowed", "", "", None)] * MOST
    tried, _p99, _took = cpu_ms(lambda: simulate(decided, book=book, authorities={}, rates=rates), times=1)
    part.add(Figure("A draft of 200 rules tried on 10,000 decisions, CPU", tried, "ms"))


def rule(n: int) -> dict[str, Any]:
    """The last one fits; each before it fails at its third condition."""
    when: list[dict[str, Any]] = [
        {"fact": "reason", "is": ["damaged", "wrong item", "late"]}, {"fact": "amount", "over": {"amount": "1.00", "currency": "EUR"}},
        {"fact": "days_since_delivery", "over": 30 + n}, {"fact": "tier", "is_not": "silver"},
    ]  # fmt: skip
    return {
        "id": f"rule_{n}", "name": f"Rule {n}", "actions": ["refund", "return"], "outcome": "allow" if n == RULES - 1 else "deny",
        "when": [] if n == RULES - 1 else when, "sentences": {"en": "No.", "de": "Nein."},
    }  # fmt: skip
