"""Who works here: people, their roles and teams, and how they get in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.channels.email.envelope import BadAddress, recipient_address
from careline.domain.channels.queries import channels
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.staff.commands import (
    AddressTaken,
    NoSuchRole,
    add_agent,
    add_team,
    change_role,
    deactivate,
    issue_link,
)
from careline.domain.staff.queries import agent_by_id, agents, roles, teams
from careline.domain.staff.rules import may, require
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import initials_of


def people(visit: Visit) -> HttpResponse:
    require(visit.person, "staff:read")
    everybody = agents()
    boxes: dict[int, list[str]] = {}
    for channel in channels():
        boxes.setdefault(channel.team_id or 0, []).append(channel.address)
    return page(
        visit, "people", "people", _("People and teams"), agents=[_row(row) for row in everybody],
        teams=[_team(row, everybody, boxes) for row in teams()], may_add=may(visit.person, "staff:manage"),
    )  # fmt: skip


def newcomer(visit: Visit) -> HttpResponse:
    require(visit.person, "staff:manage")
    return _form(visit, {"name": "", "email": "", "role": "representative", "teams": []}, {})


def added(visit: Visit) -> HttpResponse:
    """A new colleague, and the link that lets them in once."""
    require(visit.person, "staff:manage")
    sent = visit.form
    chosen = [key for word in sent.getlist("teams") if (key := whole_number(word))]
    form: dict[str, Any] = {
        "name": sent.get("name", "").strip(),
        "email": sent.get("email", "").strip(),
        "role": sent.get("role", ""),
        "teams": chosen,
    }
    try:
        recipient_address(form["email"])
        new = add_agent(
            form["email"], name=form["name"], role=form["role"], team_ids=tuple(chosen), by=visit.by, at=visit.at
        )
    except (BadAddress, AddressTaken) as error:
        return _form(visit, form, {"email": str(error)}, status=422)
    except NoSuchRole as error:
        return _form(visit, form, {"role": str(error)}, status=422)
    return _person(visit, new.pk, link=_link(new, visit))


def colleague(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, "staff:read")
    return _person(visit, key)


def changed(visit: Visit, key: int) -> HttpResponse:
    """Another role, a new link, or the end of their time here."""
    require(visit.person, "staff:manage")
    found = agent_by_id(key)
    if found is None:
        raise NotFound(f"Nobody has the number {key}.")
    then = visit.form.get("then", "")
    if then == "link":
        return _person(visit, key, link=_link(found, visit))
    if then == "deactivate" and key != visit.person.id:
        deactivate(found, by=visit.by, at=visit.at)
    elif visit.form.get("role"):
        try:
            change_role(found, role=visit.form.get("role", ""), by=visit.by, at=visit.at)
        except NoSuchRole as wrong:
            raise Refused(str(wrong)) from wrong
    return HttpResponseRedirect(f"/people/{key}")


def new_team(visit: Visit) -> HttpResponse:
    require(visit.person, "staff:manage")
    return page(visit, "team", "people", _("New team"), form={"name": "", "signature": ""}, errors={"name": ""})


def team_added(visit: Visit) -> HttpResponse:
    require(visit.person, "staff:manage")
    form = {"name": visit.form.get("name", "").strip(), "signature": visit.form.get("signature", "").strip()}
    wrong = _("A team needs a name.") if not form["name"] else ""
    if form["name"].lower() in {row.name.lower() for row in teams()}:
        wrong = _("There is a team of this name already.")
    if wrong:
        return page(visit, "team", "people", _("New team"), form=form, errors={"name": wrong}, status=422)
    add_team(form["name"], signature=form["signature"], by=visit.by, at=visit.at)
    return HttpResponseRedirect("/people")


def _form(visit: Visit, form: dict[str, Any], wrong: dict[str, str], *, status: int = 200) -> HttpResponse:
    errors = {"name": "", "email": "", "role": ""} | wrong
    return page(
        visit,
        "newcomer",
        "people",
        _("Add a person"),
        status=status,
        form=form,
        errors=errors,
        roles=roles(),
        teams=teams(),
    )


def _person(visit: Visit, key: int, *, link: str = "") -> HttpResponse:
    row = next((row for row in agents() if row.id == key), None)
    if row is None:
        raise NotFound(f"Nobody has the number {key}.")
    return page(
        visit, "person", "people", row.name, agent=_row(row), role=row.role, roles=roles(), link=link, is_active=row.is_active,
        may_change=may(visit.person, "staff:manage"), is_me=key == visit.person.id,
    )  # fmt: skip


def _link(agent: Any, visit: Visit) -> str:
    return f"{settings.PUBLIC_URL}/sign-in/{issue_link(agent, by=visit.by, at=visit.at)}"


def _row(row: Any) -> dict[str, Any]:
    return {
        "name": row.name, "initials": initials_of(row.name), "email": row.email, "roles": [row.role_name], "teams": list(row.team_names),
        "presence": "good" if row.is_active else "off", "presence_text": _("Active") if row.is_active else _("Left"),
        "url": f"/people/{row.id}",
    }  # fmt: skip


def _team(row: Any, everybody: list[Any], boxes: dict[int, list[str]]) -> dict[str, Any]:
    members = [one for one in everybody if row.name in one.team_names and one.is_active]
    shown = [{"name": one.name, "initials": initials_of(one.name)} for one in members]
    return {"name": row.name, "url": "/people", "members": shown, "mailbox": ", ".join(boxes.get(row.id, ()))}
