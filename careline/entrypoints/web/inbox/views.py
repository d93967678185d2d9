"""Saved views: the list of them in one's own order, and the form a view is made with."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.desk.queries.counts import counts_of
from careline.domain.desk.queries.gone import gone_from_views
from careline.domain.desk.queries.views import view_of, views_of
from careline.domain.desk.rules import BadFilter, View, filter_data, filter_from
from careline.domain.staff.rules import require
from careline.entrypoints.web.gone import gone_words
from careline.entrypoints.web.inbox.counts import shown_count, shown_view, view_name
from careline.entrypoints.web.inbox.view_forms import choices_for, form_of, guard_fields, wanted_in
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import said
from careline.flows.change_view import VERB, Wanted, add_view, arrange_views, change_view, remove_view

HOME = "/saved-views"
_FRESH = Wanted("", {"categories": ["open", "waiting"]})


def views(visit: Visit) -> HttpResponse:
    """One's own list: what stands where, what is hidden, what may be changed."""
    require(visit.person, "conversation:read")
    every = views_of(visit.person, hidden=True)
    gone = gone_from_views({view.code: view.filter for view in every if view.id is not None})
    shown = [_row(view, visit) | {"gone": gone_words(gone.get(view.code, ()))} for view in every]
    return page(visit, "inbox/saved_views", "settings", _("Views"), shown=shown)


def arranged(visit: Visit) -> HttpResponse:
    """One view goes up or down, or out of sight, or comes back."""
    order = [view.code for view in views_of(visit.person, hidden=True)]
    hidden = {view.code for view in views_of(visit.person, hidden=True) if view.is_hidden}
    code, then = visit.form.get("code", ""), visit.form.get("then", "")
    if code in order:
        at = order.index(code)
        if then in ("up", "down"):
            order.insert(max(0, at + (-1 if then == "up" else 1)), order.pop(at))
        hidden = hidden | {code} if then == "hide" else hidden - {code} if then == "show" else hidden
    arrange_views(visit.person, order, hidden=sorted(hidden))
    return HttpResponseRedirect(f"{HOME}#view-{code}" if code in order else HOME)


def blank(visit: Visit) -> HttpResponse:
    """The form of a new view, or of a copy."""
    copied = view_of(visit.person, visit.asked.get("copy", ""))
    wanted = _FRESH if copied is None else _as_it_is(copied, name=_("%(name)s (copy)") % {"name": view_name(copied)})
    return _form(visit, wanted, None, {})


def added(visit: Visit) -> HttpResponse:
    wanted = wanted_in(visit.form)
    try:
        guard_fields(visit.form)
        key = add_view(visit.person, wanted, by=visit.by, at=visit.at)
    except BadFilter as wrong:
        return _form(visit, wanted, None, {wrong.field: said(wrong)}, status=422)
    return HttpResponseRedirect(f"/views/{key}")


def edited(visit: Visit, code: str) -> HttpResponse:
    found = _saved(visit, code)
    return _form(visit, _as_it_is(found), found, {})


def changed(visit: Visit, code: str) -> HttpResponse:
    """Saves what the form says, or throws the view away."""
    found = _saved(visit, code)
    if visit.form.get("then") == "delete":
        remove_view(visit.person, code, by=visit.by, at=visit.at)
        return HttpResponseRedirect(HOME)
    wanted = wanted_in(visit.form, kept=found)
    try:
        guard_fields(visit.form)
        change_view(visit.person, code, wanted, by=visit.by, at=visit.at)
    except BadFilter as wrong:
        return _form(visit, wanted, found, {wrong.field: said(wrong)}, status=422)
    return HttpResponseRedirect(f"/views/{code}")


def counted(visit: Visit) -> HttpResponse:
    """How many cases the form's filter holds just now."""
    require(visit.person, "conversation:read")
    try:
        guard_fields(visit.form)
        wanted = filter_from(wanted_in(visit.form).filter)
    except BadFilter as wrong:
        return part(visit, "inbox/_view_count", count="", wrong=said(wrong))
    count = counts_of({"new": wanted}, visit.person, at=visit.at)["new"]
    return part(visit, "inbox/_view_count", count=shown_count(count), wrong="")


def _form(visit: Visit, wanted: Wanted, kept: View | None, wrong: dict[str, str], *, status: int = 200) -> HttpResponse:
    require(visit.person, "conversation:read")
    scopes = {grant.scope for grant in visit.person.grants.get(VERB, ())}
    return page(
        visit, "inbox/saved_view", "settings", kept.name if kept else _("New view"), status=status, form=form_of(wanted), kept=kept,
        url=f"{HOME}/{kept.code}" if kept else f"{HOME}/new", choices=choices_for(visit, scopes=scopes), wrong={"name": ""} | (wrong or _gone(kept)),
    )  # fmt: skip


def _gone(kept: View | None) -> dict[str, str]:
    """What the view names that is not there any more, above its form."""
    gone = gone_from_views({kept.code: kept.filter}) if kept else {}
    return {"filter": gone_words(gone[kept.code])} if kept and gone else {}


def _saved(visit: Visit, code: str) -> View:
    found = view_of(visit.person, code)
    if found is None or found.id is None:
        raise NotFound(f"There is no saved view {code}.")
    return found


def _as_it_is(view: View, *, name: str = "") -> Wanted:
    audience = "me" if name or view.audience == "house" else view.audience
    team = view.team_id if audience == "team" else None
    return Wanted(
        name or view.name, filter_data(view.filter), view.sort, view.columns, audience, team, view.kind, view.split
    )


def _row(view: View, visit: Visit) -> dict[str, Any]:
    scopes = {grant.scope for grant in visit.person.grants.get(VERB, ())}
    may_change = view.audience == "me" or (
        view.audience != "house" and ("all" in scopes or (view.audience == "team" and bool(scopes)))
    )
    whose = {
        "house": _("Everybody has it"),
        "all": _("Saved for everybody"),
        "team": _("Saved for the team"),
        "me": _("Yours"),
    }
    return shown_view(view) | {
        "whose": whose[view.audience], "is_hidden": view.is_hidden, "edit_url": f"{HOME}/{view.code}" if may_change and view.id else "",
        "copy_url": f"{HOME}/new?copy={view.code}",
    }  # fmt: skip
