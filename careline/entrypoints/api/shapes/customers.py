"""Customers, their companies, and what is known of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from careline.entrypoints.api.shapes.house import Language, Notes
from careline.entrypoints.api.shapes.parts import AddressText, Cursor, Key, Limit, Named, PageQuery

Kind = Annotated[
    str, Meta(pattern="^[a-z][a-z0-9_]{0,29}$", description="email, phone, or any small word.", examples=["phone"])
]
Purpose = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,49}$", examples=["news"])]
PersonName = Annotated[str, Meta(max_length=200, examples=["Carol Jensen"])]
Zone = Annotated[str, Meta(max_length=60, examples=["Europe/Berlin"])]
Values = Annotated[
    dict[Annotated[str, Meta(max_length=50)], Any],
    Meta(
        description="By the field's code; each value as its kind wants it, null takes it away.",
        examples=[{"size": "m"}],
    ),
]
How = Annotated[str, Meta(max_length=500, examples=["said so on the phone"])]


class CustomerAddress(Struct):
    """`verified_how`: mail (a proven sender), agent, portal or import."""

    id: str
    kind: str
    value: str
    is_primary: bool
    verified: bool
    verified_at: datetime | None
    verified_how: str
    undeliverable: bool


class Customer(Struct):
    id: str
    name: str
    language: str
    time_zone: str
    notes: str
    company: Named | None
    addresses: list[CustomerAddress]
    fields: dict[str, Any]
    preferred_channel: str
    do_not_contact: list[str]
    created_at: datetime


class CustomerQuery(Struct):
    q: (
        Annotated[
            str,
            Meta(
                max_length=320,
                description="Words that begin one of the name, an address, a note, a field; a phone number; a company.",
            ),
        ]
        | None
    ) = None
    company: Annotated[str, Meta(max_length=18, description="A company's id, or `none`.")] | None = None
    language: Annotated[str, Meta(max_length=20)] | None = None
    tag: Annotated[str, Meta(max_length=100, description="Stands on a case of theirs.")] | None = None
    consent: Annotated[str, Meta(max_length=50, description="A purpose they agree to.")] | None = None
    has: Annotated[str, Meta(max_length=30, description="A kind of address.")] | None = None
    contacted_within: Annotated[int, Meta(ge=1, le=36_500, description="Days.")] | None = None
    silent_for: Annotated[int, Meta(ge=1, le=36_500, description="Days.")] | None = None
    fields: (
        Annotated[
            str,
            Meta(
                max_length=2_000,
                description="A JSON object: by code the value, or an object with `min` and `max`.",
                examples=['{"size": "m"}'],
            ),
        ]
        | None
    ) = None
    segment: Annotated[str, Meta(max_length=18, description="A segment's id.")] | None = None
    sort: Literal["newest", "oldest", "name", "company"] = "newest"
    limit: Limit = 50
    cursor: Cursor | None = None


class NewAddress(Struct, forbid_unknown_fields=True):
    value: Annotated[str, Meta(min_length=1, max_length=500, examples=["+49 30 123456"])]
    kind: Kind = "email"


class NewCustomer(Struct):
    """A mail address, a telephone number or a name is enough."""

    name: PersonName = ""
    email: AddressText | None = None
    phone: Annotated[str, Meta(max_length=100, examples=["+49 30 123456"])] | None = None
    addresses: Annotated[
        list[AddressText | NewAddress], Meta(max_length=20, description="More; a text is a mail address.")
    ] = []
    language: Language = ""
    time_zone: Zone = ""
    company: Key | None = None
    notes: Notes = ""
    fields: Values = {}


class CustomerChange(Struct):
    name: PersonName | UnsetType = UNSET
    language: Language | UnsetType = UNSET
    time_zone: Zone | UnsetType = UNSET
    notes: Notes | UnsetType = UNSET
    company: Key | UnsetType | None = UNSET
    fields: Values | UnsetType = UNSET
    preferred_channel: Annotated[str, Meta(max_length=30)] | UnsetType = UNSET
    do_not_contact: (
        Annotated[list[Kind], Meta(max_length=20, description="Kinds of address they are not to be written to by.")]
        | UnsetType
    ) = UNSET


class CustomerAddressChange(Struct):
    is_primary: Literal[True] | UnsetType = UNSET
    verified: bool | UnsetType = UNSET


class CustomerNote(Struct):
    id: str
    text: str
    author: Named | None
    created_at: datetime
    edited_at: datetime | None


class NewCustomerNote(Struct):
    text: Annotated[str, Meta(min_length=1, max_length=100_000)]


class CustomerConsent(Struct):
    """`holds` says whether mail for this purpose may be sent."""

    id: str
    purpose: str
    holds: bool
    given_at: datetime
    given_how: str
    given_by: str | None
    withdrawn_at: datetime | None
    withdrawn_how: str
    withdrawn_by: str | None


class NewCustomerConsent(Struct):
    purpose: Purpose
    how: How = ""


class CustomerMerge(Struct):
    """`merged` answers with 308 to `survivor` until the merge is undone (DELETE), which may be whenever."""

    id: str
    survivor: str
    merged: Named
    at: datetime
    by: str | None
    undone_at: datetime | None


class NewCustomerMerge(Struct):
    """Either `into`: the one who stays, or `from`: the one who is merged into this one."""

    into: Key | None = None
    from_: Key | None = field(default=None, name="from")
    take: Annotated[
        list[Annotated[str, Meta(max_length=60)]],
        Meta(
            max_length=100,
            description="From the one who goes: name, language, time_zone, organisation_id, preferred_channel, notes, field:CODE.",
        ),
    ] = []


class CustomerLikeness(Struct):
    """`why`: mail (the same mailbox at a sister domain, or with a +), phone, name (the same one at the same company)."""

    customer: Named
    address: str | None
    company: str | None
    why: list[str]


class CustomerPair(Struct):
    first: Named
    second: Named
    why: list[str]


class NewDistinction(Struct):
    """`customer` is somebody else; the two are no longer suggested as one."""

    customer: Key


TimelineKind = Literal[
    "messages", "notes", "cases", "orders", "approvals", "requests", "complaints", "surveys", "promises", "loyalty", "person"
]  # fmt: skip


class TimelineQuery(PageQuery):
    kind: TimelineKind | None = None


class Thing(Struct):
    """What a happening is about: `type` order, approval, complaint and so on, and its id, an order's number."""

    type: str
    id: str


