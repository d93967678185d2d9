"""How each queue stands, for everybody; taking the next case; and how each finds its people, for those who lead."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careline.domain.calendars.queries import calendars
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.routing.queries.figures import QueueFigures, queue_figures
from careline.domain.routing.queries.terms import terms_of, weights
from careline.domain.sla.queries.silence import silence_of
from careline.domain.staff.queries import teams
from careline.domain.staff.rules import may, may_over, require
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import said, span_words
from careline.flows.keep_queues import VERB, QueueChange, change_queue, require_over_team, set_weights
from careline.flows.take_next import take_next

_NUMBERS = ("accept_seconds", "sticky_days", "sticky_minutes")
_MAYBE = ("lower_after_minutes", "drop_after_minutes", "most_each", "calendar", "untouched_hours", "untouched_calendar")
_KINDS = ("email", "form", "chat", "phone", "sms", "social")
STRATEGIES = (
    ("least_loaded", gettext_lazy("Whoever has the least on hand, for how much they can have")),
    ("round_robin", gettext_lazy("Everybody in turn")),
    ("longest_idle", gettext_lazy("Whoever has been without new work the longest")),
)


def queues(visit: Visit) -> HttpResponse:
    """Where the oldest is comes first: everybody sees what waits too long."""
    require(visit.person, "conversation:read")
    found = queue_figures(None, at=visit.at)
    found.sort(key=lambda one: (one.oldest is None, one.oldest or visit.at))
    rows = [_row(one, visit) for one in found]
    if visit.is_fragment and visit.target == "queues":
        return part(visit, "routing/_queues", rows=rows)
    return page(visit, "routing/queues", "queues", _("Queues"), rows=rows, may_manage=may(visit.person, VERB))


def taken(visit: Visit, key: int) -> HttpResponse:
    """The next case opens; where nothing waits for somebody, the queues say so."""
    number = take_next(visit.person, key, by=visit.by, at=visit.at)
    url = f"/conversations/{number}" if number is not None else "/queues?none=1"
    if visit.is_fragment:
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def settings(visit: Visit, *, error: str = "", status: int = 200) -> HttpResponse:
    require(visit.person, VERB)
    terms = terms_of([row.id for row in teams()])
    found = weights()
    rows = [
        {"url": f"/settings/queues/{row.id}", "name": row.name, "is_push": terms[row.id].is_push}
        for row in teams()
        if may_over(visit.person, VERB, frozenset([row.id]))
    ]
    kinds = sorted({*_KINDS, *found.kinds.values(), *found.by_kind})
    names = {
        "email": _("Mail"), "form": _("Form"), "chat": _("Chat"), "phone": _("Call"), "sms": _("Text message"), "social": _("Social media"),
        "letter": _("Letter"), "fax": _("Fax"), "counter": _("Visit"), "fake": _("Trial channel"),
    }  # fmt: skip
    counted = [
        {
            "kind": kind,
            "name": names.get(kind, kind),
            "units": found.of_kind(kind)[0],
            "waiting": found.of_kind(kind)[1],
        }
        for kind in kinds
    ]
    return page(
        visit, "routing/queue_settings", "settings", _("Queues"), status=status, rows=rows, weights=counted, error=error
    )


def queue(visit: Visit, key: int, *, error: str = "", status: int = 200) -> HttpResponse:
    require(visit.person, VERB)
    row = next((row for row in teams() if row.id == key), None)
    if row is None:
        raise NotFound(f"There is no team {key}.")
    require_over_team(visit.person, key)
    return page(
        visit, "routing/queue", "settings", row.name, status=status, key=key, heading=row.name, terms=terms_of([key])[key], silence=silence_of(key),
        strategies=STRATEGIES, calendars=[{"id": one.id, "name": one.name} for one in calendars()], error=error,
    )  # fmt: skip


def changed(visit: Visit, key: int) -> HttpResponse:
    given: dict[str, Any] = {
        name: value for name in ("mode", "strategy", "when_missed") if (value := visit.form.get(name))
    }
    given |= {name: whole_number(visit.form.get(name)) or 0 for name in _NUMBERS if name in visit.form}
    given |= {name: whole_number(visit.form.get(name)) for name in _MAYBE if name in visit.form}
    try:
        change_queue(visit.person, key, QueueChange(**given), by=visit.by, at=visit.at)
    except Refused as refusal:
        return queue(visit, key, error=said(refusal), status=422)
    return HttpResponseRedirect("/settings/queues")


def weighed(visit: Visit) -> HttpResponse:
    wanted: dict[str, tuple[int | None, int]] = {}
    for name in visit.form:
        if name.startswith("units-"):
            kind = name.removeprefix("units-")[:50]
            wanted[kind] = (whole_number(visit.form.get(name)), whole_number(visit.form.get(f"waiting-{kind}")) or 0)
    try:
        set_weights(visit.person, wanted, by=visit.by, at=visit.at)
    except Refused as refusal:
        return settings(visit, error=said(refusal), status=422)
    return HttpResponseRedirect("/settings/queues")


def _row(one: QueueFigures, visit: Visit) -> dict[str, Any]:
    waited = (visit.at - one.oldest).total_seconds() if one.oldest else 0.0
    return {
        "key": one.team,
        "name": one.name,
        "waiting": one.waiting,
        "oldest": span_words(waited) if one.oldest else "",
        "is_old": waited > 4 * 3600,
        "available": one.available,
        "people": one.people,
        "load": one.load,
        "units": one.units,
        "is_push": one.terms.is_push,
        "may_take": may(visit.person, "conversation:reply") and _is_theirs(one.team, visit),
    }


def _is_theirs(team: int, visit: Visit) -> bool:
    grants = visit.person.grants.get("conversation:reply", ())
    return team in visit.person.team_ids or any(grant.scope == "all" for grant in grants)
