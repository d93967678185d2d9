"""Views as the API shows and takes them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from careline.entrypoints.api.shapes.parts import Cursor, Limit

Sort = Literal["due", "updated", "created", "priority", "waiting"]
Kind = Annotated[
    Literal["list", "board", "play"],
    Meta(description="How the view opens: rows, columns of cards, or one case after the other."),
]
Split = Annotated[Literal["status", "priority", "assignee"], Meta(description="What the columns of a board stand for.")]
Columns = Annotated[list[Annotated[str, Meta(max_length=50)]], Meta(max_length=20)]
Audience = Literal["me", "team", "all"]
Name = Annotated[str, Meta(min_length=1, max_length=100)]
_ASKS = (
    "What the view asks, as in {\"categories\": [\"open\"], \"tags\": [\"refund\"]}: categories, statuses, assignee (me, none, an id), teams "
    "(ids, mine, none), customer, company, tags, tags_any, tags_none, priorities, channels, brands, languages, topics (ids, none), fields, "
    "created, updated and waiting ({within, beyond} in seconds, {since, until} moments), due_within (seconds), snoozed, spam, also_snoozed, "
    "also_spam, mentions, followed, unread, untouched, complaints, text."
)  # fmt: skip
Asked = Annotated[dict[str, Any], Meta(description=_ASKS)]


class View(Struct):
    """`key` stands in its address. A view that everybody has bears a `code`, a saved one an `id`."""

    key: str
    id: str | None
    code: str | None
    name: str
    audience: str
    team: str | None
    sort: str
    columns: list[str]
    filter: dict[str, Any]
    is_hidden: bool
    kind: str = "list"
    split: str = "status"
    missing: list[str] = []
    """What its filter names that is not there any more, as in "tag refund": it finds nothing by that."""


class NewView(Struct):
    name: Name
    filter: Asked = {}
    sort: Sort = "due"
    columns: Columns = []
    audience: Audience = "me"
    team: (
        Annotated[str, Meta(max_length=200, description="A team's id or name, where the view is a team's.")] | None
    ) = None
    kind: Kind = "list"
    split: Split = "status"


class ViewChange(Struct):
    """What is not given stays."""

    name: Name | UnsetType = UNSET
    filter: Asked | UnsetType = UNSET
    sort: Sort | UnsetType = UNSET
    columns: Columns | UnsetType = UNSET
    audience: Audience | UnsetType = UNSET
    team: Annotated[str, Meta(max_length=200)] | UnsetType | None = UNSET
    kind: Kind | UnsetType = UNSET
    split: Split | UnsetType = UNSET


class ViewOrder(Struct):
    """Keys in the order in which you want to see them; `hidden` ones are out of sight for you alone."""

    order: Annotated[list[Annotated[str, Meta(max_length=50)]], Meta(max_length=500)]
    hidden: Annotated[list[Annotated[str, Meta(max_length=50)]], Meta(max_length=500)] = []


class ViewCount(Struct):
    """`is_more` where there are at least that many."""

    count: int
    is_more: bool


class ViewCases(Struct):
    limit: Limit = 50
    cursor: Cursor | None = None
