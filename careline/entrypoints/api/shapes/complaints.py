"""Complaints, their letters, what is mended after them, and what the register goes by."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from careline.entrypoints.api.shapes.cases import NewCase
from careline.entrypoints.api.shapes.money import Money
from careline.entrypoints.api.shapes.parts import Key, Moment, Named, PageQuery

Severity = Literal["low", "medium", "high", "critical"]
Complainant = Literal["customer", "business", "representative", "authority", "other"]
Outcome = Literal["upheld", "partly", "not_upheld"]
Remedy = Literal[
    "apology", "explanation", "correction", "replacement", "repair", "refund", "goodwill", "compensation", "other"
]
Kind = Literal["acknowledgement", "holding", "final"]
Words = Annotated[str, Meta(max_length=10_000)]
Said = Annotated[str, Meta(min_length=1, max_length=10_000)]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Country = Annotated[str, Meta(pattern="^([A-Z]{2})?$", description="ISO 3166, as in DE; empty for any.")]
Colleague = Annotated[str, Meta(max_length=320, description="An agent's id or mail address, or `me`.")]
_FILTER_CAUSE = Annotated[str, Meta(pattern="^(none|[0-9]{1,18}(,[0-9]{1,18}){0,99})$", description="Ids, or `none`.")]


Figure = Annotated[
    Literal["", "answered", "in_time", "upheld", "partly", "satisfied", "asked"],
    Meta(description="Those that a figure counts."),
]


class ComplaintFilter(Struct):
    """`clock`: due within three days, over by now, or missed at any time. `state`: `open` is recorded or acknowledged."""

    state: Literal["", "open", "recorded", "acknowledged", "answered", "closed", "withdrawn"] = ""
    category: Key | None = None
    severity: Literal["", "low", "medium", "high", "critical"] = ""
    clock: Literal["", "near", "late", "missed"] = ""
    cause: _FILTER_CAUSE | None = None
    since: date | None = None
    until: Annotated[date, Meta(description="The first day that is not meant any more.")] | None = None
    figure: Figure = ""


class ComplaintQuery(PageQuery):
    state: Literal["", "open", "recorded", "acknowledged", "answered", "closed", "withdrawn"] = ""
    category: Key | None = None
    severity: Literal["", "low", "medium", "high", "critical"] = ""
    clock: Literal["", "near", "late", "missed"] = ""
    cause: _FILTER_CAUSE | None = None
    since: date | None = None
    until: Annotated[date, Meta(description="The first day that is not meant any more.")] | None = None
    figure: Figure = ""


class ComplaintExportQuery(ComplaintFilter):
    format: Literal["csv", "json"] = "csv"
    people: Annotated[bool, Meta(description="With what is personal; asks for customer:export too.")] = False


class NewComplaint(Struct, forbid_unknown_fields=True):
    """On a case that is there (`conversation`), or with a new one (`case`, as for POST /conversations). Twice on a case makes one.

    Empty `text`: what the customer wrote last. `received_at`: when it reached us; deadlines run from there.
    """

    conversation: Annotated[int, Meta(ge=1)] | None = None
    case: NewCase | None = None
    category: Key | None = None
    severity: Severity = "medium"
    product: Key | None = None
    complainant: Complainant = "customer"
    country: Country = ""
    text: Words = ""
    wish: Words = ""
    about: Colleague | None = None
    owner: Colleague | None = None
    received_at: Moment | None = None


class ComplaintChange(Struct, forbid_unknown_fields=True):
    """What is not given stays; null means none."""

    category: Key | UnsetType | None = UNSET
    severity: Severity | UnsetType = UNSET
    product: Key | UnsetType | None = UNSET
    complainant: Complainant | UnsetType = UNSET
    country: Country | UnsetType = UNSET
    text: Words | UnsetType = UNSET
    wish: Words | UnsetType = UNSET
    about: Colleague | UnsetType | None = UNSET
    owner: Colleague | UnsetType | None = UNSET
    investigator: Colleague | UnsetType | None = UNSET


class NewComplaintNote(Struct, forbid_unknown_fields=True):
    text: Said


class ComplaintVerdict(Struct, forbid_unknown_fields=True):
    outcome: Outcome
    reasons: Said
    cause: Key | None = None
    remedies: Annotated[list[Remedy], Meta(max_length=9)] = []


class NewComplaintLetter(Struct, forbid_unknown_fields=True):
    """`way`: as an answer on the case, kept as a PDF, or said by word of mouth. `preview` sends nothing and says what it would say."""

    kind: Kind
    way: Literal["reply", "paper", "told"] = "reply"
    text: Words = ""
    letter: Key | None = None
    preview: bool = False


class ComplaintLetterSaid(Struct):
    """`unfilled`: variables that nobody knows here. `entry`: its line of the record, null for a preview."""

    text: str
    language: str
    unfilled: list[str]
    entry: str | None


class NewComplaintExtension(Struct, forbid_unknown_fields=True):
    until: date
    reason: Said


class ComplaintReferral(Struct, forbid_unknown_fields=True):
    """Taken to a body outside; with `outcome` and `ended_on` what it decided."""

    body: Annotated[str, Meta(min_length=1, max_length=300)]
    on: date
    reference: Annotated[str, Meta(max_length=300)] = ""
    outcome: Words = ""
    ended_on: date | None = None


class ComplaintClosure(Struct, forbid_unknown_fields=True):
    """The customer's view; null where it is not known."""

    is_satisfied: bool | None = None
    view: Words = ""


