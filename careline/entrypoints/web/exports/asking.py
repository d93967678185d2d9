"""Which cases a page of this room means: a view, and days on which they were opened or resolved, by the visitor's own clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from careline.domain.desk.queries.views import view_of, views_of
from careline.domain.desk.rules import Filter, Span
from careline.domain.reports.rules.rows import USUAL
from careline.entrypoints.web.inbox.counts import view_name
from careline.entrypoints.web.visit import Visit
from careline.flows.case_columns import every_column
from careline.flows.export_rows import Wanted

DAYS = ("opened_from", "opened_to", "resolved_from", "resolved_to")
MOST_COLUMNS = 200


def wanted_of(given: Mapping[str, str], visit: Visit) -> Wanted:
    """A view that is gone, or no date, narrows nothing: the form shows what was understood."""
    found = view_of(visit.person, given.get("view", "")) if given.get("view") else None
    wanted = found.filter if found else Filter(also_snoozed=True)
    opened = _span(given, "opened", visit)
    return Wanted(replace(wanted, created=opened) if opened else wanted, _span(given, "resolved", visit))


def columns_of(given: Any) -> list[str]:
    """Those ticked, in the order of the form; none: the usual ones."""
    return list(dict.fromkeys(given.getlist("column")))[:MOST_COLUMNS] or list(USUAL)


def form_of(given: Any, visit: Visit, columns: list[str]) -> dict[str, Any]:
    """What the form shows: views, days, columns with those that are ticked."""
    every = every_column(visit.language)
    return {
        "views": [{"key": view.code, "name": view_name(view)} for view in views_of(visit.person)],
        "view": given.get("view", ""),
        "days": {name: given.get(name, "") if _day(given.get(name, "")) else "" for name in DAYS},
        "columns": [{"key": one.key, "name": one.heading, "is_on": one.key in columns} for one in every],
        "query": urlencode([(name, value) for name, value in _asked(given, columns)]),
        "hidden": _asked(given, columns),
    }


def _asked(given: Any, columns: list[str]) -> list[tuple[str, str]]:
    named = [(name, given.get(name, "")[:100]) for name in ("view", *DAYS) if given.get(name)]
    return named + [("column", key) for key in columns]


def _span(given: Mapping[str, str], what: str, visit: Visit) -> Span | None:
    first, last = _day(given.get(f"{what}_from", "")), _day(given.get(f"{what}_to", ""))
    if first is None and last is None:
        return None
    return Span(
        since=_begins(first, visit) if first else None, until=_begins(last + timedelta(days=1), visit) if last else None
    )


def _day(words: str) -> date | None:
    try:
        found = date.fromisoformat(words)
    except ValueError:
        return None
    return found if 1970 <= found.year <= 2999 else None


def _begins(on: date, visit: Visit) -> datetime:
    return datetime.combine(on, time(), tzinfo=visit.zone).astimezone(UTC)
