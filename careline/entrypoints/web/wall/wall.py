"""The wall: queues, people and who needs help; the exact cases behind each number; people set away or available."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.desk.queries.lists import rows_among
from careline.domain.desk.queries.wall import ABOUT, VERB, Queue, numbers_behind, queues_of, teams_on_wall
from careline.domain.desk.queries.wall_people import OnWall, people_on
from careline.domain.desk.rules import Filter
from careline.domain.staff.rules import may, require
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.presenting import Row, row_of
from careline.entrypoints.web.routing.words import state_words
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.wall.lines import drawn
from careline.entrypoints.web.wall.spark import line_of
from careline.entrypoints.web.words import initials_of, moment_text, span_words
from careline.flows.set_availability import VERB as SETS_AVAILABILITY
from careline.flows.set_availability import set_availability

LONG_WAIT = 4 * 3600
HELP_SHOWN, MOST_ROWS = 8, 200
_ORDER = {"available": 0, "busy": 1, "outside_hours": 2, "away": 3}
_ANY = Filter(also_snoozed=True)


def wall(visit: Visit) -> HttpResponse:
    """`big` is for a screen on the wall: dark, nothing to press."""
    require(visit.person, VERB)
    is_big = bool(visit.asked.get("big"))
    shown = _panels(visit, is_big=is_big)
    if visit.is_fragment:
        return part(visit, "wall/_panels", **shown)
    return page(visit, "wall/wall", "wall", _("Wall"), **shown)


def cases(visit: Visit) -> HttpResponse:
    """The cases that a number of the wall counts: of a queue (or all of them) or of a person."""
    require(visit.person, VERB)
    about, queue, who = visit.asked.get("about", ""), whole_number(visit.asked.get("queue")), whole_number(visit.asked.get("person"))  # fmt: skip
    teams = teams_on_wall(visit.person)
    if about not in ABOUT or (queue is not None and queue not in teams):
        raise NotFound("There is no such number on the wall.")
    people = people_on(visit.person, teams, at=visit.at)
    if who is not None and who not in {one.id for one in people}:
        raise NotFound(f"Nobody on the wall has the number {who}.")
    numbers = numbers_behind(
        visit.person, [queue] if queue is not None else teams, about, at=visit.at, who=who, limit=MOST_ROWS
    )  # fmt: skip
    queues = queues_of(visit.person, teams, at=visit.at)
    named = next((one.name or _("No team") for one in queues if one.id == queue), "") or next(
        (one.name for one in people if one.id == who), ""
    )
    query = {
        name: str(value)
        for name, value in (("about", about), ("queue", queue), ("person", who))
        if value not in ("", None)
    }
    shown: dict[str, Any] = {
        "heading": about_words(about), "named": named, "url": f"/wall/cases?{urlencode(query)}", "rows": _rows(visit, numbers), "is_big": False,
        "is_cut": len(numbers) == MOST_ROWS, "people": [_person(one, visit, may_set=False) for one in people],
        "queues": [_queue(one, visit) for one in queues],
    }  # fmt: skip
    if visit.is_fragment:
        return part(visit, "wall/_cases", **shown)
    return page(visit, "wall/cases", "wall", about_words(about), **shown)


def said_for(visit: Visit, key: int) -> HttpResponse:
    """A lead says whether somebody may be given work."""
    require(visit.person, VERB)
    set_availability(visit.person, key, visit.form.get("state", ""), by=visit.by, at=visit.at)
    return part(visit, "wall/_panels", **_panels(visit, is_big=False))


def about_words(about: str) -> str:
    return {
        "waiting": _("Waiting for somebody"), "near": _("Due within 15 minutes"), "broken": _("Promise broken"), "help": _("Needs help"),
        "held": _("On hand"), "arrived": _("Written in within the hour"), "answered": _("Answered within the hour"),
    }[about]  # fmt: skip


def _panels(visit: Visit, *, is_big: bool) -> dict[str, Any]:
    teams = teams_on_wall(visit.person)
    queues = queues_of(visit.person, teams, at=visit.at)
    people = sorted(people_on(visit.person, teams, at=visit.at), key=lambda one: (_ORDER.get(one.state, 9), -one.load))
    may_set = may(visit.person, SETS_AVAILABILITY) and not is_big
    numbers = numbers_behind(visit.person, teams, "help", at=visit.at, limit=HELP_SHOWN)
    return {
        "queues": [_queue(one, visit) for one in queues], "people": [_person(one, visit, may_set=may_set) for one in people],
        "rows": _rows(visit, numbers),
        "hints": _hints(queues, people, visit), "is_big": is_big,
        "clock": visit.at.astimezone(visit.zone).strftime("%H:%M"), "there": sum(one.state == "available" for one in people),
        "url": "/wall?big=1" if is_big else "/wall",
    }  # fmt: skip


def _rows(visit: Visit, numbers: list[int]) -> list[Row]:
    places = {number: place for place, number in enumerate(numbers)}
    found = rows_among(numbers, _ANY, visit.person, at=visit.at) if numbers else []
    return [row_of(row, visit) for row in sorted(found, key=lambda row: places[row.number])]


def _queue(one: Queue, visit: Visit) -> dict[str, Any]:
    waited = (visit.at - one.oldest).total_seconds() if one.oldest else 0.0
    most = max([*one.came, *one.went, 1])
    return drawn("queue", {
        "id": one.id, "name": one.name or _("No team"), "waiting": one.waiting,
        "oldest": span_words(waited) if one.oldest else "", "is_old": waited > LONG_WAIT,
        "near": one.near, "broken": one.broken, "arrived": one.arrived, "answered": one.answered, "is_rising": one.is_rising,
        "came": line_of(tuple(one.came), most=most), "went": line_of(tuple(one.went), most=most), "url": f"/wall/cases?queue={one.id}&about=",
    })  # fmt: skip


def _person(one: OnWall, visit: Visit, *, may_set: bool) -> dict[str, Any]:
    words = _state_words(one.state, one.reason, visit.language)
    return drawn("person", {
        "id": one.id, "name": one.name, "initials": initials_of(one.name), "state": one.state, "words": words, "cases": one.cases,
        "since": moment_text(one.since, at=visit.at, zone=visit.zone), "load": one.load, "units": one.units,
        "is_full": bool(one.units) and one.load >= one.units, "url": f"/wall/cases?person={one.id}&about=held",
        "may_set": may_set,
    })  # fmt: skip


@lru_cache(maxsize=500)
def _state_words(state: str, reason: str, language: str) -> str:
    """Two hundred people are in few states: each is put into words once in the viewer's language."""
    return _("outside their hours") if state == "outside_hours" else state_words(state, reason)


