"""What is due, and which teams close nothing without an outcome."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.followups.queries.follow_ups import (
    ALL,
    DONE,
    DUE,
    MINE,
    MINE_DUE,
    WHICH,
    count_due,
    follow_ups,
    strict_teams,
)
from careline.domain.staff.queries import teams
from careline.domain.staff.rules import reach_of, require
from careline.entrypoints.web.followups.words import place_after, place_of, row_of
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.flows.follow_up import READ, keep_closing_rules

SHOWN = 50
CLOSING = "case_settings:manage"


def page_of_follow_ups(visit: Visit) -> HttpResponse:
    require(visit.person, READ)
    which = visit.asked.get("which", "")
    if which not in WHICH:
        which = MINE_DUE if count_due(visit.person.id, at=visit.at) else MINE
    found = follow_ups(
        reach_of(visit.person, READ), which, me=visit.person.id, at=visit.at, after=place_of(visit.asked.get("after", "")), limit=SHOWN + 1
    )  # fmt: skip
    more = place_after("/follow-ups", found, SHOWN, "done_at" if which == DONE else "due_at", which=which)
    return page(
        visit, "followups/follow_ups", "followups", _("Follow-ups"), rows=[row_of(row, visit) for row in found[:SHOWN]], which=which,
        tabs=((MINE_DUE, _("Mine that are due")), (MINE, _("Mine")), (DUE, _("Due")), (ALL, _("All that are open")), (DONE, _("Done"))), more=more,
    )  # fmt: skip


def closing_rules(visit: Visit) -> HttpResponse:
    require(visit.person, CLOSING)
    strict = strict_teams()
    rows = [{"id": row.id, "name": row.name, "is_strict": row.id in strict} for row in teams()]
    return page(visit, "followups/closing", "settings", _("Closing cases"), teams=rows)


def closing_kept(visit: Visit) -> HttpResponse:
    chosen = {key for word in visit.form.getlist("team") if (key := whole_number(word)) is not None}
    keep_closing_rules(visit.person, strict=chosen, by=visit.by, at=visit.at)
    return HttpResponseRedirect("/settings/closing")
