"""Retention under Settings: rules, what each would remove now, and what it removed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.commands.retention import Said
from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import tags
from careline.domain.conversations.queries.retention import retention_rule, retention_rules, runs_of
from careline.domain.conversations.rules.retention import BadRule
from careline.domain.staff.queries import agents, teams
from careline.domain.staff.rules import require
from careline.entrypoints.web.channel_names import channel_names
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.settings.keeping_words import counted_words
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import iso, moment_text, said
from careline.flows import retain

VERB = "retention:manage"
RUNS_SHOWN = 20
_NEW = {
    "name": "",
    "days": 365,
    "target": "cases",
    "action": "delete",
    "basis": "resolved",
    "filter": {},
    "is_active": False,
}


def rules(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    return page(
        visit, "settings/retention", "settings", _("Retention"), rules=[_card(visit, row) for row in retention_rules()]
    )


def rule(visit: Visit, key: int | None = None) -> HttpResponse:
    require(visit.person, VERB)
    return _form(visit, key, _NEW if key is None else _held(key))


def saved(visit: Visit, key: int | None = None) -> HttpResponse:
    """Keeps what the form says; a wrong word loses nothing."""
    require(visit.person, VERB)
    rule = _given(visit)
    try:
        if key is None:
            key = retain.add_rule(visit.person, rule, by=visit.by, at=visit.at)
        else:
            retain.change_rule(visit.person, key, rule, by=visit.by, at=visit.at)
    except BadRule as wrong:
        form = {name: getattr(rule, name) for name in _NEW}
        return _form(visit, key, form, errors={wrong.field: said(wrong)})
    return HttpResponseRedirect(f"/retention/{key}")


def ended(visit: Visit, key: int) -> HttpResponse:
    retain.end_rule(visit.person, key, by=visit.by, at=visit.at)
    return HttpResponse(headers={"HX-Redirect": "/retention"})


def carried_out(visit: Visit, key: int) -> HttpResponse:
    retain.run_now(visit.person, key, by=visit.by, at=visit.at)
    return HttpResponseRedirect(f"/retention/{key}#runs")


def _held(key: int) -> dict[str, Any]:
    row = retention_rule(key)
    if row is None:
        raise NotFound(f"There is no retention rule {key}.")
    return {name: getattr(row, name) for name in _NEW}


def _form(visit: Visit, key: int | None, form: dict[str, Any], *, errors: dict[str, str] | None = None) -> HttpResponse:
    chosen = {name: {str(value) for value in values} for name, values in form["filter"].items()}
    preview = retain.would_remove(visit.person, key, at=visit.at) if key is not None else None
    names = {row.id: row.name for row in agents()}
    return page(
        visit, "settings/retention_rule", "settings", form["name"] or _("New rule"),
        status=422 if errors else 200, form=form, errors=errors or {}, key=key,
        url=f"/retention/{key}" if key is not None else "/retention", targets=_choices(_targets(), form["target"]),
        actions=_choices(_actions(), form["action"]), bases=_choices(_bases(), form["basis"]),
        narrowings=[n for n in _narrowings(chosen) if n["options"]],
        removes=counted_words(preview.counts) if preview else [], examples=[_example(visit, row) for row in (preview.examples if preview else ())],
        runs=[_run(visit, row, names) for row in runs_of(key, after=None, limit=RUNS_SHOWN)] if key is not None else [],
    )  # fmt: skip


def _given(visit: Visit) -> Said:
    form = visit.form
    narrowed: dict[str, Any] = {
        "categories": form.getlist("categories"),
        **{
            name: [n for word in form.getlist(name) if (n := whole_number(word))]
            for name in ("teams", "tags", "channels")
        },
    }
    return Said(
        form.get("name", "").strip()[:200], days=whole_number(form.get("days")) or 0, target=form.get("target", "cases"),
        action=form.get("action", "delete"), basis=form.get("basis", "resolved"),
        filter={name: values for name, values in narrowed.items() if values}, is_active=bool(form.get("is_active")),
    )  # fmt: skip


def _card(visit: Visit, row: Any) -> dict[str, Any]:
    words = {"what": _actions()[row.action], "of": _targets()[row.target], "days": row.days}
    return {
        "name": row.name, "url": f"/retention/{row.id}", "is_active": row.is_active,
        "words": _("%(of)s: %(what)s after %(days)s days") % words,
        "next_text": moment_text(row.due_at, at=visit.at, zone=visit.zone) if row.is_active else "",
    }  # fmt: skip


def _example(visit: Visit, row: Any) -> dict[str, Any]:
    return {
        "number": row.number, "subject": row.subject, "url": f"/conversations/{row.number}", "at": iso(row.updated_at),
        "text": moment_text(row.updated_at, at=visit.at, zone=visit.zone),
    }  # fmt: skip


def _run(visit: Visit, row: Any, names: dict[int, str]) -> dict[str, Any]:
    by = _("the night") if row.by_kind == "rule" else names.get(row.by_id) or _("agent %(id)s") % {"id": row.by_id}
    return {
        "at": iso(row.started_at), "text": moment_text(row.started_at, at=visit.at, zone=visit.zone), "by": by,
        "counts": counted_words(row.counts), "is_done": row.finished_at is not None,
    }  # fmt: skip


def _choices(words: dict[str, str], chosen: str) -> list[dict[str, Any]]:
    return [{"value": value, "words": said, "is_chosen": value == chosen} for value, said in words.items()]


def _narrowings(chosen: dict[str, set[str]]) -> list[dict[str, Any]]:
    categories = {"open": _("Open"), "waiting": _("Waiting"), "resolved": _("Resolved"), "spam": _("Spam")}
    found = (
        ("categories", _("Status"), categories),
        ("teams", _("Teams"), {str(row.id): row.name for row in teams()}),
        ("channels", _("Mailboxes"), {str(key): name for key, name in channel_names().items()}),
        ("tags", _("Tags"), {str(row.id): row.name for row in tags()}),
    )
    return [
        {"name": name, "label": label, "options": [
            {"value": value, "words": said, "is_chosen": value in chosen.get(name, ())} for value, said in options.items()]}
        for name, label, options in found
    ]  # fmt: skip


def _targets() -> dict[str, str]:
    return {"cases": _("Cases"), "raw": _("Raw mails of cases"), "unrouted": _("Raw mails in no case")}


def _actions() -> dict[str, str]:
    return {"delete": _("removed"), "anonymise": _("kept as figures, without words"), "files": _("rid of their files")}


def _bases() -> dict[str, str]:
    return {"resolved": _("since the case was resolved"), "last_message": _("since the last message")}
