"""Requests for a decision, limits of authority, exchange rates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from careline.entrypoints.api.shapes.money import Money
from careline.entrypoints.api.shapes.parts import Key, Named, PageQuery

ActionCode = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,49}$", description="As in refund or goodwill.")]
Count = Annotated[int, Meta(ge=0, le=1_000_000)]
Short = Annotated[str, Meta(max_length=100)]
Said = Annotated[str, Meta(max_length=5_000)]
PercentText = Annotated[str, Meta(pattern=r"^[0-9]{1,3}(\.[0-9]{1,2})?$", description="As in 12.5.")]


class GivenFacts(Struct, forbid_unknown_fields=True, frozen=True):
    """What is known of it; leave out what is not. `total` is what the amount is a part of; counts are of the last 365 days."""

    total: Money | None = None
    reason: Short = ""
    products: Annotated[list[Short], Meta(max_length=50)] = []
    tier: Short = ""
    order_state: Short = ""
    channel: Short = ""
    days_since_order: Count | None = None
    days_since_delivery: Count | None = None
    orders: Count | None = None
    refunds: Count | None = None
    returns: Count | None = None
    is_identified: bool | None = None


class NewApproval(Struct, forbid_unknown_fields=True):
    """Something to give or do on a case; `words` are for whoever decides."""

    conversation: Annotated[int, Meta(ge=1)]
    action: ActionCode
    amount: Money | None = None
    words: Said = ""
    facts: GivenFacts = GivenFacts()


class ApprovalStep(Struct):
    """`what`: asked, delegated, silent, gone, nobody, reminded, approved, denied, withdrawn, carried, failed."""

    at: datetime
    what: str
    by: str | None
    to: str | None


class Approval(Struct):
    """`code` says why it had to be asked for, `rule` which rule of the policy did. `decided_amount` may be another than was asked for.

    `failure`: it was approved and could not be done any more. `untold`: why the customer was not told by itself.
    """

    id: str
    action: str
    state: Literal["waiting", "approved", "denied", "withdrawn", "failed"]
    conversation: int
    customer: Named | None
    amount: Money | None
    facts: dict[str, Any]
    words: str
    code: str
    rule: str
    asked_by: Named | None
    asked_at: datetime
    approver: Named | None
    due_at: datetime | None
    decided_by: Named | None
    on_behalf_of: Named | None
    decided_at: datetime | None
    decided_amount: Money | None
    answer: str
    failure: str
    told_by_message: str | None
    untold: str


class OneApproval(Struct):
    """A request with all that was done about it, oldest first."""

    approval: Approval
    steps: list[ApprovalStep]


class ApprovalOutcome(Struct):
    """`allow`: it was done at once, within your own authority. `approval`: it waits, as `approval` says."""

    outcome: Literal["allow", "approval"]
    code: str
    approval: Approval | None


class ApprovalQuery(PageQuery):
    """`mine`: for me to decide. `own`: asked by me. `waiting` and `decided`: all on cases that I see."""

    which: Literal["mine", "own", "waiting", "decided"] = "mine"


class Verdict(Struct, forbid_unknown_fields=True):
    """`amount`: another one than was asked for, within your own limit."""

    outcome: Literal["approve", "deny"]
    amount: Money | None = None
    words: Said = ""


class Delegation(Struct, forbid_unknown_fields=True):
    """To a colleague who may decide it: an id, a mail address or `me`."""

    to: Annotated[str, Meta(min_length=1, max_length=254)]


class NewLimit(Struct, forbid_unknown_fields=True):
    """Of a role (by code), a skill from a level on, or an agent: one of them. Neither amount nor percent: without end.

    A limit of a person goes before those of their role and skills, one of an action before that of all (`*`).
    """

    role: Short = ""
    skill: Key | None = None
    level: Annotated[int, Meta(ge=1, le=5)] = 1
    agent: Annotated[str, Meta(max_length=254)] | None = None
    action: Annotated[str, Meta(pattern=r"^([a-z][a-z0-9_]{0,49}|\*)$")] = "*"
    per: Literal["action", "case", "customer", "day"] = "action"
    amount: Money | None = None
    percent: PercentText | None = None


class AuthorityLimit(Struct):
    id: str
    role: str
    skill: str | None
    level: int
    agent: str | None
    action: str
    per: str
    amount: Money | None
    percent: str | None


class ApprovalDeadlines(Struct, forbid_unknown_fields=True):
    """`calendar`: in whose opening hours the time to decide is counted; null: round the clock."""

    calendar: Key | None = None


class NewRate(Struct, forbid_unknown_fields=True):
    """One unit of `source` is worth so many of `target` on a day, today where nothing is said; it is good for 31 days."""

    source: Annotated[str, Meta(pattern="^[A-Z]{3}$")]
    target: Annotated[str, Meta(pattern="^[A-Z]{3}$")]
    rate: Annotated[str, Meta(pattern=r"^[0-9]{1,9}(\.[0-9]{1,8})?$", description="As in 0.92.")]
    on: date | None = None


class Rate(Struct):
    id: str
    source: str
    target: str
    rate: str
    on: date
