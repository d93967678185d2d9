"""Webhooks, and what was sent to them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from careline.entrypoints.api.shapes.parts import Cursor, Key, Limit, Line, Named

Url = Annotated[str, Meta(min_length=8, max_length=2000, description="As in https://shop.example.com/careline.")]
Topics = Annotated[
    list[Annotated[str, Meta(min_length=1, max_length=100)]],
    Meta(
        min_length=1, max_length=50, description="`*` for all you may see, `message.*`, or single happenings as `message.received`."
    ),
]  # fmt: skip
Content = Annotated[
    Literal["thin", "full"],
    Meta(description="`thin`: ids and where to fetch them. `full`: also the objects, as you may see them."),
]


class Webhook(Struct):
    """`state`: active, failing (it is tried again more and more seldom) or paused. `owner` may see all that it is told.

    `paused_for`: by_hand, failing (for days), gone (it answered 410) or owner_left. `waiting` deliveries go once it answers.
    """

    id: str
    name: str
    url: str
    topics: list[str]
    content: str
    owner: Named
    state: str
    added_at: datetime
    delivered_at: datetime | None
    failing_since: datetime | None
    paused_at: datetime | None
    paused_for: str
    waiting: int


class WebhookSecret(Struct):
    """`whsec_` and the key in base64, as Standard Webhooks say. It is shown only this once."""

    secret: str
    webhook: Webhook


class NewWebhook(Struct):
    name: Line
    url: Url
    topics: Topics = field(default_factory=lambda: ["conversation.*", "message.*"])
    content: Content = "thin"


class WebhookChange(Struct):
    name: Line | UnsetType = UNSET
    url: Url | UnsetType = UNSET
    topics: Topics | UnsetType = UNSET
    content: Content | UnsetType = UNSET


class WebhookDelivery(Struct):
    """One happening for one webhook. `key` is the `webhook-id` of every attempt; `words` says why the last one failed.

    `state`: waiting, sending, delivered, failed (given up) or dropped (its owner may not see it). `answer` is the beginning of
    what the other side said.
    """

    id: str
    key: str
    type: str
    state: str
    happened_at: datetime
    attempts: int
    due_at: datetime
    tried_at: datetime | None
    status: int | None
    words: str
    answer: str
    took_ms: int | None
    event: dict[str, Any]


class DeliveryQuery(Struct):
    state: Literal["waiting", "sending", "delivered", "failed", "dropped"] | None = None
    limit: Limit = 50
    cursor: Cursor | None = None


class NewReplay(Struct):
    """One delivery, or all that failed."""

    delivery: Annotated[Key, Meta(description="All that failed, where it is absent.")] | None = None


class Replayed(Struct):
    count: int
