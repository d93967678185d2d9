"""People, teams, channels, what came in, and the state of the house."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from careline.entrypoints.api.shapes.parts import AddressText, Cursor, Limit, Line, Moment

Language = Annotated[str, Meta(max_length=20, pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$|^$")]
Notes = Annotated[str, Meta(max_length=100_000)]


class Me(Struct):
    id: str
    name: str
    email: str
    role: str
    language: str
    time_zone: str
    teams: list[str]
    grants: dict[str, list[str]]


class Agent(Struct):
    id: str
    name: str
    email: str
    role: str
    role_name: str
    is_active: bool
    teams: list[str]


class NewAgent(Struct):
    email: AddressText
    role: Annotated[str, Meta(max_length=50)]
    name: Annotated[str, Meta(max_length=200)] = ""
    teams: Annotated[
        list[Annotated[str, Meta(max_length=200)]], Meta(max_length=200, description="Teams by id or name.")
    ] = []


class Team(Struct):
    id: str
    name: str
    signature: str
    size: int


class NewTeam(Struct):
    name: Line
    signature: Annotated[str, Meta(max_length=10_000)] = ""


class Tag(Struct):
    id: str
    name: str


class Channel(Struct):
    """`settings` without those that are secret."""

    id: str
    kind: str
    name: str
    address: str
    team_id: str | None
    is_active: bool
    settings: dict[str, Any]
    health: dict[str, Any]


class NewChannel(Struct):
    name: Line
    address: Annotated[str, Meta(max_length=320)] = ""
    kind: Annotated[str, Meta(max_length=50)] = "email"
    team: Annotated[str, Meta(max_length=200, description="A team's id or name.")] | None = None
    settings: dict[str, Any] = {}


class ChannelPatch(Struct):
    name: Line | UnsetType = UNSET
    team: (
        Annotated[str, Meta(min_length=1, max_length=200, description="A team's id or name; null for none.")]
        | UnsetType
        | None
    ) = UNSET
    is_active: bool | UnsetType = UNSET
    settings: dict[str, Any] | UnsetType = UNSET


class InboundQuery(Struct):
    status: Literal["unprocessed", "processed", "rejected"] | None = None
    outcome: Annotated[str, Meta(max_length=50)] | None = None
    limit: Limit = 50
    cursor: Cursor | None = None


class ReplayQuery(Struct):
    channel: (
        Annotated[
            str,
            Meta(
                max_length=320, description="As mail of this mailbox, by id or address, whatever it was addressed to."
            ),
        ]
        | None
    ) = None


class Inbound(Struct):
    """A raw message as it was taken in; `outcome` and `reason` say what became of it."""

    id: str
    status: str
    outcome: str
    reason: str
    door: str
    envelope_from: str
    envelope_to: list[str]
    sender: str
    subject: str
    received_at: datetime
    processed_at: datetime | None
    size: int
    digest: str
    attempts: int
    channel: str | None
    conversation: int | None
    message: str | None


class Clock(Struct):
    now: datetime
    is_standing: bool


class ClockChange(Struct):
    now: Moment


class Health(Struct):
    """`status` is ok, or degraded where the worker does not answer."""

    status: str
    database: str
    worker: str
    version: str
