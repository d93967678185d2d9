"""What a promise can be narrowed by, as its form shows it and as it was filled in."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from careline.domain.company.queries import languages
from careline.domain.conversations.queries.structure import paths_of, topics
from careline.domain.customers.queries.fields import fields_of
from careline.domain.staff.queries import teams
from careline.entrypoints.web.channel_names import channel_names, kind_names
from careline.entrypoints.web.sla.words import condition_name
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import language_name

_FIELDS = (("customer_field", "customer"), ("company_field", "organisation"))


def names_of_values(visit: Visit) -> dict[str, dict[Any, str]]:
    """By condition: each value there is, and what people call it; of fields their names by code."""
    every = topics()
    paths = paths_of(every, visit.language)
    found: dict[str, dict[Any, str]] = {
        "priority": {4: _("Urgent"), 3: _("High"), 2: _("Normal"), 1: _("Low")},
        "channel_kind": {code: name for code, name in kind_names().items() if code != "portal"},
        "channel": channel_names(),
        "topic": {row.id: paths[row.id] for row in every if row.retired_at is None},
        "team": {row.id: row.name for row in teams()},
        "language": {code: language_name(code) for code in languages()},
    }
    for condition, subject in _FIELDS:
        found[condition] = {row.code: row.name for row in fields_of(subject)}
    return found


def narrowings(visit: Visit, conditions: dict[str, Any]) -> list[dict[str, Any]]:
    """Boxes to tick, group by group; what is there once only narrows nothing and is left out."""
    names = names_of_values(visit)
    groups = [
        _group(name, condition_name(name), names[name], conditions.get(name, ()))
        for name in ("priority", "channel_kind", "channel", "topic", "team", "language")
        if len(names[name]) > 1 or conditions.get(name)
    ]
    for condition, subject in _FIELDS:
        for row in fields_of(subject):
            if row.choices:
                chosen = conditions.get(condition, {}).get(row.code, ())
                groups.append(_group(f"{condition}:{row.code}", row.name, dict(row.choices), chosen))
    return groups


def given_conditions(visit: Visit, before: dict[str, Any]) -> dict[str, Any]:
    """What the form says; conditions that it does not show (made by the API) stay."""
    shown = {group["name"] for group in narrowings(visit, before)}
    kept = {name: values for name, values in before.items() if name not in shown and name not in dict(_FIELDS)}
    for condition, _subject in _FIELDS:
        fields = {
            code: values for code, values in before.get(condition, {}).items() if f"{condition}:{code}" not in shown
        }
        for name in shown:
            if name.startswith(f"{condition}:") and (chosen := visit.form.getlist(name)):
                fields[name.partition(":")[2]] = chosen
        if fields:
            kept[condition] = fields
    for name in sorted(shown & {"priority", "channel", "topic", "team"}):
        if keys := [key for word in visit.form.getlist(name) if (key := whole_number(word))]:
            kept[name] = keys
    for name in ("language", "channel_kind"):
        if name in shown and (chosen := visit.form.getlist(name)):
            kept[name] = chosen
    return kept


def _group(name: str, label: str, names: dict[Any, str], chosen: Any) -> dict[str, Any]:
    held = {str(value).casefold() for value in chosen}
    options = [
        {"value": value, "words": words, "is_chosen": str(value).casefold() in held} for value, words in names.items()
    ]
    return {"name": name, "label": label, "options": options}
