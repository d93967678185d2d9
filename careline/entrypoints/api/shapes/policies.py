"""The company's procedures as data."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from careline.entrypoints.api.shapes.approvals import ActionCode, GivenFacts
from careline.entrypoints.api.shapes.money import Money
from careline.entrypoints.api.shapes.parts import Moment, Named

Rules = Annotated[
    list[dict[str, Any]],
    Meta(
        max_length=500,
        description="In order; the first that fits answers. docs/how-to/decide-by-policy.md says what stands in a rule.",
    ),
]


class PolicyDraft(Struct, forbid_unknown_fields=True):
    """All rules as they are to be."""

    rules: Rules
    note: Annotated[str, Meta(max_length=200)] = ""


class PolicyVersion(Struct):
    """`valid_from` null: the draft. The version that holds is the last one that has begun."""

    id: str
    note: str
    author: Named | None
    written_at: datetime
    valid_from: datetime | None
    size: int


class WholePolicy(Struct):
    version: PolicyVersion
    rules: list[dict[str, Any]]


class Activation(Struct, forbid_unknown_fields=True):
    """Without a moment it holds at once."""

    valid_from: Moment | None = None


class TurnedDecision(Struct):
    """One of the last 90 days that the draft would have answered otherwise."""

    at: datetime
    action: str
    amount: Money | None
    outcome_then: str
    outcome: str
    code: str
    rule: str


class TurnedCount(Struct):
    outcome_then: str
    outcome: str
    count: int


class PolicySimulation(Struct):
    """`by_rule`: how often each rule of the draft would have answered; the empty name is none of them. `done` of `total` decisions
    were looked at so far."""

    count: int
    same: int
    turned: list[TurnedCount]
    by_rule: dict[str, int]
    examples: list[TurnedDecision]
    id: str
    done: int
    total: int
    is_over: bool


class PolicyQuestion(Struct, forbid_unknown_fields=True):
    """What would be answered to you; nothing is done or kept. `conversation`: the case on which limits count."""

    action: ActionCode
    amount: Money | None = None
    facts: GivenFacts = GivenFacts()
    conversation: Annotated[int, Meta(ge=1)] | None = None


class WhyNot(Struct):
    """A rule that was asked before and did not fit: the condition that did not hold, and what was known of it."""

    rule: str
    condition: dict[str, Any]
    found: Any


class PolicyDecision(Struct):
    """`sentence` is for the customer, in your language where it is written in it. `limit`: which of your limits stood against it."""

    outcome: Literal["allow", "approval", "deny"]
    code: str
    sentence: str
    article: str
    rule: str
    policy: str | None
    approver: dict[str, Any] | None
    limit: str
    matched: list[dict[str, Any]]
    passed: list[WhyNot]
