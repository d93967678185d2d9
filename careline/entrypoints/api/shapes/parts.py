"""Pieces that several shapes are made of."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from msgspec import Meta, Struct

Item = TypeVar("Item")

Key = Annotated[str, Meta(pattern="^[0-9]{1,18}$", description="An id.")]
Line = Annotated[str, Meta(min_length=1, max_length=500)]
Subject = Annotated[str, Meta(max_length=1_000)]
LongText = Annotated[str, Meta(max_length=1_000_000)]
AddressText = Annotated[
    str, Meta(min_length=3, max_length=500, description="A mail address, also as in `Carol <carol@example.com>`.")
]
Tags = Annotated[list[Annotated[str, Meta(min_length=1, max_length=100)]], Meta(max_length=50)]
Limit = Annotated[int, Meta(ge=1, le=200, description="How many at once.")]
Cursor = Annotated[str, Meta(max_length=200, description="`next` of the page before.")]
Moment = Annotated[datetime, Meta(tz=True, description="RFC 3339, as in 2026-11-22T10:00:00Z.")]


class Page(Struct, Generic[Item]):
    """`next` is the `cursor` of the page after this one, null at the end."""

    items: list[Item]
    next: str | None


class PageQuery(Struct):
    limit: Limit = 50
    cursor: Cursor | None = None


class Named(Struct):
    id: str
    name: str


class Person(Struct):
    """Somebody on a message."""

    address: str
    name: str = ""
    kind: str = "email"


class GivenAddress(Struct, forbid_unknown_fields=True):
    address: AddressText
    name: Annotated[str, Meta(max_length=200)] = ""


Given = AddressText | GivenAddress
People = Annotated[list[Given], Meta(max_length=100)]


class FieldProblem(Struct):
    field: str
    message: str


class Problem(Struct, omit_defaults=True):
    """RFC 9457. `errors` names each field that is wrong; `code` is for programs."""

    type: str
    title: str
    status: int
    detail: str = ""
    code: str = ""
    errors: list[FieldProblem] = []
    messages: list[dict[str, Any]] = []
