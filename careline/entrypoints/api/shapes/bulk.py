"""A change to many cases at once."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType

from careline.entrypoints.api.shapes.cases import Priority
from careline.entrypoints.api.shapes.parts import LongText, Moment, Tags


class BulkFilter(Struct, forbid_unknown_fields=True):
    """As the query of GET /conversations; what is not given leaves it open."""

    status: Annotated[str, Meta(max_length=100)] | None = None
    assignee: Annotated[str, Meta(max_length=320)] | None = None
    team: Annotated[str, Meta(max_length=200)] | None = None
    tag: Annotated[str, Meta(max_length=100)] | None = None
    customer: Annotated[str, Meta(max_length=320)] | None = None
    q: Annotated[str, Meta(max_length=1_000)] | None = None
    topic: Annotated[str, Meta(max_length=200)] | None = None
    fields: Annotated[dict[str, str], Meta(max_length=50, description="Values by code of the field.")] = {}


class BulkReply(Struct, forbid_unknown_fields=True):
    """One text for all, with {{customer.name}}, {{customer.first_name}}, {{case.number}}, {{case.subject}}, {{agent.name}}.

    `{{customer.name|there}}` says `there` where the name is not known. A case without the value is left out, and says so.
    """

    text: LongText
    everybody: bool = True
    resolve: bool = False


class BulkWanted(Struct, forbid_unknown_fields=True):
    """What is to happen to each case; null for a team or an assignee means none. A `reply` comes alone."""

    assignee: Annotated[str, Meta(max_length=320)] | UnsetType | None = UNSET
    team: Annotated[str, Meta(max_length=200)] | UnsetType | None = UNSET
    add_tags: Tags = []
    remove_tags: Tags = []
    priority: Priority | None = None
    status: Annotated[str, Meta(max_length=100, description="A status by code or name.")] | None = None
    topic_id: Annotated[str, Meta(pattern="^[0-9]{1,18}$")] | UnsetType | None = UNSET
    fields: Annotated[
        dict[str, Any], Meta(max_length=200, description="Values by code of the field; null empties one.")
    ] = {}
    snoozed_until: Moment | UnsetType | None = UNSET
    is_spam: bool | None = None
    reply: BulkReply | None = None


class NewBulkChange(Struct):
    """For the cases of `filter`, or those of `numbers`. With `preview` nothing changes, and answers come as they would leave."""

    change: BulkWanted
    filter: BulkFilter | None = None
    numbers: Annotated[list[Annotated[int, Meta(ge=1, lt=10**18)]], Meta(max_length=100_000)] | None = None
    preview: bool = False


class Left(Struct):
    """A case that stayed as it was, and why."""

    number: int
    code: str
    reason: str


class Previewed(Struct):
    """An answer as it would leave; `reason` where it would not."""

    number: int
    to: list[str]
    text: str
    reason: str


class BulkChange(Struct):
    """`state`: preview, queued, running, done, cancelled, undoing, undone. `left` are the first 100 cases with a reason."""

    id: str
    state: str
    total: int
    waiting: int
    changed: int
    unchanged: int
    refused: int
    undone: int
    kept: int
    created_at: datetime
    ended_at: datetime | None
    left: list[Left]
    preview: list[Previewed] = []
