"""Suggestions, praise, and reviews that stand in public."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from careline.entrypoints.api.shapes.parts import Key, Named, PageQuery

Kind = Literal["suggestion", "compliment"]
State = Literal["new", "considered", "planned", "done", "declined"]
Title = Annotated[str, Meta(min_length=1, max_length=200)]
Said = Annotated[str, Meta(max_length=4_000)]


class FeedbackQuery(PageQuery):
    """`cursor` goes on behind those that fewer cases raise."""

    kind: Literal["", "suggestion", "compliment"] = ""
    state: Literal["", "new", "considered", "planned", "done", "declined"] = ""


class NewFeedback(Struct, forbid_unknown_fields=True):
    """Recorded from a case, which is the first to raise it. `person` is whom praise names, `owner` who answers for the product."""

    conversation: Annotated[int, Meta(ge=1)]
    kind: Kind
    title: Title
    words: Said = ""
    product: Key | None = None
    owner: Key | None = None
    person: Key | None = None


class FeedbackChange(Struct, forbid_unknown_fields=True):
    title: Title | UnsetType = UNSET
    words: Said | UnsetType = UNSET
    product: Key | UnsetType | None = UNSET
    owner: Key | UnsetType | None = UNSET
    person: Key | UnsetType | None = UNSET


class FeedbackMove(Struct, forbid_unknown_fields=True):
    """With `answer`, all who raised it are told, each once in their own case."""

    state: State
    answer: Said = ""


class FeedbackMerge(Struct, forbid_unknown_fields=True):
    into: Key


class Feedback(Struct):
    """`cases`: how many raise it."""

    id: str
    kind: Kind
    title: str
    words: str
    state: State
    product: Named | None
    owner: Named | None
    person: Named | None
    cases: int
    merged_into: str | None
    answer: str
    made_at: datetime
    done_at: datetime | None


class NewReview(Struct, forbid_unknown_fields=True):
    """What somebody wrote in public, as a case of its own. Without a `mail` of the author it is a note that nobody can answer by mail."""

    source: Annotated[str, Meta(min_length=1, max_length=100)]
    text: Annotated[str, Meta(min_length=1, max_length=20_000)]
    url: Annotated[str, Meta(max_length=2_000)] = ""
    author: Annotated[str, Meta(max_length=200)] = ""
    mail: Annotated[str, Meta(max_length=320)] = ""
    stars: Annotated[int, Meta(ge=1, le=5)] | None = None
    posted_on: date | None = None


class ReviewAnswer(Struct, forbid_unknown_fields=True):
    """What was answered where the review stands."""

    text: Annotated[str, Meta(min_length=1, max_length=4_000)]


class PublicReview(Struct):
    id: str
    conversation: int
    source: str
    url: str
    author: str
    stars: int | None
    text: str
    posted_on: date | None
    recorded_at: datetime
    answered_at: datetime | None
