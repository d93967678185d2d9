"""What cases are made of, and what stands around them: statuses, topics, fields, links, followers, blocks."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from careline.entrypoints.api.shapes.parts import Key, Line
from careline.entrypoints.api.shapes.structure import Number

Names = Annotated[
    dict[Annotated[str, Meta(min_length=2, max_length=16)], Annotated[str, Meta(max_length=200)]],
    Meta(min_length=1, max_length=50, description='By language, as in {"en": "Open", "de": "Offen"}.'),
]
Category = Literal["open", "waiting", "resolved"]
Kind = Literal["text", "number", "date", "choice", "choices", "yes_no", "url"]
Values = Annotated[
    dict[Annotated[str, Meta(max_length=50)], Any],
    Meta(max_length=200, description="Values by code of the field; null empties one."),
]


class CaseStatus(Struct):
    """The first one in use of a category is what a plain resolve or reopen takes."""

    id: str
    code: str
    name: dict[str, str]
    category: Category
    is_retired: bool


class NewStatus(Struct):
    name: Names
    category: Category


class StatusChange(Struct):
    """`position` counts from 0 among those in use. A retired one stays on the cases that bear it."""

    name: Names | UnsetType = UNSET
    position: Annotated[int, Meta(ge=0, le=10_000)] | UnsetType = UNSET
    is_retired: bool | UnsetType = UNSET


class Topic(Struct):
    id: str
    parent_id: str | None
    name: dict[str, str]
    is_retired: bool


class NewTopic(Struct):
    name: Names
    parent_id: Key | None = None


class TopicChange(Struct):
    name: Names | UnsetType = UNSET
    is_retired: bool | UnsetType = UNSET


class FieldChoice(Struct):
    name: Names
    code: Annotated[str, Meta(max_length=50)] = ""


class CaseField(Struct):
    """Without topics it is on every case."""

    id: str
    code: str
    name: dict[str, str]
    kind: Kind
    choices: list[FieldChoice]
    topic_ids: list[str]
    is_needed_to_resolve: bool
    is_retired: bool


class NewCaseField(Struct):
    name: Names
    kind: Kind
    code: Annotated[str, Meta(max_length=50, description="Made of the name where it is empty.")] = ""
    choices: Annotated[list[FieldChoice], Meta(max_length=200)] = []
    topic_ids: Annotated[list[Key], Meta(max_length=200)] = []
    is_needed_to_resolve: bool = False


class CaseFieldChange(Struct):
    name: Names | UnsetType = UNSET
    topic_ids: Annotated[list[Key], Meta(max_length=200)] | UnsetType = UNSET
    is_needed_to_resolve: bool | UnsetType = UNSET
    is_retired: bool | UnsetType = UNSET


class Link(Struct):
    """`kind` says what the other case is to this one; of a duplicate, `is_original` says that the other one came first."""

    id: str
    kind: Literal["related", "parent", "child", "duplicate"]
    number: int
    subject: str
    status: str
    category: Category
    is_original: bool
    at: datetime


class NewLink(Struct):
    """`resolve` resolves this case where the other one is the same matter."""

    number: Number
    kind: Literal["related", "parent", "child", "duplicate"] = "related"
    resolve: bool = False


class Follower(Struct):
    id: str
    name: str


class NewFollower(Struct):
    agent: Annotated[str, Meta(max_length=320, description="An agent's id or mail address, or `me`.")] = "me"


class Restriction(Struct):
    """Who alone sees the case."""

    people: list[Follower]


class NewRestriction(Struct):
    agents: Annotated[
        list[Annotated[str, Meta(max_length=320)]], Meta(max_length=200, description="Ids, mail addresses or `me`.")
    ]


class Duplicate(Struct):
    """A case that looks like the same matter. `id` is its number."""

    id: str
    number: int
    subject: str
    category: Category
    created_at: datetime


class Block(Struct):
    """An address, or a domain as in `@spam.example`."""

    id: str
    value: str
    at: datetime
    by: str | None


class NewBlock(Struct):
    value: Line
