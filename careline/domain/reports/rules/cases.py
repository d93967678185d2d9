"""What a case's fact is made of: its cover as it stands, and what happened on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any

from careline.domain.calendars.rules.schedule import Schedule, TooFar
from careline.domain.calendars.rules.working_time import business_seconds_between


@dataclass(frozen=True, slots=True)
class Cover:
    """The case's row. `is_side`: a side conversation with a third party; it belongs to another case."""

    id: int
    number: int
    category: str
    opened_at: datetime
    brand_id: int
    priority: int = 2
    resolved_at: datetime | None = None
    is_spam: bool = False
    is_merged: bool = False
    is_side: bool = False
    is_restricted: bool = False
    channel_id: int | None = None
    channel_kind: str = ""
    team_id: int | None = None
    assignee_id: int | None = None
    topic_id: int | None = None
    customer_id: int | None = None
    organisation_id: int | None = None
    form_id: int | None = None
    language: str = ""
    product_ids: Sequence[int] = ()

    @property
    def why_not(self) -> str:
        """Why no measure counts it, as a code; empty where it is counted."""
        if self.is_side:
            return "side"
        return "merged" if self.is_merged else "spam" if self.is_spam else ""


@dataclass(frozen=True, slots=True)
class Event:
    """A happening of the case. Of messages: whether it was automatic or went to somebody else, and when one for later left."""

    at: datetime
    id: int
    name: str
    actor_kind: str = "system"
    actor_id: int = 0
    subject_kind: str = "conversation"
    key: int = 0
    data: dict[str, Any] = field(default_factory=dict)
    is_automatic: bool = False
    is_forward: bool = False
    is_later: bool = False
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class House:
    """By what time is counted: the company's opening hours (None: it has none) and its zone."""

    zone: tzinfo
    hours: Schedule | None = None

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def business(self, since: datetime, until: datetime) -> int | None:
        """Seconds of opening hours; None where there are none to count by."""
        if self.hours is None:
            return None
        try:
            return max(0, business_seconds_between(self.hours, since, until))
        except TooFar:
            return None


def seconds_between(since: datetime, until: datetime) -> int:
    """Whole seconds on the clock; never less than none."""
    return max(0, int((until - since).total_seconds()))
