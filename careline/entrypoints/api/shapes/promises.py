"""Promised times: policies, and what became of them on a case."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from careline.entrypoints.api.shapes.parts import Key, Line, Moment

Kind = Literal["acknowledgement", "first_response", "next_response", "resolution"]
Seconds = Annotated[int, Meta(ge=60, le=366 * 86_400, description="How long, in seconds.")]
Values = Annotated[list[Annotated[str, Meta(min_length=1, max_length=200)]], Meta(min_length=1, max_length=200)]
Keys = Annotated[list[Key], Meta(min_length=1, max_length=200)]
Percent = Annotated[int, Meta(ge=0, le=99, description="Warn when so much of the time is gone; 0 warns never.")]


class Target(Struct, forbid_unknown_fields=True):
    """`is_business`: counted in the calendar's open time, else on the wall."""

    seconds: Seconds
    is_business: bool = False


class Conditions(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """All that are given must hold; of each one's values one must. Fields by code: {"tier": ["gold"]}."""

    channel: Keys | UnsetType = UNSET
    channel_kind: Values | UnsetType = UNSET
    topic: Keys | UnsetType = UNSET
    priority: Annotated[list[Literal["low", "normal", "high", "urgent"]], Meta(min_length=1)] | UnsetType = UNSET
    brand: Keys | UnsetType = UNSET
    team: Keys | UnsetType = UNSET
    language: Values | UnsetType = UNSET
    customer_field: dict[str, Values] | UnsetType = UNSET
    company_field: dict[str, Values] | UnsetType = UNSET


class Policy(Struct):
    """Who gets which promise. The first whose conditions hold counts; the default one (id 0 until it was changed) is the last."""

    id: str
    name: str
    is_default: bool
    conditions: Conditions
    targets: dict[Kind, Target]
    calendar_id: str | None
    warn_percent: int


class NewPolicy(Struct):
    """Without `calendar_id` business time goes by the default calendar."""

    name: Line
    targets: dict[Kind, Target]
    conditions: Conditions = field(default_factory=Conditions)
    calendar_id: Key | None = None
    warn_percent: Percent = 80


class PolicyPatch(Struct):
    """What is not given stays; conditions and targets are given whole."""

    name: Line | UnsetType = UNSET
    targets: dict[Kind, Target] | UnsetType = UNSET
    conditions: Conditions | UnsetType = UNSET
    calendar_id: Key | UnsetType | None = UNSET
    warn_percent: Percent | UnsetType = UNSET


class PolicyOrder(Struct):
    """All but the default one, each once."""

    ids: Annotated[list[Key], Meta(max_length=1000)]


class PreviewFacts(Struct):
    """What a case would be like, and when it would come (without `at`: now)."""

    channel: Key | None = None
    channel_kind: Annotated[str, Meta(max_length=50)] = "email"
    topic: Key | None = None
    priority: Literal["low", "normal", "high", "urgent"] = "normal"
    brand: Key | None = None
    team: Key | None = None
    language: Annotated[str, Meta(max_length=20)] = ""
    customer_fields: dict[str, Annotated[str, Meta(max_length=200)]] = {}
    company_fields: dict[str, Annotated[str, Meta(max_length=200)]] = {}
    at: Moment | None = None


class WeighedPolicy(Struct):
    """`failed`: the conditions that did not hold, a field's with its code, as in customer_field.tier."""

    id: str
    name: str
    holds: bool
    failed: list[str]


class PromisedTime(Struct):
    kind: str
    seconds: int
    is_business: bool
    due_at: datetime
    is_fallback: bool


class PolicyPreview(Struct):
    policies: list[WeighedPolicy]
    promises: list[PromisedTime]


class Promise(Struct):
    """`left_seconds` is of open time where `is_business`. `is_fallback`: its calendar does not open, the wall clock counts."""

    kind: str
    state: Literal["running", "paused", "broken", "met", "cancelled"]
    policy_id: str
    policy: str
    seconds: int
    is_business: bool
    calendar: str
    is_fallback: bool
    started_at: datetime
    due_at: datetime | None
    left_seconds: int
    warned_at: datetime | None
    broken_at: datetime | None
    met_at: datetime | None
    cancelled_at: datetime | None
    paused_at: datetime | None


class LedgerEntry(Struct):
    """`what`: started, paused, resumed, recomputed, warned, broken, met or cancelled; `why` a code, or nothing."""

    at: datetime
    kind: str
    what: str
    why: str
    due_at: datetime | None
    left_seconds: int | None
    policy: str
    by: str


class Promises(Struct):
    """The newest clock of each kind, the ledger (newest first), and why this policy."""

    promises: list[Promise]
    ledger: list[LedgerEntry]
    policies: list[WeighedPolicy]
