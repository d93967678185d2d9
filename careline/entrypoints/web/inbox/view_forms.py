"""A view as a form asks for it: what was typed becomes a filter, and a filter the form's words."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from careline.domain.conversations.queries.cases import statuses, tags
from careline.domain.conversations.queries.structure import case_fields, definition_of, paths_of, topics
from careline.domain.desk.rules import COLUMNS, KINDS, SORTS, SPLITS, View, filter_data
from careline.domain.desk.rules.filters import CATEGORIES, FLAGS, PRIORITIES, SPANS, BadFilter
from careline.domain.staff.queries import agents, teams
from careline.entrypoints.web.channel_names import channel_names
from careline.entrypoints.web.presenting import words_in
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import said
from careline.flows.change_view import Wanted
from careline.kit.typed_fields import Unfit, read

UNITS = {"hours": 3600, "days": 86400, "weeks": 7 * 86400}
_LISTS = ("categories", "statuses", "teams", "topics", "priorities", "channels")
_TAGS = ("tags", "tags_any", "tags_none")
_KEPT = ("customer", "company", "brands")
"""What the form has no place for yet and leaves as it is."""


_FIELD = "field-"


def wanted_in(form: QueryDict, *, kept: View | None = None) -> Wanted:
    """The view as it stands in the form; `kept` is the one that is being changed."""
    given: dict[str, Any] = filter_data(kept.filter) if kept else {}
    given = {name: value for name, value in given.items() if name in _KEPT}
    given |= {name: form.getlist(name) for name in _LISTS if form.getlist(name)}
    given |= {name: words for name in _TAGS if (words := _words(form.get(name, "")))}
    given |= {name: True for name in FLAGS if name in form}
    if fields := _fields_in(form)[0]:
        given["fields"] = fields
    for name in ("assignee", "text"):
        if form.get(name, "").strip():
            given[name] = form.get(name, "").strip()
    if languages := _words(form.get("languages", "")):
        given["languages"] = [word.lower() for word in languages]
    if due := form.get("due_within", ""):
        given["due_within"] = int(due) if due.lstrip("-").isdecimal() and len(due) < 12 else due
    for name in SPANS:
        number = whole_number(form.get(f"{name}_number", "").strip())
        if form.get(f"{name}_way") in ("within", "beyond") and number is not None:
            given[name] = {form[f"{name}_way"]: number * UNITS.get(form.get(f"{name}_unit", ""), 86400)}
    audience = form.get("audience", "me")
    team = whole_number(audience.removeprefix("team-")) if audience.startswith("team-") else None
    return Wanted(
        form.get("name", ""), given, form.get("sort", "due"), tuple(form.getlist("columns")), "team" if team else audience, team,
        form.get("kind", "list"), form.get("split", "status"),
    )  # fmt: skip


def guard_fields(form: QueryDict) -> None:
    """Raises BadFilter where a value does not fit its field."""
    for code, sentence in _fields_in(form)[1].items():
        raise BadFilter(code, sentence)


def _fields_in(form: QueryDict) -> tuple[dict[str, Any], dict[str, str]]:
    """What is asked of the company's own fields, as it is kept, and what does not fit as it was typed; sentences by code."""
    asked: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for row in case_fields():
        raw = form.get(_FIELD + row.code, "").strip()[:2000]
        if raw:
            asked[row.code] = raw
            try:
                asked[row.code] = read(definition_of(row), raw)
            except Unfit as unfit:
                wrong[row.code] = said(unfit)
    return asked, wrong


def form_of(wanted: Wanted) -> dict[str, Any]:
    """The words of the form for a view."""
    asked = wanted.filter
    spans = {name: _span_of(asked.get(name) or {}) for name in SPANS}
    return {
        "name": wanted.name, "sort": wanted.sort, "kind": wanted.kind, "split": wanted.split, "columns": wanted.columns or COLUMNS,
        "audience": f"team-{wanted.team_id}" if wanted.audience == "team" else wanted.audience,
        **{name: [str(word) for word in asked.get(name, ())] for name in _LISTS},
        **{name: ", ".join(asked.get(name, ())) for name in (*_TAGS, "languages")},
        **{name: bool(asked.get(name)) for name in FLAGS}, "fields": asked.get("fields") or {},
        "assignee": str(asked.get("assignee", "")), "text": asked.get("text", ""), "due_within": str(asked.get("due_within", "")), "spans": spans,
    }  # fmt: skip


