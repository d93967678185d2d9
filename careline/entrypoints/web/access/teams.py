"""Teams: name, signature, and who is in them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.channels.queries import channels
from careline.domain.conversations.errors import NotFound
from careline.domain.staff.commands import add_team, change_team
from careline.domain.staff.errors import NameTaken
from careline.domain.staff.queries import agents, members_of, teams
from careline.domain.staff.rules import may, require
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import initials_of

_BLANK = {"name": "", "signature": ""}


def new_team(visit: Visit) -> HttpResponse:
    require(visit.person, "staff:manage")
    return _page(visit, None, form=_BLANK, members=set())


def team_added(visit: Visit) -> HttpResponse:
    require(visit.person, "staff:manage")
    form, members = _sent(visit)
    if wrong := _wrong(form, key=None):
        return _page(visit, None, form=form, members=members, error=wrong, status=422)
    new = add_team(
        form["name"], signature=form["signature"], agent_ids=tuple(sorted(members)), by=visit.by, at=visit.at
    )
    return HttpResponseRedirect(f"/teams/{new.pk}")


def team(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, "staff:read")
    row = _row(key)
    form = {"name": row.name, "signature": row.signature}
    return _page(visit, row, form=form, members=set(members_of(key)))


def team_changed(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, "staff:manage")
    row = _row(key)
    form, members = _sent(visit)
    wrong = _wrong(form, key=key)
    if not wrong:
        try:
            changed = None if members == set(members_of(key)) else tuple(sorted(members))
            change_team(
                key, name=form["name"], signature=form["signature"], agent_ids=changed, by=visit.by, at=visit.at
            )
        except NameTaken as taken:
            wrong = str(taken)
    if wrong:
        return _page(visit, row, form=form, members=members, error=wrong, status=422)
    return HttpResponseRedirect(f"/teams/{key}")


def _sent(visit: Visit) -> tuple[dict[str, str], set[int]]:
    known = {row.id for row in agents()}
    members = {key for word in visit.form.getlist("member") if (key := whole_number(word)) in known and key}
    return {name: visit.form.get(name, "").strip() for name in _BLANK}, members


def _wrong(form: dict[str, str], *, key: int | None) -> str:
    if not form["name"]:
        return _("A team needs a name.")
    if form["name"].lower() in {row.name.lower() for row in teams() if row.id != key}:
        return _("There is a team of this name already.")
    return ""


def _page(
    visit: Visit, row: Any, *, form: dict[str, str], members: set[int], error: str = "", status: int = 200
) -> HttpResponse:
    people = [
        {"id": one.id, "name": one.name, "initials": initials_of(one.name), "role": one.role_name, "is_in": one.id in members,
         "url": f"/people/{one.id}"}
        for one in agents() if one.is_active
    ]  # fmt: skip
    boxes = [
        {"name": one.name, "address": one.address, "url": f"/mailboxes/{one.id}"}
        for one in channels(kind="email")
        if row and one.team_id == row.id
    ]
    return page(
        visit, "access/team", "people", row.name if row else _("New team"), status=status, url=f"/teams/{row.id}" if row else "/teams/new",
        heading=row.name if row else _("New team"), form=form, errors={"name": error}, people=people, boxes=boxes,
        may_change=may(visit.person, "staff:manage"),
    )  # fmt: skip


def _row(key: int) -> Any:
    found = next((row for row in teams() if row.id == key), None)
    if found is None:
        raise NotFound(f"There is no team {key}.")
    return found
