"""Roles: what each allows, changed by whoever may grant. Nobody gives what they do not hold."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.staff.errors import NotPossible, WrongGrant
from careline.domain.staff.granting import ALWAYS_WHOLE, add_role, change_role_grants, remove_role
from careline.domain.staff.granting_rules import SCOPES, Given, is_scoped, lacking
from careline.domain.staff.roles import NoSuchRole, lines_of_roles, require_places, roles_with_figures
from careline.domain.staff.rules import DEFAULT_ROLES, VERBS, may, require
from careline.entrypoints.web.access.places import places
from careline.entrypoints.web.access.verb_words import places_words, scope_words, verb_groups, verb_words
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import said

_KINDS = ("channel", "brand", "team")


def roles(visit: Visit) -> HttpResponse:
    require(visit.person, "staff:read")
    lines = lines_of_roles()
    shown = [
        {
            "name": row.name, "code": row.code, "url": f"/roles/{row.code}", "holders": row.holders,
            "verbs": len({line.verb for line in lines.get(row.id, [])}), "is_own": row.code not in DEFAULT_ROLES,
            "is_changed": row.is_changed and row.code in DEFAULT_ROLES, "needs_second_factor": row.needs_second_factor,
        }
        for row in roles_with_figures()
    ]  # fmt: skip
    return page(visit, "access/roles", "people", _("Roles"), roles=shown, may_grant=may(visit.person, "staff:grant"))


def blank(visit: Visit) -> HttpResponse:
    """A new role, begun from what another one allows where `like` names it."""
    require(visit.person, "staff:grant")
    like = next((row for row in roles_with_figures() if row.code == visit.asked.get("like")), None)
    lines = [
        line for line in (lines_of_roles().get(like.id, []) if like else []) if not lacking(visit.person.grants, [line])
    ]
    return _page(visit, None, name="", lines=lines, second=False)


def role(visit: Visit, code: str) -> HttpResponse:
    require(visit.person, "staff:read")
    row = _row(code)
    return _page(visit, row, name=row.name, lines=lines_of_roles().get(row.id, []), second=row.needs_second_factor)


def saved(visit: Visit, code: str = "") -> HttpResponse:
    require(visit.person, "staff:grant")
    row = _row(code) if code else None
    name, second = visit.form.get("name", "").strip()[:100], "second_factor" in visit.form
    lines = _lines(visit)
    if not name:
        return _page(visit, row, name=name, lines=lines, second=second, error=_("A role needs a name."), status=422)
    known = places()
    try:
        require_places(lines, channels=set(known["channel"]), brands=set(known["brand"]), teams=set(known["team"]))
        if row is None:
            code = add_role(name, lines=lines, needs_second_factor=second, by=visit.by, at=visit.at).code
        else:
            wanted = None if code == ALWAYS_WHOLE else lines
            change_role_grants(code, name=name, lines=wanted, needs_second_factor=second, by=visit.by, at=visit.at)
    except (NotPossible, WrongGrant) as wrong:
        return _page(visit, row, name=name, lines=lines, second=second, error=said(wrong), status=422)
    return HttpResponseRedirect("/roles")


def removed(visit: Visit, code: str) -> HttpResponse:
    require(visit.person, "staff:grant")
    _row(code)
    remove_role(code, by=visit.by, at=visit.at)
    return HttpResponseRedirect("/roles")


def _lines(visit: Visit) -> list[Given]:
    """The form: a scope for each verb everywhere, and lines for one channel, brand or team."""
    found = []
    for verb in VERBS:
        scope = visit.form.get(f"scope-{verb}", "")
        if scope in SCOPES or scope == "on":
            found.append(Given(verb, scope if is_scoped(verb) and scope != "on" else "all"))
    sent = zip(*(visit.form.getlist(name) for name in ("line-verb", "line-scope", "line-place")), strict=False)
    for verb, scope, place in sent:
        kind, _sep, key = place.partition(":")
        number = whole_number(key)
        if verb and kind in _KINDS and number is not None:
            found.append(Given(verb, scope, **{f"{kind}_id": number}))
    return found


def _page(
    visit: Visit, row: Any, *, name: str, lines: list[Given], second: bool, error: str = "", status: int = 200
) -> HttpResponse:
    known = places()
    wide = {line.verb: line.scope for line in lines if not line.allowed.is_narrowed}
    narrow = [
        {"verb": line.verb, "words": verb_words(line.verb), "scope": line.scope, "scope_words": scope_words(line.scope),
         "place": _place(line), "place_words": places_words(line, known)}
        for line in lines if line.allowed.is_narrowed
    ]  # fmt: skip
    code = row.code if row else ""
    return page(
        visit, "access/role", "people", row.name if row else _("New role"),
        status=status, code=code, name=name, error=error, wide=wide, narrow=narrow,
        groups=verb_groups(), second=second, may_grant=may(visit.person, "staff:grant"), is_whole=code == ALWAYS_WHOLE,
        is_removable=bool(row) and code not in DEFAULT_ROLES and not row.holders, holders=row.holders if row else 0,
        url=f"/roles/{code}" if row else "/roles/new",
        scopes=[(scope, scope_words(scope)) for scope in SCOPES],
        places=[(f"{kind}:{key}", named) for kind in _KINDS for key, named in known[kind].items()],
    )  # fmt: skip


def _place(line: Given) -> str:
    keys = {"channel": line.channel_id, "brand": line.brand_id, "team": line.team_id}
    return next((f"{kind}:{key}" for kind, key in keys.items() if key is not None), "")


def _row(code: str) -> Any:
    found = next((row for row in roles_with_figures() if row.code == code), None)
    if found is None:
        raise NotFound(str(NoSuchRole(code)))
    return found