def choices_for(visit: Visit, *, scopes: set[str]) -> dict[str, Any]:
    """Everything that can be chosen: [(value, words)]."""
    people, house = agents(), teams()
    audiences = [("me", _("Only me"))]
    audiences += [(f"team-{t.id}", _("Team %(name)s") % {"name": t.name}) for t in house
                  if "all" in scopes or (scopes and t.id in visit.person.team_ids)]  # fmt: skip
    audiences += [("all", _("Everybody"))] if "all" in scopes else []
    return {
        "audiences": audiences,
        "categories": list(zip(CATEGORIES, (_("Open"), _("Waiting for the customer"), _("Resolved")), strict=True)),
        "statuses": [(row.code, words_in(row.name, visit)) for row in statuses() if row.code not in CATEGORIES],
        "people": [(str(row.id), row.name) for row in people if row.is_active],
        "topics": [("none", _("No topic")), *((str(key), path) for key, path in paths_of(topics(), visit.language).items())] if topics() else [],
        "fields": [_shown_field(row, visit) for row in case_fields() if row.retired_at is None],
        "teams": [("mine", _("My teams")), ("none", _("No team")), *((str(row.id), row.name) for row in house)],
        "priorities": list(zip(PRIORITIES, (_("Low"), _("Normal"), _("High"), _("Urgent")), strict=True)),
        "channels": [(str(key), name) for key, name in channel_names(active=False).items()],
        "tags": [row.name for row in tags()],
        "flags": list(zip(FLAGS, (
            _("Snoozed ones only"), _("Spam only"), _("Also snoozed ones"), _("Also spam"), _("I am mentioned"), _("I follow them"),
            _("I have not read them"), _("Nobody has touched them for longer than their team allows"), _("A complaint waits for its final answer"),
        ), strict=True)),
        "dues": [("", _("Any time")), ("0", _("Overdue")), ("3600", _("Within an hour")), ("7200", _("Within two hours")),
                 ("28800", _("Within eight hours")), ("86400", _("Within a day")), ("259200", _("Within three days"))],
        "spans": list(zip(SPANS, (_("Came in"), _("Last change"), _("Customer has been waiting")), strict=True)),
        "units": list(zip(UNITS, (_("hours"), _("days"), _("weeks")), strict=True)),
        "sorts": list(zip(SORTS, (_("Soonest due first"), _("Newest change first"), _("Newest case first"), _("Most urgent first"),
                                  _("Longest waiting first")), strict=True)),
        "kinds": list(zip(KINDS, (_("List"), _("Board"), _("One after the other")), strict=True)),
        "splits": list(zip(SPLITS, (_("Status"), _("Priority"), _("Assignee")), strict=True)),
        "columns": list(zip(COLUMNS, (_("Tags"), _("Priority"), _("Assignee"), _("Channel"), _("Due"), _("Last change")), strict=True)),
    }  # fmt: skip


def _shown_field(row: Any, visit: Visit) -> dict[str, Any]:
    """`options` where it is chosen, else it is typed."""
    options = [(choice["code"], words_in(choice["name"], visit)) for choice in row.choices]
    if row.kind == "yes_no":
        options = [("yes", _("Yes")), ("no", _("No"))]
    return {"name": _FIELD + row.code, "code": row.code, "title": words_in(row.name, visit), "options": options}


def _words(text: str) -> list[str]:
    return [word for part in text.split(",") if (word := part.strip())]


def _span_of(kept: dict[str, Any]) -> dict[str, Any]:
    way = "within" if "within" in kept else "beyond" if "beyond" in kept else ""
    seconds = int(kept.get(way) or 0)
    unit = next((name for name in ("weeks", "days", "hours") if seconds and seconds % UNITS[name] == 0), "days")
    return {"way": way, "number": str(seconds // UNITS[unit]) if way else "", "unit": unit}