class TimelineEntry(Struct):
    """`type`: message, event or note; `name` a message's kind or a happening's name; `kind` what it is filtered by, else `other`."""

    id: str
    type: Literal["message", "event", "note"]
    at: datetime
    name: str
    conversation: int | None
    subject: str
    text: str
    author: dict[str, str]
    data: dict[str, Any]
    kind: TimelineKind | Literal["other"]
    about: Thing | None


class Organisation(Struct):
    id: str
    name: str
    domains: list[str]
    notes: str
    fields: dict[str, Any]
    people: int
    created_at: datetime


class OrganisationQuery(Struct):
    q: Annotated[str, Meta(max_length=253, description="The beginning of a word of the name, or a domain.")] | None = (
        None
    )
    limit: Limit = 50
    cursor: Cursor | None = None


Domains = Annotated[list[Annotated[str, Meta(max_length=260, examples=["northwind.example"])]], Meta(max_length=200)]


class NewOrganisation(Struct):
    name: Annotated[str, Meta(min_length=1, max_length=500, examples=["Northwind Bikes"])]
    domains: Domains = []
    notes: Notes = ""
    fields: Values = {}


class OrganisationChange(Struct):
    name: Annotated[str, Meta(min_length=1, max_length=500)] | UnsetType = UNSET
    domains: Domains | UnsetType = UNSET
    notes: Notes | UnsetType = UNSET
    fields: Values | UnsetType = UNSET


class FieldChoice(Struct):
    code: Annotated[str, Meta(max_length=50)]
    name: Annotated[str, Meta(min_length=1, max_length=200)]


class CustomerField(Struct):
    id: str
    of: str
    code: str
    name: str
    kind: str
    choices: list[FieldChoice]
    is_required: bool
    is_listed: bool


class CustomerFieldQuery(Struct):
    of: Literal["customer", "organisation"] = "customer"
    limit: Limit = 50
    cursor: Cursor | None = None


class NewCustomerField(Struct):
    name: Annotated[str, Meta(min_length=1, max_length=200, examples=["Frame size"])]
    kind: Literal["text", "number", "date", "choice", "choices", "yes_no", "url"] = "text"
    of: Literal["customer", "organisation"] = "customer"
    code: Annotated[str, Meta(max_length=50, description="Made of the name where it is not given.")] = ""
    choices: Annotated[list[FieldChoice], Meta(max_length=200)] = []
    is_required: bool = False
    is_listed: bool = False


class CustomerFieldChange(Struct):
    """Code and kind stay as they are."""

    name: Annotated[str, Meta(min_length=1, max_length=200)] | UnsetType = UNSET
    choices: Annotated[list[FieldChoice], Meta(max_length=200)] | UnsetType = UNSET
    is_required: bool | UnsetType = UNSET
    is_listed: bool | UnsetType = UNSET


SegmentFilter = Annotated[
    dict[str, Any],
    Meta(
        description="words, company (id, 0: none), language, tag, consent, has, contacted_within, silent_for (days), fields.",
        examples=[{"language": "de", "consent": "news", "contacted_within": 90}],
    ),
]


class Segment(Struct):
    """`size` is how many of them you see; not counted in lists."""

    id: str
    name: str
    filter: dict[str, Any]
    owner: Named | None
    size: int | None
    changed_at: datetime


class NewSegment(Struct):
    name: Annotated[str, Meta(min_length=1, max_length=200, examples=["News in German"])]
    filter: SegmentFilter


class SegmentChange(Struct):
    name: Annotated[str, Meta(min_length=1, max_length=200)] | UnsetType = UNSET
    filter: SegmentFilter | UnsetType = UNSET
