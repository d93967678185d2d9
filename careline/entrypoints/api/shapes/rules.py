"""Rules, what they did and why not, and recurring cases."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from careline.entrypoints.api.shapes.parts import Cursor, Key, Limit, LongText, Named, Subject, Tags

Name = Annotated[str, Meta(min_length=1, max_length=200)]
Kind = Annotated[
    Literal["trigger", "time"], Meta(description="`trigger`: when something happens. `time`: looked at each minute.")
]
Whens = Annotated[
    list[Annotated[str, Meta(max_length=50)]], Meta(max_length=30, description="As in `opened`, `customer_wrote`.")
]
Conditions = Annotated[
    dict[str, Any],
    Meta(
        description="`{\"all\": […]}`, `{\"any\": […]}` or `{\"none\": […]}`, nested at most three deep, of leaves as "
        "`{\"fact\": \"priority\", \"is\": [\"high\"]}`; see docs/why/rules.md for every fact.", examples=[{"all": []}],
    ),
]  # fmt: skip
Actions = Annotated[
    list[dict[str, Any]],
    Meta(
        max_length=20, description="What a macro does, and `follow`, `topic`, `set_field`, `checklist`, `send_reply`, `notify_agent`, "
        "`notify_team`, `escalate`, `follow_up` (`days`), `webhook`.",
    ),
]  # fmt: skip


class AutomaticRule(Struct):
    """`missing`: what it names that is not there any more, as `team 12`; then it does nothing. `acted` counts 7 days."""

    id: str
    name: str
    kind: str
    when: list[str]
    conditions: dict[str, Any]
    actions: list[dict[str, Any]]
    calendar: str | None
    stops: bool
    is_active: bool
    position: int
    author: Named | None
    missing: list[str]
    acted: int
    last_at: datetime | None
    changed_at: datetime


class NewAutomaticRule(Struct):
    """`stops`: where it acted, the rules behind it do not. `calendar`: whose hours it goes by, the default one without."""

    name: Name
    actions: Actions
    kind: Kind = "trigger"
    when: Whens = field(default_factory=list)
    conditions: Conditions = field(default_factory=dict)
    calendar: Key | None = None
    stops: bool = False
    is_active: bool = True


class AutomaticRuleChange(Struct):
    name: Name | UnsetType = UNSET
    kind: Kind | UnsetType = UNSET
    when: Whens | UnsetType = UNSET
    conditions: Conditions | UnsetType = UNSET
    actions: Actions | UnsetType = UNSET
    calendar: Key | UnsetType | None = UNSET
    stops: bool | UnsetType = UNSET
    is_active: bool | UnsetType = UNSET


class RulePlace(Struct):
    """A place among all rules, counted from 1."""

    position: Annotated[int, Meta(ge=1, le=500)]


class AutomaticRulePreview(Struct):
    """Cases of the last seven days on which it would have acted, as they stand now; at most 50."""

    cases: list[PreviewedCase]


class PreviewedCase(Struct):
    number: int
    subject: str
    at: datetime


class AutomaticRuleRun(Struct):
    """`outcome`: done, partly, refused, unmatched, waiting (for the hold), undone, again, chain, often (held back), closed, broken.

    `against`: the conditions that failed, each with the value found. `steps`: what was done, each with its refusal.
    """

    id: str
    rule: Named
    conversation: int
    at: datetime
    outcome: str
    against: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    happening: str | None
    due_at: datetime | None


class RunQuery(Struct):
    acted: bool = False
    limit: Limit = 50
    cursor: Cursor | None = None


class NewTrial(Struct):
    conversation: Annotated[int, Meta(ge=1, lt=2**62)]


class RuleTrial(Struct):
    """What would come of the rule on this case now; nothing was changed. `happening`: what it was tried on."""

    outcome: str
    against: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    happening: str


class ScheduleTemplate(Struct, omit_defaults=True):
    """Without a customer the case is internal. `is_letter`: the text is sent to the customer, else it is a note."""

    subject: Subject
    text: LongText = ""
    customer: Key | None = None
    channel: Key | None = None
    team: Key | None = None
    assignee: Key | None = None
    checklist: Key | None = None
    tags: Tags = field(default_factory=list)
    priority: Literal["low", "normal", "high", "urgent"] = "normal"
    is_letter: bool = False


RuleText = Annotated[
    str,
    Meta(max_length=200, description="An RRULE of RFC 5545, as in `FREQ=MONTHLY;BYDAY=2MO`.", examples=["FREQ=DAILY"]),
]
WallTime = Annotated[
    str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$", description="As in 09:00, on the clock of its zone.")
]
OnHoliday = Annotated[Literal["keep", "skip", "shift"], Meta(description="On a day on which the calendar is closed.")]


class NewSchedule(Struct):
    name: Name
    rule: RuleText
    starts_on: date
    time: WallTime
    zone: Annotated[str, Meta(max_length=60, description="As in Europe/Berlin.")]
    template: ScheduleTemplate
    until: date | None = None
    calendar: Key | None = None
    on_holiday: OnHoliday = "keep"
    is_active: bool = True


class Schedule(Struct):
    """`openings`: the newest cases that it opened, each with what it missed before, or why it opened none."""

    id: str
    name: str
    rule: str
    starts_on: date
    time: str
    zone: str
    until: date | None
    calendar: str | None
    on_holiday: str
    is_active: bool
    template: ScheduleTemplate
    next_on: date | None
    next_due_at: datetime | None
    openings: list[ScheduleOpening]


class ScheduleOpening(Struct):
    on: date
    at: datetime
    conversation: int | None
    missed: int
    refusal: str
