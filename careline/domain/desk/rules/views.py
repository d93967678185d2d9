"""The views that everybody has, and what a saved one is made of."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from careline.domain.desk.rules.due import SOON
from careline.domain.desk.rules.filters import Filter
from careline.domain.sla.rules.silence import Silence

SORTS = ("due", "updated", "created", "priority", "waiting")
"""Soonest due first, newest change first, newest case first, most urgent first, longest waiting first."""
COLUMNS = ("tags", "priority", "assignee", "channel", "due", "updated")
"""What a row may show beside who wrote and what about; a view without a choice of its own shows all of it."""

KINDS = ("list", "board", "play")
"""Rows; columns with cards; one case after the other, the next best first."""
SPLITS = ("status", "priority", "assignee")
"""What the columns of a board stand for."""

_PARTS: dict[str, dict[str, Any]] = {
    "unread": {"unread": True}, "ours": {"categories": ("open",)}, "mine": {"assignee": "me"}, "nobody": {"assignee": "none"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class View:
    """A view as somebody has it. `code` stands in its address: a saved one's is its id. `audience`: house, all, team or me.

    `silences`: of the untouched view, how long it is for the teams of whoever looks, the shortest first.
    """

    code: str
    name: str
    filter: Filter = field(default_factory=Filter)
    sort: str = "due"
    symbol: str = "saved"
    audience: str = "house"
    id: int | None = None
    columns: tuple[str, ...] = ()
    team_id: int | None = None
    owner_id: int | None = None
    is_hidden: bool = False
    kind: str = "list"
    split: str = "status"
    silences: tuple[Silence, ...] = ()

    @property
    def parts(self) -> dict[str, Filter]:
        """What the view is parted into by rule, "" for all of it."""
        return {name: self.part(name) for name in self.part_names}

    @property
    def part_names(self) -> tuple[str, ...]:
        """Only what leaves something out and something in."""
        asked = self.filter
        if asked.spam or asked.categories == ("resolved",):
            return ("",)
        is_parted = "open" in asked.categories and len(asked.categories) > 1
        fit = {
            "": True,
            "unread": not asked.unread,
            "ours": is_parted,
            "mine": not asked.assignee,
            "nobody": not asked.assignee,
        }
        return tuple(name for name, fits in fit.items() if fits)

    def part(self, name: str) -> Filter:
        return replace(self.filter, **_PARTS[name]) if name else self.filter


DEFAULT_VIEWS = (
    View("mine", "Mine", Filter(categories=("open", "waiting"), assignee="me"), symbol="mine"),
    View("unassigned", "Unassigned", Filter(categories=("open",), assignee="none"), symbol="unassigned"),
    View("open", "Waiting on us", Filter(categories=("open",)), symbol="open"),
    View("due", "Breaching soon", Filter(categories=("open",), due_within=SOON), symbol="due"),
    View("untouched", "Untouched", Filter(categories=("open",), untouched=True), symbol="untouched"),
    View("waiting", "Waiting on customer", Filter(categories=("waiting",)), sort="updated", symbol="waiting"),
    View("snoozed", "Snoozed", Filter(snoozed=True), sort="updated", symbol="snoozed"),
    View("mentions", "Mentions", Filter(categories=("open", "waiting"), mentions=True), sort="updated", symbol="mentions"),
    View("followed", "Following", Filter(categories=("open", "waiting"), followed=True), sort="updated", symbol="followed"),
    View("complaints", "With a complaint", Filter(categories=("open", "waiting"), complaints=True), symbol="complaints"),
    View("resolved", "Resolved", Filter(categories=("resolved",)), sort="updated", symbol="resolved"),
    View("all", "All cases", Filter(), sort="updated", symbol="all"),
    View("spam", "Spam", Filter(spam=True), sort="updated", symbol="spam"),
)  # fmt: skip
