"""A case, and what may be said of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from careline.entrypoints.api.shapes.parts import (
    Cursor,
    Given,
    Limit,
    LongText,
    Moment,
    Named,
    People,
    Subject,
    Tags,
)  # fmt: skip

Priority = Literal["low", "normal", "high", "urgent"]


class Status(Struct):
    code: str
    name: str
    category: str


class Channel(Struct):
    id: str
    kind: str
    name: str
    address: str


class CaseCustomer(Struct):
    id: str
    name: str
    address: str | None


class Assignee(Struct):
    id: str
    name: str
    email: str


class Participant(Struct):
    """`state`: active, suggested (gets no mail until an agent agrees) or removed."""

    id: str
    address: str
    name: str
    role: str
    state: str


class Case(Struct):
    number: int
    subject: str
    status: Status
    is_spam: bool
    priority: str
    channel: Channel | None
    customer: CaseCustomer | None
    assignee: Assignee | None
    team: Named | None
    tags: list[str]
    created_at: datetime
    updated_at: datetime
    first_response_due_at: datetime | None
    first_responded_at: datetime | None
    resolution_due_at: datetime | None
    resolved_at: datetime | None
    waiting_since: datetime | None
    next_due_at: datetime | None
    due_kind: str
    snoozed_until: datetime | None
    language: str
    snippet: str
    last_message_id: str | None
    message_count: int
    has_attachment: bool
    hint: Any
    version: int
    topic_id: str | None
    fields: dict[str, Any]
    side_news: int
    participants: list[Participant] | UnsetType = UNSET


class CaseQuery(Struct):
    status: (
        Annotated[str, Meta(max_length=100, description="open, waiting, resolved, spam, or a status by code or name.")]
        | None
    ) = None
    assignee: (
        Annotated[str, Meta(max_length=320, description="An agent's id or mail address, `me`, or `none`.")] | None
    ) = None
    team: Annotated[str, Meta(max_length=200, description="A team's id or name, or `none`.")] | None = None
    tag: Annotated[str, Meta(max_length=100)] | None = None
    topic: (
        Annotated[str, Meta(max_length=200, description="A topic's id or name, with those below it, or `none`.")] | None
    ) = None
    fields: Annotated[
        dict[str, str],
        Meta(max_length=50, description="What an own field holds; its code takes CODE's place."),
    ] = {}
    customer: Annotated[str, Meta(max_length=320, description="A customer's id or mail address.")] | None = None
    q: (
        Annotated[
            str, Meta(max_length=1_000, description="As `GET /search` reads it; the last word may be a beginning.")
        ]
        | None
    ) = None
    updated_since: Annotated[Moment, Meta(description="Oldest change first, for those who keep a copy.")] | None = None
    limit: Limit = 50
    cursor: Cursor | None = None


class Caller(Struct, forbid_unknown_fields=True):
    """Somebody without a mail address: a name, a telephone number, or both."""

    name: Annotated[str, Meta(max_length=200)] = ""
    phone: Annotated[str, Meta(max_length=50, description="As in +49 30 123456.")] = ""


class NewCase(Struct):
    """`from` or `customer` says whose case it is: whom it comes from (incoming), or whom it is written to (reply)."""

    text: LongText = ""
    html: LongText = ""
    subject: Subject = ""
    kind: Literal["incoming", "reply", "note"] = "incoming"
    from_: Given | None = field(default=None, name="from")
    customer: Annotated[str, Meta(max_length=320, description="A customer's id or mail address.")] | None = None
    channel: (
        Annotated[
            str, Meta(max_length=320, description="A channel's id, address or kind; the first mailbox where absent.")
        ]
        | None
    ) = None
    cc: People = []
    attachments: Annotated[list[str], Meta(max_length=50, description="Ids that POST /attachments gave.")] = []
    hold_seconds: Annotated[int, Meta(ge=0, le=86_400)] = 10
    form: Annotated[
        Literal["mail", "phone", "counter", "letter", "fax"],
        Meta(description="A call, a visit, a letter or a fax that is written down; `reply` is one of ours."),
    ] = "mail"
    caller: (
        Annotated[Caller, Meta(description="Instead of `from` where there is no mail address; not for mail.")] | None
    ) = None
    happened_at: Annotated[Moment, Meta(description="When it happened, if not now; not for mail.")] | None = None
    duration_seconds: Annotated[int, Meta(ge=0, le=86_400, description="Of a call or a visit.")] | None = None
    team: str | UnsetType | None = UNSET
    assignee: str | UnsetType | None = UNSET
    tags: Tags | UnsetType = UNSET
    priority: Priority | UnsetType = UNSET


class CaseChange(Struct):
    """What is not given stays; null for a team or an assignee means none."""

    subject: Subject | UnsetType = UNSET
    priority: Priority | UnsetType = UNSET
    team: Annotated[str, Meta(max_length=200, description="A team's id or name.")] | UnsetType | None = UNSET
    assignee: (
        Annotated[str, Meta(max_length=320, description="An agent's id or mail address, or `me`.")] | UnsetType | None
    ) = UNSET
    tags: Tags | UnsetType = UNSET
    is_spam: bool | UnsetType = UNSET
    customer: (
        Annotated[
            str,
            Meta(
                max_length=320,
                description="Whose case it is: a customer's id, or a mail address that nobody need have yet.",
            ),
        ]
        | UnsetType
    ) = UNSET
    status: Annotated[str, Meta(max_length=100, description="A status by code or name.")] | UnsetType = UNSET
    topic_id: Annotated[str, Meta(pattern="^[0-9]{1,18}$")] | UnsetType | None = UNSET
    fields: (
        Annotated[dict[str, Any], Meta(max_length=200, description="Values by code of the field; null empties one.")]
        | UnsetType
    ) = UNSET


class Snooze(Struct):
    """Without `until` it comes back when somebody writes."""

    until: Moment | None = None


class Event(Struct):
    """Something that happened on a case; `data` holds ids, codes and numbers."""

    id: str
    at: datetime
    name: str
    actor: dict[str, Any]
    via: str
    subject: dict[str, str]
    data: dict[str, Any]
