"""Macros: their form, and how one is previewed and run on a case."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careline.automation.rules.macros import MacroRefused, Step, preview_macro, run_macro
from careline.domain.conversations.errors import NotFound, ThreadChanged
from careline.domain.conversations.queries.cases import conversation_for, statuses
from careline.domain.knowledge.queries.canned import macro_of, macros_of
from careline.domain.knowledge.rules.actions import BadMacro
from careline.domain.staff.queries import agents, teams
from careline.domain.staff.rules import require
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.presenting import words_in
from careline.entrypoints.web.settings.replies import (
    HOME,
    audience_in,
    audience_key,
    audiences_for,
    languages_asked,
    macro_row,
    whose,
)
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import said
from careline.flows.change_canned_reply import WRITES, audience_of
from careline.flows.change_macro import WrittenMacro, add_macro, change_macro, remove_macro

_KINDS = ("status", "assign", "team", "tag", "untag", "priority", "snooze", "resolve", "reopen", "note", "reply")
_LEVELS = ("low", "normal", "high", "urgent")


def blank(visit: Visit) -> HttpResponse:
    require(visit.person, WRITES)
    return _form(visit, WrittenMacro(""), None, {})


def added(visit: Visit) -> HttpResponse:
    written = _written(visit)
    try:
        add_macro(visit.person, written, by=visit.by, at=visit.at)
    except BadMacro as wrong:
        return _form(visit, written, None, {wrong.field: said(wrong)}, status=422)
    return HttpResponseRedirect(HOME + "#macros")


def edited(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, WRITES)
    row = _theirs(visit, key)
    return _form(visit, WrittenMacro(row.name, row.actions, row.folder, audience_of(row), row.team_id), row, {})


def changed(visit: Visit, key: int) -> HttpResponse:
    """Saves what the form says, or throws the macro away."""
    row = _theirs(visit, key)
    if visit.form.get("then") == "delete":
        remove_macro(visit.person, key, by=visit.by, at=visit.at)
        return HttpResponseRedirect(HOME + "#macros")
    written = _written(visit)
    try:
        change_macro(visit.person, key, written, by=visit.by, at=visit.at)
    except BadMacro as wrong:
        return _form(visit, written, row, {wrong.field: said(wrong)}, status=422)
    return HttpResponseRedirect(HOME + "#macros")


def offered(visit: Visit, number: int) -> HttpResponse:
    """The picker's list of macros."""
    conversation_for(visit.person, number)
    words = visit.asked.get("q", "").strip()[:200]
    rows = [
        macro_row(row, visit) | {"id": row.id, "whose": whose(row)}
        for row in macros_of(visit.person, words=words, limit=30)
    ]
    return part(visit, "settings/_macro_options", rows=rows)


def previewed(visit: Visit, number: int, key: int) -> HttpResponse:
    """What it would do here; nothing is changed."""
    row = _theirs(visit, key)
    steps = preview_macro(visit.person, number, key, by=visit.by, at=visit.at)
    shown = [_step(step, visit) for step in steps]
    return part(
        visit, "settings/_macro_steps", name=row.name, steps=shown, may_run=not any(step.refusal for step in steps)
    )


def ran(visit: Visit, number: int, key: int) -> HttpResponse:
    """All of it or nothing; 409 with what stood against it."""
    row = _theirs(visit, key)
    seen = whole_number(visit.form.get("seen"))
    try:
        run_macro(visit.person, number, key, seen_message=seen, by=visit.by, at=visit.at)
    except MacroRefused:
        return part(visit, "settings/_macro_steps", status=409, name=row.name, may_run=False,
                    steps=[_step(step, visit) for step in preview_macro(visit.person, number, key, by=visit.by, at=visit.at)])  # fmt: skip
    except ThreadChanged:
        steps = [
            {"words": _("Somebody wrote since you opened this case: look at it first."), "said": "", "refusal": " "}
        ]
        return part(visit, "settings/_macro_steps", status=409, name=row.name, steps=steps, may_run=False)
    return part(visit, "_toast", words=_("Done: %(name)s") % {"name": row.name})


