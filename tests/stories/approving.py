"""A shop in which people ask for more than they may give."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from careline.domain.approvals.commands import limits, policies
from careline.domain.approvals.queries.requests import request_by_id, steps_of
from careline.domain.approvals.rules.facts import Facts
from careline.domain.approvals.rules.limits import ACTION, Limit
from careline.domain.approvals.rules.policies import rules_from
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.history.queries import Happened
from careline.domain.staff import commands as staff
from careline.domain.staff.models import Agent
from careline.domain.staff.queries import person
from careline.domain.staff.standing_in import report_to
from careline.entrypoints.worker.reactions import REACTIONS
from careline.flows.ask_approval import ask_approval
from careline.flows.authorise import Authorised, Wish
from careline.flows.decide_approval import (
    decide_approval,
)
from careline.flows.pass_on_approval import work_on_approvals
from careline.kit import db
from careline.kit.money import Money
from tests.stories.desk import Desk
from tests.world import NOON

HOUR = timedelta(hours=1)


class Shop:
    """Ben reports to Lea, who leads his team and may give 200, and Lea to Ada, who may give what she likes."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.case, self.at = desk, desk.first, NOON
        self.ben, self.ada = desk.world.ben.pk, desk.world.ada.pk
        self.lea = self.hires("Lea", "team_lead")
        report_to(desk.world.ben, superior_id=self.lea, by=SYSTEM, at=NOON)
        report_to(Agent.objects.get(pk=self.lea), superior_id=self.ada, by=SYSTEM, at=NOON)
        self.may("representative", 50)
        self.may("team_lead", 200)

    def hires(self, name: str, role: str) -> int:
        email = f"{name.lower()}@northwind.example"
        made = staff.add_agent(email, name=name, role=role, team_ids=(self.desk.world.front.pk,), by=SYSTEM, at=NOON)
        return int(made.pk)

    def may(self, role: str, euros: int, *, per: str = ACTION, action: str = "goodwill") -> int:
        return limits.save_limit(Limit(action, per, Money(euros * 100, "EUR"), role=role), by=SYSTEM, at=self.at)

    def has(self, *rules: dict[str, Any]) -> None:
        """The policy from now on."""
        written = rules_from([{"id": f"rule_{n}", "name": f"Rule {n}", **rule} for n, rule in enumerate(rules, 1)])
        policies.save_draft(written, note="", author=None, by=SYSTEM, at=self.at)
        policies.switch_on(valid_from=self.at, by=SYSTEM, at=self.at)

    def gives(self, euros: int, who: int | None = None, **more: Any) -> Authorised:
        who = who or self.ben
        action, currency = more.pop("action", "goodwill"), more.pop("currency", "EUR")
        facts = Facts(amount=Money(euros * 100, currency), **more.pop("facts", {}))
        wish = Wish(action, ("conversation", self.case), facts, words="Her bike came without a bell.", **more)
        return ask_approval(person(who, at=self.at), self.case, wish, by=agent(who), at=self.at)

    def asks(self, euros: int, who: int | None = None, **more: Any) -> int:
        request = self.gives(euros, who, **more).request
        assert request is not None
        return request

    def decides(self, who: int, request: int, outcome: str = "approve", **more: Any) -> str:
        return decide_approval(person(who, at=self.at), request, outcome, by=agent(who), at=self.at, **more)

    def works(self, after: timedelta) -> int:
        self.at += after
        return work_on_approvals(at=self.at)

    def hears(self, name: str) -> None:
        """The worker reacts to what happened last under this name."""
        row = db.row("SELECT * FROM history WHERE name = %s ORDER BY id DESC LIMIT 1", [name])
        said = {column: getattr(row, column) for column in Happened.__dataclass_fields__ if column != "tx"}
        for reaction in REACTIONS[name]:
            if reaction.__module__.endswith("pass_on_approval"):
                reaction(Happened(**said, tx=0), self.at)

    def asked(self, request: int) -> int | None:
        return request_by_id(request).approver_id

    def steps(self, request: int) -> list[tuple[str, int | None]]:
        return [(row.what, row.to_agent_id) for row in steps_of(request)]

    @property
    def given(self) -> list[tuple[int, int]]:
        """(by whose authority, minor units)."""
        return [tuple(row) for row in db.rows("SELECT agent_id, amount FROM approvals_use ORDER BY id")]

    @property
    def notes(self) -> list[str]:
        return [row.text for row in self.desk.said_in(self.case) if row.kind == "note"]

    @property
    def pending(self) -> int:
        return int(self.desk.case(self.case).pending_approvals)
