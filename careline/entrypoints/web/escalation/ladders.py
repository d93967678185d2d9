"""Settings → Escalation: who is asked, step by step, by topic."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.structure import paths_of, topics
from careline.domain.routing.queries.ladders import ladder_by_id, ladders
from careline.domain.routing.rules.ladders import BUILT_IN, ROLE, SUPERIOR, TEAM, Ladder, Rung
from careline.domain.staff.queries import roles, teams
from careline.domain.staff.rules import may_over, require
from careline.entrypoints.web.escalation.words import rung_words
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import role_text
from careline.flows.keep_ladders import MOST_RUNGS, VERB, keep_ladder, remove_ladder


def page_of_ladders(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    written, paths = ladders(), _paths(visit)
    shown = [*written] if any(one.topic is None for one in written) else [*written, BUILT_IN]
    rows = [
        {
            "url": f"/settings/escalation/{one.id}" if one.id else "/settings/escalation/new?all=1",
            "name": paths.get(one.topic or 0, one.name) if one.topic else _("Everything else") if len(shown) > 1 else _("Everything"),
            "is_built_in": one.id is None,
            "steps": [{"name": rung.name, "who": rung_words(rung), "minutes": rung.minutes} for rung in one.rungs],
            "late": one.late_minutes, "reopenings": one.reopenings,
        }
        for one in shown
    ]  # fmt: skip
    return page(
        visit, "escalation/ladders", "settings", _("Escalation"), rows=rows, may_change=may_over(visit.person, VERB)
    )


def blank(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    steps = tuple(
        Rung(one.name, one.kind, one.role, one.team, 60 if one.role != "manager" else None) for one in BUILT_IN.rungs
    )
    return _form(visit, Ladder(_("Everything") if visit.asked.get("all") else "", steps, late_minutes=30, reopenings=2))


def ladder(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, VERB)
    found = ladder_by_id(key)
    if found is None:
        raise NotFound(f"There is no ladder {key}.")
    return _form(visit, found)


def saved(visit: Visit, key: int | None = None) -> HttpResponse:
    wanted = _written(visit, key)
    try:
        keep_ladder(visit.person, wanted, by=visit.by, at=visit.at)
    except Refused as refusal:
        return _form(visit, wanted, error=str(refusal), status=422)
    return HttpResponseRedirect("/settings/escalation")


def removed(visit: Visit, key: int) -> HttpResponse:
    remove_ladder(visit.person, key, by=visit.by, at=visit.at)
    return HttpResponse(status=204, headers={"HX-Redirect": "/settings/escalation"})


def _written(visit: Visit, key: int | None) -> Ladder:
    said = visit.form
    topic = whole_number(said.get("topic"))
    rungs = []
    for n in range(1, MOST_RUNGS + 1):
        name, who = said.get(f"name-{n}", "").strip(), said.get(f"who-{n}", "")
        if name or who:
            kind, _sep, which = who.partition(":")
            rungs.append(
                Rung(
                    name, kind or ROLE, which if kind == ROLE else "", whole_number(which) if kind == TEAM else None,
                    whole_number(said.get(f"minutes-{n}")),
                )
            )  # fmt: skip
    name = _paths(visit).get(topic, "") if topic else _("Everything")
    return Ladder(
        name[:100],
        tuple(rungs),
        key,
        topic,
        whole_number(said.get("late_minutes")),
        whole_number(said.get("reopenings")),
    )


def _form(visit: Visit, held: Ladder, *, error: str = "", status: int = 200) -> HttpResponse:
    whos = [(f"{ROLE}:{row.code}", _("Role: %(name)s") % {"name": role_text(row.name)}) for row in roles()]
    whos += [(f"{TEAM}:{row.id}", _("Team: %(name)s") % {"name": row.name}) for row in teams()]
    whos.append((f"{SUPERIOR}:", _("Whoever the assignee reports to")))
    rungs: list[dict[str, Any]] = [
        {"n": n, "name": one.name, "who": f"{one.kind}:{one.role or one.team or ''}", "minutes": one.minutes}
        for n, one in enumerate(held.rungs[:MOST_RUNGS], 1)
    ]
    rungs += [{"n": n, "name": "", "who": "", "minutes": None} for n in range(len(rungs) + 1, MOST_RUNGS + 1)]
    return page(
        visit, "escalation/ladder", "settings", held.name or _("New ladder"), status=status, held=held, error=error, rungs=rungs, whos=whos,
        topics=sorted(_paths(visit).items(), key=lambda one: one[1]),
        url=f"/settings/escalation/{held.id}" if held.id else "/settings/escalation",
    )  # fmt: skip


def _paths(visit: Visit) -> dict[int, str]:
    rows = topics()
    paths = paths_of(rows, visit.language)
    return {row.id: paths[row.id] for row in rows if row.retired_at is None}
