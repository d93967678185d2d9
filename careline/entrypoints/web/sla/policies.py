"""Settings → Promised times: who gets which promise, in order; each with the last cases that it would be for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.calendars.queries import calendars
from careline.domain.conversations.errors import NotFound
from careline.domain.sla.queries.expected import due_under, last_cases_for
from careline.domain.sla.queries.policies import policies as all_policies
from careline.domain.sla.rules.clocks import KINDS
from careline.domain.sla.rules.policies import BadPolicy, Policy, Target
from careline.domain.staff.rules import may, reach_of, require
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.sla import words
from careline.entrypoints.web.sla.choices import given_conditions, names_of_values, narrowings
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import iso, moment_text, moment_words, said
from careline.flows.change_promise import VERB, add_promise, change_promise, delete_promise, order_promises

_UNITS = {"minutes": 60, "hours": 3600, "days": 86_400}
_URL = "/settings/promises"


def policies(visit: Visit) -> HttpResponse:
    require(visit.person, "conversation:read")
    names, found = names_of_values(visit), all_policies()
    calendar_names = {row.id: row.name for row in calendars()}
    return page(
        visit, "sla/policies", "settings", _("Promised times"), may_change=may(visit.person, VERB),
        policies=[_card(one, names, calendar_names, n, len(found) - 1) for n, one in enumerate(found)],
    )  # fmt: skip


def policy(visit: Visit, key: int | None = None) -> HttpResponse:
    require(visit.person, VERB)
    return _form(visit, key, _held(key))


def saved(visit: Visit, key: int | None = None) -> HttpResponse:
    """Keeps what the form says; a wrong word loses nothing."""
    require(visit.person, VERB)
    wanted = _given(visit, _held(key))
    try:
        if key is None:
            add_promise(visit.person, wanted, by=visit.by, at=visit.at)
        else:
            change_promise(visit.person, wanted, by=visit.by, at=visit.at)
    except BadPolicy as wrong:
        return _form(visit, key, wanted, errors={wrong.field.partition(".")[0]: said(wrong)})
    return HttpResponseRedirect(_URL)


def deleted(visit: Visit, key: int) -> HttpResponse:
    delete_promise(visit.person, key, by=visit.by, at=visit.at)
    return HttpResponse(headers={"HX-Redirect": _URL})


def moved(visit: Visit, key: int) -> HttpResponse:
    """One place up or down."""
    require(visit.person, VERB)
    keys = [one.id for one in all_policies() if one.id is not None and not one.is_default]
    place = keys.index(key) if key in keys else -1
    other = place + (-1 if visit.form.get("direction") == "up" else 1)
    if place >= 0 and 0 <= other < len(keys):
        keys[place], keys[other] = keys[other], keys[place]
        order_promises(visit.person, keys, by=visit.by, at=visit.at)
    return HttpResponseRedirect(_URL)


def matches(visit: Visit, key: int | None = None) -> HttpResponse:
    """The last cases that what the form says would be for, and when each promise would be due if one came now."""
    require(visit.person, VERB)
    wanted = _given(visit, _held(key))
    rows = last_cases_for(wanted, reach_of(visit.person, "conversation:read"))
    return part(
        visit, "sla/_matches", examples=[_example(visit, row) for row in rows],
        due=[_due(visit, kind, *said) for kind, said in due_under(wanted, at=visit.at).items()],
    )  # fmt: skip


def _held(key: int | None) -> Policy:
    if key is None:
        return Policy(None, "", {"first_response": Target(4 * 3600, is_business=True)})
    found = next((one for one in all_policies() if one.id == key or (key == 0 and one.is_default)), None)
    if found is None:
        raise NotFound(f"There is no promise {key}.")
    return found


def _form(visit: Visit, key: int | None, held: Policy, *, errors: dict[str, str] | None = None) -> HttpResponse:
    return page(
        visit, "sla/policy", "settings", held.name or _("New promise"), status=422 if errors else 200,
        key=key, url=f"{_URL}/{key}" if key is not None else f"{_URL}/new", held=held, errors=errors or {},
        narrowings=[] if held.is_default else narrowings(visit, dict(held.conditions)),
        targets=[_target(kind, held.targets.get(kind)) for kind in KINDS],
        calendars=[{"id": row.id, "name": row.name, "is_chosen": row.id == held.calendar} for row in calendars()],
        warnings=[{"value": n, "is_chosen": n == held.warn_percent} for n in sorted({0, 50, 75, 80, 90, held.warn_percent})],
    )  # fmt: skip


def _given(visit: Visit, before: Policy) -> Policy:
    form, targets = visit.form, {}
    for kind in KINDS:
        much = whole_number(form.get(f"{kind}_much"))
        if much:
            seconds = min(much, 1_000_000) * _UNITS.get(form.get(f"{kind}_unit", ""), 3600)
            targets[kind] = Target(seconds, form.get(f"{kind}_counted") == "business")
    percent = whole_number(form.get("warn_percent"))
    return replace(
        before, name=form.get("name", "").strip()[:200], targets=targets, calendar=whole_number(form.get("calendar")) or None,
        warn_percent=before.warn_percent if percent is None else percent,
        conditions={} if before.is_default else given_conditions(visit, dict(before.conditions)),
    )  # fmt: skip


def _target(kind: str, said: Target | None) -> dict[str, Any]:
    unit, size = "hours", 3600
    if said is not None:
        fits = [
            (name, n)
            for name, n in reversed(_UNITS.items())
            if said.seconds % n == 0 and not (said.is_business and n > 3600)
        ]
        unit, size = fits[0] if fits else ("minutes", 60)
        if (unit, said.seconds) == ("days", 86_400):
            unit, size = "hours", 3600
    return {
        "kind": kind, "label": words.kind_words(kind), "much": said.seconds // size if said else "", "unit": unit,
        "is_business": said.is_business if said else True,
    }  # fmt: skip


def _card(
    one: Policy, names: dict[str, dict[Any, str]], calendar_names: dict[int, str], place: int, last: int
) -> dict[str, Any]:
    return {
        "key": one.id or 0, "url": f"{_URL}/{one.id or 0}", "name": one.name, "is_default": one.is_default,
        "for": words.conditions_in_words(one, names), "promises": words.promises_in_words(one),
        "calendar": calendar_names.get(one.calendar or 0, "") if any(t.is_business for t in one.targets.values()) else "",
        "may_rise": not one.is_default and place > 0, "may_sink": not one.is_default and place < last - 1,
    }  # fmt: skip


def _example(visit: Visit, row: Any) -> dict[str, Any]:
    return {
        "number": row.number, "subject": row.subject, "url": f"/conversations/{row.number}", "at": iso(row.created_at),
        "text": moment_text(row.created_at, at=visit.at, zone=visit.zone),
    }  # fmt: skip


def _due(visit: Visit, kind: str, terms: Any, due_at: Any, is_fallback: bool) -> dict[str, Any]:
    return {
        "words": words.promise_words(kind, terms.seconds, is_business=terms.is_business), "is_fallback": is_fallback,
        "at": iso(due_at), "text": moment_words(due_at, at=visit.at, zone=visit.zone),
    }  # fmt: skip
