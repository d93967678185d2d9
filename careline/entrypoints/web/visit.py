"""Who asks, when, and what they sent: what every screen of the staff is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest, QueryDict

from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person


@dataclass
class Visit:
    """One request of somebody who is signed in. `at` is its moment, `by` the actor of whatever it changes."""

    request: HttpRequest
    person: Person
    by: Actor
    at: datetime
    key: dict[str, Any] = field(default_factory=dict)
    session: int | None = None
    """The number of this browser among the sessions that are listed."""
    since: str = ""
    """Where history stood before a page was made: its live stream begins there, so that nothing falls in between."""

    @property
    def is_fragment(self) -> bool:
        """Asked by a page that is open already: a piece of it is wanted, not a page."""
        return "HX-Request" in self.request.headers

    @property
    def target(self) -> str:
        return self.request.headers.get("HX-Target", "")

    @cached_property
    def asked(self) -> QueryDict:
        return without_nul(self.request.GET)

    @cached_property
    def form(self) -> QueryDict:
        """What was sent, whatever the method; a DELETE says it in its address (htmx)."""
        if self.request.method == "POST":
            return without_nul(self.request.POST)
        if self.request.method == "DELETE":
            return self.asked
        return without_nul(QueryDict(self.request.body, encoding="utf-8"))

    @cached_property
    def zone(self) -> tzinfo:
        return zone_named(self.person.time_zone)

    @property
    def language(self) -> str:
        return self.person.language or self.person.house_language or "en"


def zone_named(name: str) -> tzinfo:
    """The zone, or UTC where there is none of this name."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def without_nul(given: QueryDict) -> QueryDict:
    """The same without the character NUL, which nobody types and PostgreSQL can't keep."""
    if not any("\0" in value for _name, values in given.lists() for value in values):
        return given
    clean = given.copy()
    for name, values in given.lists():
        clean.setlist(name, [value.replace("\0", "") for value in values])
    return clean


def whole_number(text: str | None) -> int | None:
    """A key from an address or a form; None for nothing and for nonsense."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else None
