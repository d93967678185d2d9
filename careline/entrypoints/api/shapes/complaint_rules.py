"""What the register of complaints goes by."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from careline.entrypoints.api.shapes.complaints import Country, Kind, Name, Outcome
from careline.entrypoints.api.shapes.parts import Key, Moment


class ComplaintTerm(Struct, forbid_unknown_fields=True):
    """`warn`: so many days before its end somebody is warned; 0 for nobody."""

    count: Annotated[int, Meta(ge=1, le=400)]
    unit: Literal["business_days", "days", "weeks"]
    warn: Annotated[int, Meta(ge=0, le=400)] = 0


class ComplaintDeadlines(Struct, forbid_unknown_fields=True):
    final: ComplaintTerm
    acknowledgement: ComplaintTerm | None = None
    holding: ComplaintTerm | None = None


class GivenComplaintRules(Struct, forbid_unknown_fields=True):
    """For the complaints of a brand, product and country; null and empty for any. `body`: whom outside customers may turn to."""

    name: Name
    terms: ComplaintDeadlines
    extension: ComplaintTerm | None = None
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
    terms: ComplaintDeadlines
    extension: ComplaintTerm | None
    brand: str | None
    product: str | None
    country: str
    calendar: str | None
    body: str
    is_off: bool
    valid_from: datetime
    holds: bool


class GivenComplaintCategory(Struct, forbid_unknown_fields=True):
    name: Name
    is_active: bool = True


class ComplaintCategory(Struct):
    id: str
    name: str
    is_active: bool


class GivenComplaintCause(Struct, forbid_unknown_fields=True):
    """`parent` counts for a new one only."""

    name: Name
    parent: Key | None = None
    is_active: bool = True


class ComplaintCause(Struct):
    """In the order of the tree; `path` are the names from the top."""

    id: str
    path: list[str]
    is_active: bool


class GivenComplaintLetter(Struct, forbid_unknown_fields=True):
    """`texts` by language; `outcome`: a final letter for one decision alone."""

    kind: Kind
    name: Name
    texts: dict[Annotated[str, Meta(max_length=20)], Annotated[str, Meta(max_length=20_000)]]
    outcome: Outcome | Literal[""] = ""
    is_active: bool = True


class KeptComplaintLetter(Struct):
    id: str
    kind: Kind
    outcome: str
    name: str
    texts: dict[str, str]
    is_active: bool
