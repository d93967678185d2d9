"""What can be chosen for a case, or for those that are chosen in a list: the short lists that open by a key.

Each option says how it acts, through the same addresses that the menus of the case and of the list use.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_for, statuses, tags
from careline.domain.conversations.queries.links import likely_duplicates
from careline.domain.desk.queries.api_lists import case_row
from careline.domain.staff.queries import agents, teams
from careline.domain.staff.rules import require
from careline.entrypoints.web.case.merging import cases_like
from careline.entrypoints.web.presenting import priority_of, words_in
from careline.entrypoints.web.visit import Visit, whole_number


def choices(visit: Visit, kind: str) -> HttpResponse:
    """{title, options: [{label, detail, symbol, is_set, one, many}], free, stays, searches, hint}: `one` acts on a case, `many` on chosen ones."""
    require(visit.person, "conversation:read")
    listing = _LISTS.get(kind)
    if listing is None:
        raise NotFound(f"There is nothing to choose of {kind}.")
    number = whole_number(visit.asked.get("number"))
    row = case_row(visit.person, number) if number is not None else None
    if number is not None and row is None:
        raise NotFound(f"There is no case {number}.")
    return JsonResponse({"free": None, "stays": False, "searches": False, "hint": ""} | listing(visit, row))


def _option(
    label: str, symbol: str, one: tuple[str, str, dict[str, Any]], many: dict[str, Any] | None, **more: Any
) -> dict[str, Any]:
    """`more` may say detail, is_set, and `to`: which case is open afterwards."""
    verb, path, values = one
    act = {"verb": verb, "path": path, "values": values}
    return {"label": label, "symbol": symbol, "one": act, "many": many, "is_set": False, "detail": "", **more}


def _assign(visit: Visit, row: Any) -> dict[str, Any]:
    held = row.assignee_id if row is not None else -1
    people = [one for one in agents() if one.is_active]
    mine = [one for one in people if one.id == visit.person.id]
    others = [one for one in people if one.id != visit.person.id]
    options = [_to_person(one, _("Me, %(name)s") % {"name": one.name}, held) for one in mine]
    options += [_to_person(one, one.name, held) for one in others]
    options.append(
        _option(_("Nobody"), "close", ("DELETE", "assignee", {}), {"do": "assign", "agent": "0"}, is_set=held is None)
    )
    return {"title": _("Assign to"), "options": options}


def _to_person(one: Any, label: str, held: int | None) -> dict[str, Any]:
    return _option(
        label, "customer", ("PUT", "assignee", {"agent": one.id}), {"do": "assign", "agent": one.id}, is_set=one.id == held,
        detail=", ".join(one.team_names),
    )  # fmt: skip


def _team(visit: Visit, row: Any) -> dict[str, Any]:
    held = row.team_id if row is not None else -1
    options = [_to_team(one, one.name, held) for one in teams()]
    options.append(
        _option(_("No team"), "close", ("DELETE", "team", {}), {"do": "team", "team": "0"}, is_set=held is None)
    )
    return {"title": _("Move to a team"), "options": options}


def _to_team(one: Any, label: str, held: int | None = -1) -> dict[str, Any]:
    return _option(
        label, "team", ("PUT", "team", {"team": one.id}), {"do": "team", "team": one.id}, is_set=one.id == held
    )


def _tags(visit: Visit, row: Any) -> dict[str, Any]:
    held = set(row.tags) if row is not None else set()
    options = [
        _option(
            one.name, "tag", ("DELETE", f"tags/{one.name}", {}) if one.name in held else ("POST", "tags", {"name": one.name}),
            {"do": "tag", "name": one.name}, is_set=one.name in held,
        )
        for one in sorted(tags(), key=lambda tag: tag.name not in held)
    ]  # fmt: skip
    free = {
        "label": _("Add the tag “%(words)s”"),
        "field": "name",
        "one": {"verb": "POST", "path": "tags", "values": {}},
        "many": {"do": "tag"},
    }
    return {"title": _("Tags"), "options": options, "free": free, "stays": True}


def _status(visit: Visit, row: Any) -> dict[str, Any]:
    held = row.status_code if row is not None else ""
    symbols = {"open": "inbox", "waiting": "clock", "resolved": "check"}
    return {
        "title": _("Status"),
        "options": [
            _option(
                words_in(one.name, visit) if isinstance(one.name, dict) else one.name, symbols.get(one.category, "inbox"),
                ("PUT", "status", {"status": one.code}), {"do": "status", "status": one.code}, is_set=one.code == held,
            )
            for one in statuses()
        ],
    }  # fmt: skip


def _priority(visit: Visit, row: Any) -> dict[str, Any]:
    held = priority_of(row) if row is not None else ""
    names = {"urgent": _("Urgent"), "high": _("High"), "normal": _("Normal"), "low": _("Low")}
    options = [
        _option(
            name,
            "priority",
            ("PUT", "priority", {"priority": key}),
            {"do": "priority", "priority": key},
            is_set=key == held,
        )
        for key, name in names.items()
    ]
    return {"title": _("Priority"), "options": options}


def _snooze(visit: Visit, row: Any) -> dict[str, Any]:
    names = {
        "hour": _("In an hour"),
        "tomorrow": _("Tomorrow morning"),
        "week": _("Next week"),
        "reply": _("When somebody writes"),
    }
    options = [
        _option(name, "clock", ("PUT", "snooze", {"until": key}), {"do": "snooze", "until": key})
        for key, name in names.items()
    ]
    if row is not None and row.snoozed_until is not None and row.snoozed_until > visit.at:
        options.append(_option(_("Bring it back now"), "inbox", ("DELETE", "snooze", {}), None))
    return {"title": _("Bring it back later"), "options": options}


def _junk(visit: Visit, row: Any) -> dict[str, Any]:
    is_spam = row is not None and row.is_spam
    spam = _option(_("Spam"), "bounce", ("PUT", "spam", {}), {"do": "spam"}, is_set=is_spam)
    no_spam = _option(_("No spam"), "check", ("DELETE", "spam", {}), {"do": "no_spam"})
    block = _option(
        _("Block the sender"), "block", ("PUT", "block", {}), None, detail=_("Their mails are kept among spam"),
    )  # fmt: skip
    return {
        "title": _("Spam"),
        "options": [no_spam if is_spam else spam, spam if is_spam else no_spam, *([block] if row is not None else [])],
    }


def _merge(visit: Visit, row: Any) -> dict[str, Any]:
    """Cases that look like the same matter; with words, whatever is found by number, address or words."""
    if row is None:
        raise NotFound("Say which case.")
    words = visit.asked.get("q", "").strip()[:200]
    if words:
        found = cases_like(visit, words)
    else:
        alike = likely_duplicates(conversation_for(visit.person, row.number), visit.person)
        found = [one for near in alike if (one := case_row(visit.person, near.number)) is not None]
    options = [
        _option(
            one.subject or _("(no subject)"), "case", ("POST", "merges", {"into": one.number}), None,
            detail=f"#{one.number} · {one.customer_name or one.customer_address or _('Nobody')}", to=f"/conversations/{one.number}",
        )
        for one in found if one.number != row.number and one.merged_into_id is None
    ]  # fmt: skip
    return {
        "title": _("Merge #%(number)s into") % {"number": row.number},
        "options": options,
        "searches": True,
        "hint": _("Type the other case's number, an address or words."),
    }


_LISTS: dict[str, Callable[[Visit, Any], dict[str, Any]]] = {
    "assign": _assign, "team": _team, "tags": _tags, "status": _status, "priority": _priority, "snooze": _snooze, "junk": _junk,
    "merge": _merge,
}  # fmt: skip