def _step(step: Step, visit: Visit) -> dict[str, str]:
    return {
        "words": _in_words(step.does, visit),
        "said": step.words.text if step.words else "",
        "refusal": step.refusal,
    }


def _in_words(action: dict[str, Any], visit: Visit) -> str:
    kind, to = action["do"], str(action.get("to", ""))
    if kind == "assign":
        names = {"me": _("you"), "nobody": _("nobody")} | {str(row.id): row.name for row in agents()}
        return _("Give it to %(name)s") % {"name": names.get(to, to)}
    if kind == "team":
        names = {"none": _("no team")} | {str(row.id): row.name for row in teams()}
        return _("Move it to %(name)s") % {"name": names.get(to, to)}
    if kind == "status":
        names = {row.code: words_in(row.name, visit) for row in statuses()}
        return _("Status: %(name)s") % {"name": names.get(to, to)}
    if kind == "snooze":
        return ngettext("Snooze it for %(n)s hour", "Snooze it for %(n)s hours", action["hours"]) % {
            "n": action["hours"]
        }
    plain = {
        "tag": _("Add tags: %(names)s"), "untag": _("Take tags off: %(names)s"), "priority": _("Priority: %(names)s"), "resolve": _("Resolve it"),
        "reopen": _("Open it again"), "note": _("Write a note"), "reply": _("Send an answer"),
    }  # fmt: skip
    shown = {"names": ", ".join(action.get("names", ())) or (_level_names().get(to, to) if kind == "priority" else "")}
    return plain[kind] % shown if "%" in plain[kind] else plain[kind]


def _level_names() -> dict[str, str]:
    return dict(zip(_LEVELS, (_("Low"), _("Normal"), _("High"), _("Urgent")), strict=True))


def _theirs(visit: Visit, key: int) -> Any:
    row = macro_of(visit.person, key)
    if row is None:
        raise NotFound(f"There is no macro {key}.")
    return row


def _written(visit: Visit) -> WrittenMacro:
    """The form's parts as actions; what was left open does nothing."""
    form = visit.form
    actions: list[dict[str, Any]] = [
        {"do": kind, "to": form[kind]} for kind in ("assign", "team", "priority", "status") if form.get(kind, "")
    ]
    for kind in ("tag", "untag"):
        names = [word.strip() for word in form.get(kind, "").split(",") if word.strip()]
        actions += [{"do": kind, "names": names}] if names else []
    for kind in ("note", "reply"):
        texts = {
            name.removeprefix(f"{kind}-"): form.get(name, "").replace("\r\n", "\n")
            for name in form
            if name.startswith(f"{kind}-")
        }
        texts = {language: words for language, words in texts.items() if words.strip()}
        actions += [{"do": kind, "texts": texts}] if texts else []
    ending = form.get("ending", "")
    if ending == "snooze":
        actions.append({"do": "snooze", "hours": whole_number(form.get("hours", "")) or 0})
    elif ending:
        actions.append({"do": ending})
    audience, team = audience_in(visit)
    return WrittenMacro(form.get("name", ""), actions, form.get("folder", ""), audience, team)


def _form(visit: Visit, written: WrittenMacro, row: Any, wrong: dict[str, str], *, status: int = 200) -> HttpResponse:
    does: dict[str, Any] = dict.fromkeys(_KINDS) | {action["do"]: action for action in written.actions}
    texts = {language: "" for kind in ("note", "reply") for language in (does[kind] or {}).get("texts", {})}
    return page(
        visit, "settings/macro", "settings", row.name if row else _("New macro"), status=status, written=written,
        wrong={"name": ""} | wrong, kept=row, does=does,
        url=f"/macros/{row.id}" if row else "/macros/new", audiences=audiences_for(visit), languages=languages_asked(texts),
        audience=audience_key(written.audience, written.team_id), people=[(str(r.id), r.name) for r in agents() if r.is_active],
        teams=[(str(r.id), r.name) for r in teams()], statuses=[(row.code, words_in(row.name, visit)) for row in statuses()],
        priorities=list(_level_names().items()),
    )  # fmt: skip
