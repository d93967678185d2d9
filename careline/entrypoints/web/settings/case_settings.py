"""Settings of what cases are made of: statuses, topics, fields; what reopens a case; who is blocked."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.company.queries import languages
from careline.domain.conversations.commands.fields import NewField, add_field, add_topic, change_field, change_topic
from careline.domain.conversations.commands.statuses import CATEGORIES, add_status, change_status
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.structure import all_statuses, case_fields, definition_of, paths_of, topics
from careline.domain.customers.queries.blocks import blocks
from careline.domain.staff.reopening import reopenings
from careline.domain.staff.rules import require
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.presenting import words_in
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_words, said
from careline.flows.block import VERB as BLOCK
from careline.flows.block import block, unblock
from careline.flows.set_reopening import set_reopening
from careline.kit.typed_fields import KINDS

VERB = "case_settings:manage"


def statuses(visit: Visit, *, error: str = "", status: int = 200) -> HttpResponse:
    require(visit.person, VERB)
    rows = [
        {"code": row.code, "name": words_in(row.name, visit), "names": _names(row.name), "category": row.category,
         "is_retired": row.retired_at is not None, "place": place}
        for place, row in enumerate(all_statuses())
    ]  # fmt: skip
    return _page(
        visit, "settings/statuses", _("Statuses"), rows=rows, categories=CATEGORIES, error=error, status=status
    )


def status_changed(visit: Visit) -> HttpResponse:
    """A new one, or (with a code) another name, another place, out of use."""
    require(visit.person, VERB)
    code, then = visit.form.get("code", ""), visit.form.get("then", "")
    try:
        if not code:
            add_status(_names_given(visit), category=visit.form.get("category", ""), by=visit.by, at=visit.at)
        elif then in ("up", "down"):
            place = next((n for n, row in enumerate(all_statuses()) if row.code == code), 0)
            change_status(code, position=max(0, place + (1 if then == "down" else -1)), by=visit.by, at=visit.at)
        elif then in ("retire", "use"):
            change_status(code, retired=then == "retire", by=visit.by, at=visit.at)
        else:
            change_status(code, name=_names_given(visit), by=visit.by, at=visit.at)
    except Refused as refusal:
        return statuses(visit, error=said(refusal), status=422)
    return HttpResponseRedirect("/settings/statuses")


def topics_page(visit: Visit, *, error: str = "", status: int = 200) -> HttpResponse:
    require(visit.person, VERB)
    rows = topics()
    paths = paths_of(rows, visit.language)
    shown = [
        {"id": row.id, "path": paths[row.id], "names": _names(row.name), "is_retired": row.retired_at is not None}
        for row in rows
    ]
    return _page(visit, "settings/topics", _("Topics"), rows=shown, error=error, status=status)


def topic_changed(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    key, then = whole_number(visit.form.get("id")), visit.form.get("then", "")
    try:
        if key is None:
            add_topic(_names_given(visit), parent=whole_number(visit.form.get("parent")), by=visit.by, at=visit.at)
        elif then in ("retire", "use"):
            change_topic(key, retired=then == "retire", by=visit.by, at=visit.at)
        else:
            change_topic(key, name=_names_given(visit), by=visit.by, at=visit.at)
    except Refused as refusal:
        return topics_page(visit, error=said(refusal), status=422)
    return HttpResponseRedirect("/settings/topics")


def fields_page(visit: Visit, *, error: str = "", status: int = 200) -> HttpResponse:
    require(visit.person, VERB)
    rows = topics()
    paths = paths_of(rows, visit.language)
    shown = [
        {"code": row.code, "name": words_in(row.name, visit), "names": _names(row.name), "kind": _kinds()[row.kind],
         "choices": ", ".join(one.name for one in definition_of(row, visit.language).choices), "is_needed": row.is_needed_to_resolve,
         "topics": ", ".join(paths[key] for key in row.topic_ids if key in paths), "is_retired": row.retired_at is not None}
        for row in case_fields()
    ]  # fmt: skip
    choices = [{"id": row.id, "name": paths[row.id]} for row in rows if row.retired_at is None]
    return _page(
        visit,
        "settings/case_fields",
        _("Fields of cases"),
        rows=shown,
        topics=choices,
        kinds=_kinds(),
        error=error,
        status=status,
    )


def field_changed(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    code, then = visit.form.get("code", ""), visit.form.get("then", "")
    try:
        if not code:
            add_field(_new_field(visit), by=visit.by, at=visit.at)
        elif then in ("retire", "use"):
            change_field(code, retired=then == "retire", by=visit.by, at=visit.at)
        elif then in ("need", "free"):
            change_field(code, is_needed_to_resolve=then == "need", by=visit.by, at=visit.at)
        else:
            change_field(code, name=_names_given(visit), by=visit.by, at=visit.at)
    except Refused as refusal:
        return fields_page(visit, error=said(refusal), status=422)
    return HttpResponseRedirect("/settings/case-fields")


def reopening(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    rows = [
        {"id": row.id, "name": row.name, "policy": row.reopen_policy, "days": row.reopen_days} for row in reopenings()
    ]
    return _page(visit, "settings/reopening", _("Resolved cases"), rows=rows)


def reopening_changed(visit: Visit) -> HttpResponse:
    days = whole_number(visit.form.get("days")) or 14
    team = whole_number(visit.form.get("team")) or 0
    set_reopening(visit.person, team, policy=visit.form.get("policy", ""), days=days, by=visit.by, at=visit.at)
    return HttpResponseRedirect("/settings/resolved-cases")


def blocked(visit: Visit, *, error: str = "", status: int = 200) -> HttpResponse:
    require(visit.person, BLOCK)
    rows = [
        {
            "id": row.id,
            "value": row.value,
            "by": row.agent_name or "",
            "when": moment_words(row.created_at, at=visit.at, zone=visit.zone),
        }
        for row in blocks()
    ]
    return _page(visit, "settings/blocks", _("Blocked senders"), rows=rows, error=error, status=status)


def block_changed(visit: Visit) -> HttpResponse:
    key = whole_number(visit.form.get("id"))
    try:
        if key is not None:
            unblock(visit.person, key, by=visit.by, at=visit.at)
        else:
            block(visit.person, visit.form.get("value", ""), by=visit.by, at=visit.at)
    except NotFound:
        raise
    except Refused as refusal:
        return blocked(visit, error=said(refusal), status=422)
    return HttpResponseRedirect("/settings/blocked-senders")


def _page(visit: Visit, template: str, title: str, **context: Any) -> HttpResponse:
    return page(visit, template, "settings", title, heading=title, languages=list(languages()), **context)


def _names_given(visit: Visit) -> dict[str, str]:
    """name-en, name-de …"""
    return {language: visit.form.get(f"name-{language}", "") for language in languages()}


def _names(names: dict[str, str]) -> dict[str, str]:
    return {language: names.get(language, "") for language in languages()}


def _new_field(visit: Visit) -> NewField:
    lines = [line.strip() for line in visit.form.get("choices", "").splitlines() if line.strip()]
    first = next(iter(languages()))
    chosen = [key for word in visit.form.getlist("topic") if (key := whole_number(word))]
    return NewField(
        _names_given(visit), visit.form.get("kind", ""), choices=[("", {first: line}) for line in lines], topics=chosen,
        is_needed_to_resolve="needed" in visit.form,
    )  # fmt: skip


def _kinds() -> dict[str, str]:
    names = (
        _("Text"),
        _("Number"),
        _("Date"),
        _("One of several"),
        _("Some of several"),
        _("Yes or no"),
        _("Web address"),
    )
    return dict(zip(KINDS, names, strict=True))
