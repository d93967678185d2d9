"""Erasures, and rules of what is not kept for ever."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from careline.entrypoints.api.shapes.parts import Key

Mode = Literal["erase", "anonymise"]
Name = Annotated[str, Meta(min_length=1, max_length=200, examples=["Resolved cases after three years"])]
Days = Annotated[int, Meta(ge=1, le=36_500, description="How old it has to be.", examples=[1095])]
Target = Annotated[
    Literal["cases", "raw", "unrouted"],
    Meta(description="Cases; raw mails of which a case was made; or raw mails that stand in no case."),
]
Action = Annotated[
    Literal["delete", "anonymise", "files"],
    Meta(description="The case goes; its words go and it stays as a figure; or only its files go."),
]
Basis = Annotated[Literal["resolved", "last_message"], Meta(description="Since when the days count.")]
Counts = Annotated[
    dict[str, int], Meta(description="How much of each noun.", examples=[{"cases": 2, "messages": 9, "files": 1}])
]


class ErasureQuery(Struct):
    mode: Annotated[
        Mode, Meta(description="`erase` takes the customer's cases along; `anonymise` keeps them as figures.")
    ] = "erase"
    dry_run: Annotated[bool, Meta(description="Says exactly what would go, and changes nothing.")] = False
    reason: Annotated[str, Meta(max_length=500, description="Stands on the record; without personal words.")] = ""


class Erasure(Struct):
    """`id` is null for a dry run. Numbers of cases: those that go, that are emptied, that lose only this customer's part."""

    id: str | None
    customer: str
    mode: Mode
    reason: str
    counts: Counts
    at: datetime
    by: Annotated[
        str,
        Meta(description="The name of who did it; kind and id of what is no agent, as in `rule 3`.", examples=["Ada"]),
    ]
    removed: list[int] = []
    emptied: list[int] = []
    others: list[int] = []


class RuleFilter(Struct, forbid_unknown_fields=True, frozen=True):
    """What is left out narrows nothing."""

    categories: Annotated[list[Literal["open", "waiting", "resolved", "spam"]], Meta(max_length=4)] = []
    teams: Annotated[list[Key], Meta(max_length=200)] = []
    tags: Annotated[list[Key], Meta(max_length=200)] = []
    channels: Annotated[list[Key], Meta(max_length=200)] = []


class NewRule(Struct, forbid_unknown_fields=True):
    """A new rule is off unless you say so: look at its preview first."""

    name: Name
    days: Days
    target: Target = "cases"
    action: Action = "delete"
    basis: Basis = "resolved"
    filter: RuleFilter = RuleFilter()
    is_active: bool = False


class RuleChange(Struct, forbid_unknown_fields=True):
    name: Name | UnsetType = UNSET
    days: Days | UnsetType = UNSET
    target: Target | UnsetType = UNSET
    action: Action | UnsetType = UNSET
    basis: Basis | UnsetType = UNSET
    filter: RuleFilter | UnsetType = UNSET
    is_active: bool | UnsetType = UNSET


class Rule(Struct):
    """Cases with the tag `legal hold` are exempt from every rule. `next_run_at` is null while it is off."""

    id: str
    name: str
    days: int
    target: Target
    action: Action
    basis: Basis
    filter: RuleFilter
    is_active: bool
    next_run_at: datetime | None
    created_at: datetime


class RuleExample(Struct):
    number: int
    subject: str
    resolved_at: datetime | None
    updated_at: datetime


class RulePreview(Struct):
    """What the rule would remove now, and some of the cases, the oldest first."""

    counts: Counts
    examples: list[RuleExample]


class RuleRun(Struct):
    """`finished_at` is null while it is under way. What was older than `cut_at` went."""

    id: str
    by: str
    cut_at: datetime
    started_at: datetime
    finished_at: datetime | None
    counts: Counts
