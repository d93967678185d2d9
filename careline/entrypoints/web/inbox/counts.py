"""Views with their counts, and the numbers beside the places of the house."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from careline.domain.channels.queries import inbound_counts
from careline.domain.desk.queries import views as kept
from careline.domain.desk.queries.counts import MOST_COUNTED, counts_of
from careline.domain.desk.queries.mentions import unread_mentions
from careline.domain.desk.queries.outbox import outbox_counts
from careline.domain.desk.rules import COLUMNS, View
from careline.domain.followups.queries.follow_ups import count_due
from careline.domain.sla.rules.silence import Silence
from careline.domain.staff.rules import may
from careline.entrypoints.web.sla.words import untouched_words
from careline.entrypoints.web.visit import Visit

INBOX = "open"
"""The view that the inbox opens with: whatever waits for an answer of ours."""
COUNTED = {
    "mine",
    "unassigned",
    "open",
    "due",
    "untouched",
    "waiting",
    "snoozed",
    "mentions",
    "followed",
    "complaints",
    "spam",
}
_SYMBOLS = {
    "mine": "customer", "unassigned": "inbox", "open": "case", "due": "clock", "untouched": "bell", "waiting": "outbox", "snoozed": "clock",
    "mentions": "mailbox", "followed": "show", "complaints": "warning", "resolved": "resolve", "all": "history", "spam": "bounce",
}  # fmt: skip
# Names that the rules give to the default views, said here once so that translators find them.
_NAMES = [
    gettext_noop("Mine"), gettext_noop("Unassigned"), gettext_noop("Waiting on us"), gettext_noop("Breaching soon"), gettext_noop("Untouched"),
    gettext_noop("Waiting on customer"), gettext_noop("Snoozed"), gettext_noop("Mentions"),
    gettext_noop("Following"), gettext_noop("With a complaint"), gettext_noop("Resolved"), gettext_noop("All cases"), gettext_noop("Spam"),
]  # fmt: skip


def views_of(visit: Visit) -> list[View]:
    """The views of whoever visits, in their order."""
    return kept.views_of(visit.person)


class Look(NamedTuple):
    """All that decides how a view is named and shown."""

    code: str
    name: str
    symbol: str
    audience: str
    columns: tuple[str, ...]
    is_ours: bool
    silences: tuple[Silence, ...]


def look_of(view: View) -> Look:
    return Look(view.code, view.name, view.symbol, view.audience, view.columns, view.id is None, view.silences)


def shown_view(view: View, count: int = 0) -> dict[str, Any]:
    """A view as the lists show it."""
    return {**shown_look(get_language() or "", look_of(view)), "count": shown_count(count)}


@lru_cache(maxsize=5_000)
def shown_look(language: str, look: Look) -> dict[str, Any]:
    """What is shown of a view, to be copied and not written into: every page names a dozen of them."""
    columns = look.columns
    return {
        "key": look.code,
        "name": _name(look.name, look.is_ours, look.silences),
        "url": "/inbox" if look.code == INBOX else f"/views/{look.code}",
        "symbol": _SYMBOLS.get(look.symbol, "filter"),
        "group": _group(look.audience),
        "without": " ".join(f"without-{column}" for column in COLUMNS if columns and column not in columns),
    }


def view_name(view: View) -> str:
    """In the viewer's language; the untouched one says how long that is for their teams."""
    return _name(view.name, view.id is None, view.silences)


def _name(name: str, is_ours: bool, silences: tuple[Silence, ...]) -> str:
    if not is_ours:
        return name
    return untouched_words(silences) if silences else _(name)


def _group(audience: str) -> str:
    return {"me": _("My views"), "team": _("Views of the team"), "all": _("Saved views")}.get(audience, "")


def shown_count(count: int) -> int | str:
    return f"{MOST_COUNTED - 1}+" if count >= MOST_COUNTED else count


def view_counts(views: list[View], visit: Visit) -> dict[str, int]:
    counted = {view.code: view.filter for view in views if view.code in COUNTED or view.id is not None}
    return counts_of(counted, visit.person, at=visit.at)


def part_counts(visit: Visit, views: list[View]) -> dict[str, int]:
    """How many cases stand in the parts of the view that is open; its own number stands beside its name."""
    view = next((view for view in views if view.code == visit.asked.get("tabs", "")), None)
    parts = {key: wanted for key, wanted in view.parts.items() if key} if view else {}
    return counts_of(parts, visit.person, at=visit.at) if parts else {}


def house_counts(visit: Visit) -> dict[str, int | str]:
    """What waits behind the other doors, for those who may look there."""
    leaving = outbox_counts() if may(visit.person, "outbox:read") else {}
    unplaced = inbound_counts() if may(visit.person, "inbound:read") else {}
    failed = sum(leaving.get(state, 0) for state in ("failed", "uncertain", "bounced"))
    return {"unrouted": sum(unplaced.values()), "outbox_failed": failed}


def counts(visit: Visit) -> HttpResponse:
    """The numbers of an open page, fetched again after an event."""
    views = views_of(visit)
    found = view_counts(views, visit)
    house = house_counts(visit)
    numbers: dict[str, int | str] = {f"view-{code}": shown_count(n) for code, n in found.items()}
    numbers |= {f"tab-{key}": shown_count(n) for key, n in part_counts(visit, views).items()}
    numbers["mentions-unread"] = shown_count(unread_mentions(visit.person))
    numbers |= {
        "inbox": shown_count(found.get(INBOX, 0)),
        "unrouted": house["unrouted"],
        "outbox": house["outbox_failed"],
        "followups": count_due(visit.person.id, at=visit.at),
    }
    return HttpResponse(json.dumps(numbers), content_type="application/json")