class ComplaintReason(Struct, forbid_unknown_fields=True):
    reason: Said


class NewCorrection(Struct, forbid_unknown_fields=True):
    """By the end of `due_on`; so many days after it is done somebody else checks whether it helped."""

    text: Said
    owner: Colleague
    due_on: date
    check_after: Annotated[int, Meta(ge=1, le=365)] = 30


class CorrectionDone(Struct, forbid_unknown_fields=True):
    result: Words = ""


class CorrectionFinding(Struct, forbid_unknown_fields=True):
    is_effective: bool
    finding: Said


class ComplaintClock(Struct):
    kind: Kind
    due_at: datetime
    first_due_at: datetime
    warned_at: datetime | None
    met_at: datetime | None
    broken_at: datetime | None


class ComplaintRecordLine(Struct):
    """`what`: note, acknowledgement, holding, final, decision, extension, referral, referral_end, closure, withdrawal, reopening."""

    id: str
    at: datetime
    by: str | None
    what: str
    words: str
    message: str | None
    has_paper: bool


class ComplaintRedress(Struct):
    """`state`: given, waiting, denied, failed, approved."""

    action: str
    amount: Money | None
    state: str
    approval: str | None
    at: datetime


class Correction(Struct):
    id: str
    text: str
    owner: Named | None
    due_at: datetime
    done_at: datetime | None
    result: str
    check_due_at: datetime | None
    checked_at: datetime | None
    checked_by: str | None
    is_effective: bool | None
    finding: str


class ComplaintRow(Struct):
    """`number` as people say it. `conversation` is null where the case has gone."""

    id: str
    number: str
    conversation: int | None
    customer: Annotated[str, Meta(description="Their name.")] | None
    state: str
    category: Named | None
    severity: Severity
    product: Named | None
    complainant: Complainant
    country: str
    text: str
    wish: str
    owner: Named | None
    received_at: datetime
    next_due_at: datetime | None
    due_kind: str
    is_broken: bool
    outcome: str
    cause: Named | None
    answered_at: datetime | None
    closed_at: datetime | None
    is_satisfied: bool | None


class Complaint(Struct):
    complaint: ComplaintRow
    rules: Named | None
    investigator: Named | None
    about: Named | None
    reasons: str
    remedies: list[str]
    referral: ComplaintReferral | None
    clocks: list[ComplaintClock]
    redress: list[ComplaintRedress]
    corrections: list[Correction]
    record: list[ComplaintRecordLine]


class ComplaintTrendQuery(Struct):
    length: Literal["month", "quarter", "year"] = "month"
    day: Annotated[date, Meta(description="Any day of the period; today where absent.")] | None = None


class CauseTrend(Struct):
    """`causes` with all below: what `?cause=` of the list takes. Empty: no cause is known."""

    name: str
    depth: int
    causes: list[str]
    now: int
    before: int
    change_percent: int | None


class ComplaintTrend(Struct):
    since: date
    until: date
    before_since: date
    count: int
    count_before: int
    in_time: int
    in_time_before: int
    causes: list[CauseTrend]
