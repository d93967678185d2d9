"""Searching."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from careline.entrypoints.api.shapes.parts import Cursor, Limit

Type = Literal["conversation", "customer", "company"]


class SearchQuery(Struct):
    q: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=1_000,
            description='Words, "exact words", -not, pre*, and operators as in `from:carol tag:refund is:open after:7d`.',
        ),
    ]
    type: Annotated[Type, Meta(description="Only these; `conversation` stands for its messages and notes.")] | None = (
        None
    )
    exact: Annotated[bool, Meta(description="Search for misspelt words as they are.")] = False
    limit: Limit = 20
    cursor: Cursor | None = None


class SearchHit(Struct):
    """`key` is the id of what was found, of a conversation its number. `snippet` is HTML: escaped, found words in <mark>."""

    type: Literal["message", "note", "conversation", "customer", "company"]
    key: str
    number: int | None
    title: str
    snippet: str
    at: datetime
    file: str = ""
    """The attached file that holds the words, where the message itself does not."""


class NotUnderstood(Struct):
    """A piece of the query that is no operator, or a value that means nothing to one; `suggestion` may be put in its place."""

    piece: str
    suggestion: str


class SearchPage(Struct):
    """`searched` is the query that was made: another than `q` where misspelt words were mended.

    `is_partial`: there may be older hits, which took too long to find.
    """

    items: list[SearchHit]
    next: str | None
    searched: str
    not_understood: list[NotUnderstood]
    is_partial: bool


class Suggestion(Struct):
    """What somebody who types `q` may mean: `query` to search for, or the `key` of a case or a customer to open."""

    type: Literal["query", "operator", "conversation", "customer"]
    text: str
    query: str | None = None
    key: str | None = None


class SuggestionQuery(Struct):
    q: Annotated[str, Meta(max_length=200)] = ""


class Suggestions(Struct):
    items: list[Suggestion]
