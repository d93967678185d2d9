"""Skills, attendance, queues, and why a case came to whom."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from careline.entrypoints.api.shapes.parts import Key, Named

Kind = Literal["language", "product", "channel", "technical"]
State = Literal["available", "busy", "away"]
Reason = Literal["", "break", "meal", "meeting", "training", "other"]
Level = Annotated[int, Meta(ge=1, le=5, description="1 gets along, 5 teaches others.")]
Name = Annotated[str, Meta(min_length=1, max_length=100)]
Minutes = Annotated[int, Meta(ge=1, le=43_200)]
Code = Annotated[str, Meta(max_length=20)]
Counted = Annotated[int, Meta(ge=1, le=100, description="Null fills whoever has it.")]


class Skill(Struct):
    """`people`: how many who work here have it."""

    id: str
    kind: str
    name: str
    people: int


class NewSkill(Struct):
    name: Name
    kind: Kind


class SkillPatch(Struct):
    name: Name | UnsetType = UNSET
    kind: Kind | UnsetType = UNSET


class SkillLevel(Struct):
    skill: Key
    level: Level
    name: Annotated[str, Meta(max_length=100, description="Only answered.")] = ""


class SkillsOf(Struct):
    skills: Annotated[list[SkillLevel], Meta(max_length=200)]


class Availability(Struct):
    """Whether somebody may be given work. `despite_hours_until`: they said so outside of their hours."""

    state: str
    reason: str
    since: datetime | None
    capacity: int
    calendar: str | None
    despite_hours_until: datetime | None


class AvailabilitySaid(Struct):
    state: State
    reason: Reason = ""


class CapacityPatch(Struct):
    """How much somebody can have at once, and whose hours they keep; null: their team's."""

    capacity: Annotated[int, Meta(ge=0, le=1000)] | UnsetType = UNSET
    calendar: Key | UnsetType | None = UNSET


class Queue(Struct):
    """A team's queue: what waits, who is there, and how it finds its people. `load` of `capacity` is that of those who are there."""

    id: str
    team: Named
    waiting: int
    oldest_since: datetime | None
    people: int
    available: int
    load: int
    capacity: int
    mode: str
    strategy: str
    accept_seconds: int
    when_missed: str
    sticky_days: int
    sticky_minutes: int
    lower_after_minutes: int | None
    drop_after_minutes: int | None
    most_each: int | None
    calendar: str | None
    untouched_hours: int
    untouched_calendar: str | None


class QueuePatch(Struct):
    """What is not given stays; null is never, or none."""

    mode: Literal["pull", "push"] | UnsetType = UNSET
    strategy: Literal["round_robin", "least_loaded", "longest_idle"] | UnsetType = UNSET
    accept_seconds: Annotated[int, Meta(ge=0, le=86_400, description="0: nobody has to.")] | UnsetType = UNSET
    when_missed: Literal["next", "queue"] | UnsetType = UNSET
    sticky_days: Annotated[int, Meta(ge=0, le=3650)] | UnsetType = UNSET
    sticky_minutes: Annotated[int, Meta(ge=0, le=43_200)] | UnsetType = UNSET
    lower_after_minutes: Minutes | UnsetType | None = UNSET
    drop_after_minutes: Minutes | UnsetType | None = UNSET
    most_each: Annotated[int, Meta(ge=1, le=1000)] | UnsetType | None = UNSET
    calendar: Key | UnsetType | None = UNSET
    untouched_hours: (
        Annotated[
            int,
            Meta(
                ge=1,
                le=8784,
                description="Until a case that nobody touches comes up; null is the usual 72 on the wall.",
            ),
        ]
        | UnsetType
        | None
    ) = UNSET
    untouched_calendar: (
        Annotated[Key, Meta(description="By whose opening hours that is counted; null is on the wall.")]
        | UnsetType
        | None
    ) = UNSET


class Taken(Struct):
    """The case that is yours now; null where nothing waits for you."""

    number: int | None


class SkillRule(Struct):
    """Cases that fit all that is said here ask for the skill."""

    id: str
    skill: str
    level: int
    is_mandatory: bool
    topic: str | None
    language: str
    channel: str | None
    brand: str | None
    team: str | None


class NewSkillRule(Struct):
    skill: Key
    level: Level = 1
    is_mandatory: bool = False
    topic: Key | None = None
    language: Code = ""
    channel: Key | None = None
    brand: Key | None = None
    team: Key | None = None


class Weight(Struct):
    """What a case counts by the kind of its channel: while it is open, and while the customer's turn it is."""

    kind: Annotated[str, Meta(min_length=1, max_length=50)]
    units: Counted | None = None
    waiting_units: Annotated[int, Meta(ge=0, le=100)] = 0


class Weights(Struct):
    weights: Annotated[list[Weight], Meta(max_length=50)]


class Asked(Struct):
    level: Level = 1
    is_mandatory: bool = False


class AskedSkill(Struct):
    skill: str
    name: str
    level: int
    is_mandatory: bool


class Excluded(Struct):
    """How many people are left out, and why.

    may_not_reply, lacks (a skill at a level), away, busy, outside_hours, gave_it_back, full, queue_limit.
    """

    reason: str
    people: int
    skill: str | None = None
    level: int | None = None


class Decision(Struct):
    """Why it came to whoever has it: `why` is the queue's strategy, sticky or taken."""

    agent: Named
    at: datetime
    why: str
    waited_seconds: int
    candidates: int
    stage: int
    excluded: list[Excluded]


class StillWaiting(Struct):
    """Why nobody has it: `free` people could have it now. `stage`: 0 as asked, 1 levels lowered, 2 skills let go of."""

    since: datetime
    stage: int
    free: int
    asked: list[AskedSkill]
    excluded: list[Excluded]


class Offer(Struct):
    agent: Named
    due_at: datetime


class Routing(Struct):
    mode: str | None
    decision: Decision | None
    waiting: StillWaiting | None
    offer: Offer | None
    asked_by_hand: list[AskedSkill]