def _hints(queues: list[Queue], people: list[OnWall], visit: Visit) -> list[dict[str, str]]:
    """Where a lead looks first: queues that fill faster than they empty, and people who have been full for long."""
    rising = [
        {"symbol": "chart", "url": f"/wall/cases?queue={one.id}&about=waiting",
         "words": _("%(queue)s fills faster than it empties: %(arrived)s cases written in, %(answered)s answered in the last hour.")
         % {"queue": one.name or _("No team"), "arrived": one.arrived, "answered": one.answered}}
        for one in queues if one.is_rising
    ]  # fmt: skip
    full = [
        {"symbol": "clock", "url": f"/wall/cases?person={one.id}&about=held",
         "words": _("%(name)s has had all they can have for %(span)s.")
         % {"name": one.name, "span": span_words((visit.at - one.full_since).total_seconds())}}
        for one in people if one.full_since is not None and one.is_full_for_long(visit.at)
    ]  # fmt: skip
    there = {team for who in people if who.state == "available" for team in who.teams}
    nobody = [
        {"symbol": "people", "url": f"/wall/cases?queue={one.id}&about=waiting",
         "words": _("Nobody is there for %(queue)s.") % {"queue": one.name}}
        for one in queues if one.id and one.waiting and one.id not in there
    ]  # fmt: skip
    return [*nobody, *rising, *full]
