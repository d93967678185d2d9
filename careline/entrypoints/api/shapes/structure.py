"""How cases hang together: merges, splits, links, followers, side conversations."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from careline.entrypoints.api.shapes.parts import Key, LongText, People, Person, Subject

Number = Annotated[int, Meta(ge=1, le=10**18 - 1, description="A case's number.")]


class NewMerge(Struct):
    """`into` is the number of the case that takes everything in."""

    into: Number


class Merge(Struct):
    """`number` leads to `into` until the merge is undone (DELETE), which may be whenever."""

    id: str
    number: int
    into: int
    at: datetime
    by: str | None
    undone_at: datetime | None


class NewSplit(Struct):
    message_ids: Annotated[list[Key], Meta(min_length=1, max_length=200, description="Messages of this case.")]


class Split(Struct):
    """The new case, and the case that it came out of."""

    number: int
    out_of: int
    message_ids: list[str]


class SideConversation(Struct):
    """With a third party, inside a case: the customer never sees it. `turn`: ours, where they have answered, or theirs."""

    id: str
    subject: str
    people: list[Person]
    turn: str
    message_count: int
    snippet: str
    created_at: datetime
    updated_at: datetime


class NewSideConversation(Struct):
    """`forward` are messages of the case that are handed on: their words and files, without who said them."""

    to: People
    text: LongText = ""
    html: LongText = ""
    subject: Subject = ""
    forward: Annotated[list[Key], Meta(max_length=50)] = []
    attachments: Annotated[list[str], Meta(max_length=50, description="Ids that POST /attachments gave.")] = []
    hold_seconds: Annotated[int, Meta(ge=0, le=86_400)] = 10


class NewSideMessage(Struct):
    """Goes to those who are on the side conversation."""

    text: LongText = ""
    html: LongText = ""
    forward: Annotated[list[Key], Meta(max_length=50)] = []
    attachments: Annotated[list[str], Meta(max_length=50)] = []
    hold_seconds: Annotated[int, Meta(ge=0, le=86_400)] = 10
