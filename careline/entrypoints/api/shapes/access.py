"""Roles, rights, deputies, sessions, tokens and the access record."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from careline.entrypoints.api.shapes.parts import Cursor, Key, Limit, Line, Moment, Named

Verb = Annotated[str, Meta(max_length=80, examples=["conversation:reply"])]
Scope = Literal["own", "team", "all"]
RoleCode = Annotated[str, Meta(max_length=50, examples=["representative"])]


class Grant(Struct):
    """What a role allows: a verb, on whose cases, and where it is narrowed to."""

    verb: Verb
    scope: Scope = "all"
    channel: Key | None = None
    brand: Key | None = None
    team: Key | None = None


Grants = Annotated[list[Grant], Meta(max_length=500, examples=[[{"verb": "conversation:reply", "scope": "own"}]])]


class Role(Struct):
    """`code` is what people are given; `is_own` for those that did not come with Careline."""

    id: str
    code: str
    name: str
    is_own: bool
    needs_second_factor: bool
    holders: int
    grants: list[Grant]


class NewRole(Struct):
    name: Annotated[str, Meta(min_length=1, max_length=100, examples=["Chat desk"])]
    grants: Grants
    needs_second_factor: bool = False


class RoleChange(Struct):
    name: Annotated[str, Meta(min_length=1, max_length=100)] | UnsetType = UNSET
    grants: Grants | UnsetType = UNSET
    needs_second_factor: bool | UnsetType = UNSET


class Colleague(Struct):
    id: str
    name: str
    email: str
    is_active: bool
    role: str
    extra_roles: list[str]
    teams: list[str]
    reports_to: str | None
    second_factors: list[str]


class ColleagueChange(Struct):
    """`reports_to` null: nobody. Nobody changes their own roles."""

    role: RoleCode | UnsetType = UNSET
    extra_roles: Annotated[list[RoleCode], Meta(max_length=20)] | UnsetType = UNSET
    reports_to: Key | UnsetType | None = UNSET


class Belongings(Struct):
    open_cases: int
    snoozed: int
    without_team: int
    scheduled: int
    followed: int


class Leaving(Struct):
    """`hand_over_to` an agent's id; null: the open cases go back to their teams' queues."""

    hand_over_to: Key | None = None


class Left(Struct):
    handed_over: int


class Source(Struct):
    """One line behind a verb; `absent` is whom they stand in for by it."""

    scope: str
    channel: str | None
    brand: str | None
    team: str | None
    role: str
    absent: Named | None


class Right(Struct):
    verb: str
    sources: list[Source]


class Reason(Struct):
    """`why`: all, assignee, follower or team."""

    why: str
    scope: str
    absent: str | None


class OnCase(Struct):
    verb: str
    is_allowed: bool
    is_held: bool
    is_restricted: bool
    reasons: list[Reason]


class Rights(Struct):
    agent: Named
    rights: list[Right]
    conversation: int | None
    on_conversation: list[OnCase]


class RightsQuery(Struct):
    conversation: Annotated[int, Meta(ge=1, le=10**18 - 1, description="Also answer for this case.")] | None = None


class Deputy(Struct):
    id: str
    deputy: Named
    starts_at: datetime
    ends_at: datetime
    is_now: bool


class NewDeputy(Struct):
    deputy: Key
    starts_at: Moment
    ends_at: Moment


class TeamChange(Struct):
    name: Line | UnsetType = UNSET
    signature: Annotated[str, Meta(max_length=10_000)] | UnsetType = UNSET
    members: Annotated[list[Key], Meta(max_length=10_000)] | UnsetType = UNSET


class Token(Struct):
    id: str
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


class NewToken(Struct):
    """No scopes: all that its owner may do."""

    name: Annotated[str, Meta(min_length=1, max_length=200, examples=["Nightly export"])]
    scopes: Annotated[list[Verb], Meta(max_length=200)] = []
    expires_at: Moment | None = None


class MadeToken(Struct):
    """`token` is told this once."""

    id: str
    token: str


class Session(Struct):
    id: str
    how: str
    device: str
    place: str
    started_at: datetime
    last_seen_at: datetime


class RecordQuery(Struct):
    agent: (
        Annotated[str, Meta(pattern="^[0-9]{1,18}$", description="What they did and what was done to them.")] | None
    ) = None
    name: Annotated[str, Meta(max_length=60, description="As in agent.signed_in.")] | None = None
    limit: Limit = 50
    cursor: Cursor | None = None


class Recorded(Struct):
    id: str
    at: datetime
    name: str
    actor_kind: str
    actor: Named | None
    via: str
    subject_kind: str
    subject: str
    data: dict[str, Any]
