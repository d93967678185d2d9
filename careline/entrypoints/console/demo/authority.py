"""What people of Northwind Bikes may give away, what the company's procedures say of it, and what waits for a decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from careline.domain.approvals.rules.facts import Facts
from careline.domain.approvals.rules.limits import ANY, CASE, DAY, Limit
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.staff.queries import agent_by_id, person
from careline.domain.staff.rules import Forbidden, Person
from careline.domain.staff.standing_in import report_to
from careline.entrypoints.console.demo.house import Northwind
from careline.entrypoints.console.demo.plan import Case
from careline.flows.ask_approval import ask_approval
from careline.flows.authorise import Wish
from careline.flows.decide_approval import decide_approval
from careline.flows.keep_limits import keep_limit, keep_rate
from careline.flows.keep_policies import draft_policy, switch_policy_on
from careline.kit.money import Money

_SUPERIORS = {"ben": "dora", "dora": "gus", "cleo": "gus", "emil": "gus", "fatima": "gus", "gus": "hana"}
_LIMITS = (
    ("representative", ANY, "action", 5000), ("representative", ANY, DAY, 20000), ("specialist", ANY, "action", 10000),
    ("team_lead", ANY, "action", 20000), ("team_lead", ANY, CASE, 40000), ("supervisor", ANY, "action", 100000),
)  # fmt: skip
_POLICY: list[dict[str, Any]] = [
    {
        "id": "window", "name": "Returns within 30 days", "actions": ["return", "refund", "exchange"], "outcome": "deny",
        "when": [{"fact": "days_since_delivery", "over": 30}], "code": "window_over", "article": "Returns and refunds",
        "sentences": {
            "en": "We take bikes and parts back within 30 days of delivery.", "de": "Räder und Teile nehmen wir 30 Tage nach der Lieferung zurück.",
        },
    },
    {
        "id": "worn", "name": "Worn parts never go back", "actions": ["return"], "outcome": "deny", "code": "worn",
        "when": [{"fact": "reason", "is": ["worn", "no longer liked"]}],
        "sentences": {"en": "Parts that were ridden can't be taken back.", "de": "Gefahrene Teile nehmen wir nicht zurück."},
    },
    {
        "id": "often", "name": "Many refunds in a year", "actions": ["refund", "goodwill"], "outcome": "approval",
        "when": [{"fact": "refunds", "over": 3}], "approver": {"by": "role", "role": "supervisor"}, "hours": 24,
    },
    {
        "id": "large", "name": "From 500 euros two people agree", "actions": [], "outcome": "approval", "four_eyes": True,
        "when": [{"fact": "amount", "at_least": {"amount": "500.00", "currency": "EUR"}}],
    },
]  # fmt: skip
_OVER_THIRTY = {"fact": "amount", "at_least": {"amount": "30.00", "currency": "EUR"}}
_ASKED = (
    ("ben", 12000, "It came three weeks late and scratched. They would keep it for a third off.", "", None),
    ("ben", 3000, "A small part was missing.", "", None),
    ("dora", 60000, "We got it wrong twice. They want to leave us.", "", None),
    ("ben", 8000, "It took us four letters to find the mistake.", "approve", 6000),
    ("ben", 15000, "They like another colour better now.", "deny", None),
)  # fmt: skip


def give_authority(house: Northwind, cases: Sequence[Case], *, now: datetime) -> None:
    ada, hana = house.people["ada"], house.people["hana"]
    began, by = now - timedelta(days=20), agent(ada.id)
    for name, superior in _SUPERIORS.items():
        one = agent_by_id(house.people[name].id)
        assert one is not None, "they work here"
        report_to(one, superior_id=house.people[superior].id, by=SYSTEM, at=began)
    for role, action, per, minor in _LIMITS:
        keep_limit(ada, Limit(action, per, Money(minor, "EUR"), role=role), by=by, at=began)
    keep_limit(ada, Limit("discount", percent=Decimal(10), role="representative"), by=by, at=began)
    keep_rate(ada, "USD", "EUR", rate=Decimal("0.92"), by=by, at=now)
    draft_policy(hana, _POLICY, note="As agreed with the workshop", by=agent(hana.id), at=began)
    switch_policy_on(hana, by=agent(hana.id), at=began)
    _ask(house, [case.number for case in cases if case.number and case.agent in ("ben", "dora")], now=now)
    stricter = {**_POLICY[3], "name": "From 30 euros two people agree", "when": [_OVER_THIRTY]}
    draft_policy(ada, [*_POLICY[:3], stricter], by=by, at=now)


def _ask(house: Northwind, numbers: Sequence[int], *, now: datetime) -> None:
    """On cases that are open still, from the newest on."""
    asked = iter(_ASKED)
    wanted = next(asked, None)
    for n, number in enumerate(sorted(numbers, reverse=True)[:60]):
        if wanted is None:
            return
        name, minor, words, outcome, changed = wanted
        at = now - timedelta(minutes=25 * (n + 1))
        who = person(house.people[name].id)
        if who is not None and _asked(house, who, number, (minor, words, outcome, changed), at=at):
            wanted = next(asked, None)


def _asked(
    house: Northwind, who: Person, number: int, wanted: tuple[int, str, str, int | None], *, at: datetime
) -> bool:
    minor, words, outcome, changed = wanted
    facts = Facts(Money(minor, "EUR"), Money(minor * 3, "EUR"), reason="damaged", tier="gold", orders=4, refunds=1)
    try:
        done = ask_approval(
            who, number, Wish("goodwill", ("conversation", number), facts, words=words), by=agent(who.id), at=at
        )
    except (Refused, NotFound, Forbidden):
        return False
    if outcome and done.request is not None:
        gus = house.people["gus"]
        said = {"approve": "Fine, but no more than that.", "deny": "We exchange it instead."}[outcome]
        decide_approval(
            gus, done.request, outcome, minor=changed, words=said, by=agent(gus.id), at=at + timedelta(minutes=12)
        )
    return True
