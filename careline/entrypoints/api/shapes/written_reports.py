"""The written report on common issues, and to whom it is sent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from careline.entrypoints.api.shapes.parts import Key, Named

Every = Literal["week", "month"]
Day = Annotated[date, Meta(description="A day of the week or month that is meant.")]
Judgement = Annotated[
    Literal["more", "fewer", "noise", "too_few"],
    Meta(description="`more` and `fewer` only where the change is more than chance; `too_few`: below ten cases."),
]


class IssueReportQuery(Struct):
    """The last week that is over where no day is given."""

    every: Every = "week"
    on: Day | None = None


class IssueExample(Struct):
    number: int
    subject: str


class Issue(Struct):
    """Why people wrote: a topic, a product or a known issue. `chance`: of such a change by chance alone."""

    id: str
    name: str
    cases: int
    before: int
    chance: float
    judgement: Judgement
    reopened: int
    examples: list[IssueExample]


class ReportLine(Struct):
    text: str
    examples: list[IssueExample]


class ReportSection(Struct):
    heading: str
    paragraphs: list[str]
    items: list[ReportLine]


class IssueReport(Struct):
    """Days up to `until`, which is not among them, and the same of the period before. Words are in your language."""

    title: str
    since: date
    until: date
    before_since: date
    cases: int
    before: int
    judgement: Judgement
    untold: Annotated[int, Meta(description="Cases that bear no topic.")]
    sections: list[ReportSection]
    topics: list[Issue]
    products: list[Issue]
    problems: list[Issue]


class SentLetter(Struct):
    name: str
    begins_on: str
    state: Literal["queued", "leaving", "sent", "failed", "uncertain"]
    words: str


class NewReportSending(Struct, forbid_unknown_fields=True):
    """`people` work here; `minute` of each reader's own day (480: at eight), after each week or month."""

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    people: Annotated[list[Key], Meta(min_length=1, max_length=50)]
    every: Every = "week"
    minute: Annotated[int, Meta(ge=0, le=1439)] = 480
    is_active: bool = True


class ReportSending(Struct):
    """`due_at`: when the next period ends; the letters leave on each reader's morning after."""

    id: str
    name: str
    every: Every
    minute: int
    is_active: bool
    people: list[Named]
    due_at: datetime | None
    letters: list[SentLetter]
