"""What readers said of articles, and the pictures in them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from careline.entrypoints.api.shapes.articles import Code
from careline.entrypoints.api.shapes.parts import Cursor, Key, Limit

Reason = Literal["", "unclear", "wrong", "missing", "other"]


class OpinionQuery(Struct):
    article: Key | None = None
    limit: Limit = 50
    cursor: Cursor | None = None


class Opinion(Struct):
    """Somebody whom an article did not help, and nobody has looked at it yet."""

    id: str
    article: str
    language: str
    version: int
    title: str
    reason: Reason
    comment: str
    given_at: datetime


class NewOpinion(Struct, forbid_unknown_fields=True):
    """`reader`: how your pages call whoever read it; of one reader the last opinion counts. No name: it is kept as a digest."""

    language: Code
    is_helpful: bool
    reader: Annotated[str, Meta(min_length=1, max_length=200)]
    reason: Reason = ""
    comment: Annotated[str, Meta(max_length=2000)] = ""


class PictureQuery(Struct):
    name: Annotated[str, Meta(max_length=200)] = "picture"


class Picture(Struct):
    """`address` goes into the `src` of an image in the article's words."""

    id: str
    address: str
    name: str
    type: str
    size: int
    added_at: datetime
