"""Service requests and their types."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from careline.entrypoints.api.shapes.money import Money
from careline.entrypoints.api.shapes.parts import Cursor, Key, Limit, Named

Code = Annotated[str, Meta(min_length=1, max_length=50, examples=["credit_limit_increase"])]
Words = Annotated[str, Meta(max_length=5_000)]
Text = Annotated[str, Meta(max_length=100_000)]
Seen = Annotated[
    int, Meta(ge=1, description="`version` that you looked at; 409 `request_changed` where it is another.")
]
State = Literal["open", "waiting", "done", "withdrawn"]
StepKind = Literal["check", "papers", "decision", "task", "letter"]
Written = Annotated[
    dict[str, Any],
    Meta(
        description="name, fields, steps, papers, reasons, effects, letters: see docs/how-to/service-requests.md.",
        examples=[
            {
                "name": {"en": "Copy of a bill"},
                "steps": [{"key": "decision", "kind": "decision", "name": {"en": "Decide"}}],
            }
        ],
    ),
]


class ServiceRequestType(Struct):
    code: str
    version: int
    is_open: bool
    content: dict[str, Any]
    written_at: datetime


class NewServiceRequestType(Struct):
    code: Code
    content: Written


class ServiceRequestTypeChange(Struct):
    """What is not given stays; a change of the content is a new version, and what runs keeps its own."""

    content: Written | None = None
    is_open: bool | None = None


class ServiceRequestTypes(Struct):
    items: list[ServiceRequestType]


class ServiceRequestQuery(Struct):
    """`running` is open and waiting; `mine`: what you can do something about."""

    type: Annotated[str, Meta(max_length=50)] = ""
    state: Literal["open", "waiting", "running", "done", "withdrawn"] | None = None
    customer: Key | None = None
    conversation: Annotated[int, Meta(ge=1)] | None = None
    team: Key | None = None
    late: bool = False
    mine: bool = False
    limit: Limit = 50
    cursor: Cursor | None = None


class ServiceRequestStep(Struct):
    key: str
    kind: StepKind
    state: Literal["ahead", "current", "done", "skipped"]
    team: Named | None
    due_at: datetime | None
    is_late: bool
    done_at: datetime | None
    done_by: str | None
    words: str


class ServiceRequestPaper(Struct):
    id: str
    key: str
    state: Literal["asked", "received", "checked", "rejected"]
    name: str
    size: int
    reason: str
    received_at: datetime | None


class ServiceRequestRow(Struct):
    """`step` is under way; `waiting` waits for the customer. `approval` waits for a decision of somebody with more authority."""

    id: str
    type: str
    type_version: int
    state: State
    outcome: Literal["", "approved", "denied"]
    customer: Named
    conversation: int | None
    amount: Money | None
    step: str | None
    due_at: datetime | None
    is_late: bool
    approval: str | None
    opened_at: datetime
    closed_at: datetime | None
    version: int


class ServiceRequest(ServiceRequestRow):
    """`values` by the type's fields; `offer`: what the customer was offered instead; `carried`: what was done once it was approved."""

    values: dict[str, Any]
    reason: str
    words: str
    offer: Money | None
    carried: dict[str, Any] | None
    steps: list[ServiceRequestStep]
    papers: list[ServiceRequestPaper]


class NewServiceRequest(Struct):
    conversation: Annotated[int, Meta(ge=1, description="The case; its customer has to be identified on it.")]
    type: Code
    values: dict[str, Any] = field(default_factory=dict)


class ServiceRequestStepDone(Struct):
    words: Words = ""
    version: Seen | None = None


class ServiceRequestLetter(Struct):
    """Empty: as the type says it."""

    text: Text = ""
    version: Seen | None = None


class ServiceRequestPaperIn(Struct):
    key: Code
    name: Annotated[str, Meta(min_length=1, max_length=300)]
    content: Annotated[str, Meta(max_length=14_000_000, description="base64", examples=["JVBERi0xLjQK"])]


class ServiceRequestPaperJudged(Struct):
    is_right: bool
    reason: Words = ""


class ServiceRequestDecision(Struct):
    """`reason` of a denial or an offer, a code of the type's; `amount`: what is offered instead."""

    act: Literal["approve", "deny", "offer"]
    reason: Annotated[str, Meta(max_length=50)] = ""
    words: Words = ""
    amount: Money | None = None
    version: Seen | None = None


class ServiceRequestOfferAnswer(Struct):
    is_accepted: bool
