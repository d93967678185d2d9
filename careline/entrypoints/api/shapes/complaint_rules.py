"""What the register of complaints goes by."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from careline.entrypoints.api.shapes.complaints import Country, Kind, Name, Outcome
from careline.entrypoints.api.shapes.parts import Key, Moment, PageQuery


class Term(Struct, forbid_unknown_fields=True):
    """`warn`: so many days before its end somebody is warned; 0 for nobody."""

    count: Annotated[int, Meta(ge=1, le=400)]
    unit: Literal["business_days", "days", "weeks"]
    warn: Annotated[int, Meta(ge=0, le=400)] = 0


class Deadlines(Struct, forbid_unknown_fields=True):
    final: Term
    acknowledgement: Term | None = None
    holding: Term | None = None


class GivenRules(Struct, forbid_unknown_fields=True):
    """For the complaints of a brand, product and country; null and empty for any. `body`: whom outside customers may turn to."""

    name: Name
    terms: Deadlines
    extension: Term | None = None
    brand: Key | None = None
    product: Key | None = None
    country: Country = ""
    calendar: Key | None = None
    body: Annotated[str, Meta(max_length=2_000)] = ""
    is_off: bool = False
    valid_from: Moment | None = None


class ComplaintRules(Struct):
    """A version; `code` is the same of all versions of a rule set. `holds`: it is the one in force."""

    id: str
    code: str
    name: str
    terms: Deadlines
    extension: Term | None
    brand: str | None
    product: str | None
    country: str
    calendar: str | None
    body: str
    is_off: bool
    valid_from: datetime
    holds: bool


class RegisterWordQuery(PageQuery):
    """All, also those put aside."""


class GivenCategory(Struct, forbid_unknown_fields=True):
    name: Name
    is_active: bool = True


class Category(Struct):
    id: str
    name: str
    is_active: bool


class GivenCause(Struct, forbid_unknown_fields=True):
    """`parent` counts for a new one only."""

    name: Name
    parent: Key | None = None
    is_active: bool = True


class Cause(Struct):
    """In the order of the tree; `path` are the names from the top."""

    id: str
    path: list[str]
    is_active: bool


class GivenLetter(Struct, forbid_unknown_fields=True):
    """`texts` by language; `outcome`: a final letter for one decision alone."""

    kind: Kind
    name: Name
    texts: dict[Annotated[str, Meta(max_length=20)], Annotated[str, Meta(max_length=20_000)]]
    outcome: Outcome | Literal[""] = ""
    is_active: bool = True


class KeptLetter(Struct):
    id: str
    kind: Kind
    outcome: str
    name: str
    texts: dict[str, str]
    is_active: bool
