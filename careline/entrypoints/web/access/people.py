"""Who works here: people, their roles, whom they report to, and how they get in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.channels.email.envelope import BadAddress, recipient_address
from careline.domain.channels.queries import channels
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.staff.commands import AddressTaken, add_agent, issue_link, reactivate
from careline.domain.staff.factors import factors_of, reset_factors
from careline.domain.staff.granting import give_roles
from careline.domain.staff.queries import agent_by_number, agents, teams
from careline.domain.staff.roles import NoSuchRole, extra_roles, roles_of, roles_with_figures
from careline.domain.staff.rules import may, require
from careline.domain.staff.sessions import end_session, end_sessions, sessions_of
from careline.domain.staff.standing_in import deputies_of, report_to
from careline.domain.staff.tokens import revoke_token, tokens_of
from careline.entrypoints.web.access.own_tokens import token_row
from careline.entrypoints.web.access.security import session_row
from careline.entrypoints.web.moments import moment_text
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import initials_of, said


def people(visit: Visit) -> HttpResponse:
    require(visit.person, "staff:read")
    everybody, extra = agents(), extra_roles()
    boxes: dict[int, list[str]] = {}
    for channel in channels(kind="email"):
        boxes.setdefault(channel.team_id or 0, []).append(channel.address)
    return page(
        visit, "access/people", "people", _("People and teams"), agents=[_row(row, extra) for row in everybody],
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
        return _form(visit, form, {"email": said(error)}, status=422)
    except NoSuchRole as error:
        return _form(visit, form, {"role": said(error)}, status=422)
    return _person(visit, new.pk, link=_link(new, visit))


def colleague(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, "staff:read")
    return _person(visit, key)


def changed(visit: Visit, key: int) -> HttpResponse:
    """Another role, a new link, back again, or no second factor any more."""
    require(visit.person, "staff:manage")
    found, then = _found(key), visit.form.get("then", "")
    if then == "link":
        return _person(visit, key, link=_link(found, visit))
    if then == "reactivate":
        reactivate(found, by=visit.by, at=visit.at)
    elif then == "factors":
        reset_factors(found, by=visit.by, at=visit.at)
    elif then == "sessions":
        end_sessions(key, by=visit.by, at=visit.at)
    elif visit.form.get("role"):
        extra = visit.form.getlist("extra") if "extra-asked" in visit.form else None
        try:
            give_roles(found, role=visit.form.get("role", ""), extra=extra, by=visit.by, at=visit.at)
        except NoSuchRole as wrong:
            raise Refused(str(wrong)) from wrong
    return HttpResponseRedirect(f"/people/{key}")


def superior_set(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, "staff:manage")
    report_to(_found(key), superior_id=whole_number(visit.form.get("superior")), by=visit.by, at=visit.at)
    return HttpResponseRedirect(f"/people/{key}")


def session_of_colleague_ended(visit: Visit, key: int, session: int) -> HttpResponse:
    require(visit.person, "staff:manage")
    if not end_session(session, agent_id=key, by=visit.by, at=visit.at):
        raise NotFound("There is no such session.")
    return HttpResponseRedirect(f"/people/{key}")


def token_of_colleague_revoked(visit: Visit, key: int, token: int) -> HttpResponse:
    require(visit.person, "staff:manage")
    if not revoke_token(token, agent_id=key, by=visit.by, at=visit.at):
        raise NotFound("There is no such token.")
    return HttpResponseRedirect(f"/people/{key}")


def _form(visit: Visit, form: dict[str, Any], wrong: dict[str, str], *, status: int = 200) -> HttpResponse:
    return page(
        visit, "access/newcomer", "people", _("Add a person"), status=status, form=form, roles=roles_with_figures(), teams=teams(),
        errors={"name": "", "email": "", "role": ""} | wrong,
    )  # fmt: skip


def _person(visit: Visit, key: int, *, link: str = "") -> HttpResponse:
    everybody = agents()
    row = next((row for row in everybody if row.id == key), None)
    if row is None:
        raise NotFound(f"Nobody has the number {key}.")
    found, held, may_manage = _found(key), roles_of(key), may(visit.person, "staff:manage")
    is_me, names = key == visit.person.id, {one.id: one.name for one in everybody}
    deputies = [
        {"id": one.id, "name": one.name, "from": moment_text(one.starts_at, visit), "until": moment_text(one.ends_at, visit), "is_now": one.is_now}
        for one in deputies_of(key, at=visit.at)
    ]  # fmt: skip
    return page(
        visit, "access/person", "people", row.name, agent=_row(row, extra_roles()), key=key, is_kept=visit.asked.get("kept") == "1",
        role=row.role, roles=roles_with_figures(), link=link,
        extra=[one.code for one in held if one.is_extra], is_active=row.is_active, may_change=may_manage, is_me=is_me,
        superior=names.get(found.reports_to_id or 0, ""), superior_id=found.reports_to_id, deputies=deputies,
        reports=[{"name": one.name, "url": f"/people/{one.id}"} for one in everybody if one.reports_to_id == key],
        colleagues=[{"id": one.id, "name": one.name} for one in everybody if one.is_active and one.id != key],
        factors=[one.kind for one in factors_of(key)] if may_manage else [],
        sessions=[session_row(one, visit) for one in sessions_of(key, at=visit.at)] if may_manage else [],
        tokens=[token_row(one, visit) for one in tokens_of(key)] if may_manage else [],
        may_see_record=may(visit.person, "audit:read"), may_name_deputy=row.is_active and (is_me or may_manage),
    )  # fmt: skip


def _found(key: int) -> Any:
    found = agent_by_number(key)
    if found is None:
        raise NotFound(f"Nobody has the number {key}.")
    return found


def _link(agent: Any, visit: Visit) -> str:
    return f"{settings.PUBLIC_URL}/sign-in/{issue_link(agent, by=visit.by, at=visit.at)}"


def _row(row: Any, extra: dict[int, list[str]]) -> dict[str, Any]:
    return {
        "name": row.name, "initials": initials_of(row.name), "email": row.email, "roles": [row.role_name, *extra.get(row.id, ())],
        "teams": list(row.team_names), "presence": "good" if row.is_active else "off", "presence_text": _("Active") if row.is_active else _("Left"),
        "url": f"/people/{row.id}",
    }  # fmt: skip


def _team(row: Any, everybody: list[Any], boxes: dict[int, list[str]]) -> dict[str, Any]:
    members = [one for one in everybody if row.name in one.team_names and one.is_active]
    shown = [{"name": one.name, "initials": initials_of(one.name)} for one in members]
    return {"name": row.name, "url": f"/teams/{row.id}", "members": shown, "mailbox": ", ".join(boxes.get(row.id, ()))}
