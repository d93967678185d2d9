"""How a case hangs together with others, and what it is made of: the panel beside it, and each act on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.links import likely_duplicates, links_of
from careline.domain.conversations.queries.merges import merges_in
from careline.domain.conversations.queries.sides import sides_of
from careline.domain.conversations.queries.structure import all_statuses, definition_of, fields_for, paths_of, topics
from careline.domain.staff.queries import agents
from careline.domain.staff.rules import may
from careline.entrypoints.web.case.cases import header, last_change_of
from careline.entrypoints.web.pages import part
from careline.entrypoints.web.presenting import agent_of, words_in
from careline.entrypoints.web.visit import Visit, whole_number
from careline.flows.block import block_sender_of
from careline.flows.change import Change, change
from careline.flows.follow import follow, unfollow
from careline.flows.link import keep_apart, unlink
from careline.flows.merge import merge
from careline.flows.set_fields import set_fields, set_topic
from careline.flows.set_status import set_status
from careline.flows.unmerge import unmerge


def panel(visit: Visit, number: int, **toast: Any) -> HttpResponse:
    """The panel beside a case, fetched when the case is open."""
    return part(visit, "case/_structure", toast=toast, **_panel_of(visit, number))


def _panel_of(visit: Visit, number: int) -> dict[str, Any]:
    case = conversation_for(visit.person, number)
    people = {row.id: agent_of(row) for row in agents() if row.is_active}
    return {
        "case": {"number": number, "url": f"/conversations/{number}", "category": case.category, "subject": case.subject},
        "may_merge": may(visit.person, "conversation:merge"),
        "duplicates": [_named(row.number, row.subject, row.category) for row in likely_duplicates(case, visit.person)],
        "merged": [{"key": row.id, **_named(row.absorbed_number, row.absorbed_subject, "")} for row in merges_in(case.id)],
        "links": [_link(one, visit) for one in links_of(case.id, visit.person)],
        "sides": [side_shown(row, number) for row in sides_of(case.id)],
        "statuses": [
            {"code": row.code, "name": words_in(row.name, visit), "is_set": row.id == case.status_id}
            for row in all_statuses()
            if row.retired_at is None or row.id == case.status_id
        ],
        "topics": _topics(visit, case),
        "fields": [_field(row, case, visit) for row in fields_for(case.topic_id)],
        "followers": [people[key] for key in case.follower_ids if key in people],
        "is_followed": visit.person.id in case.follower_ids,
        "named": [people[key]["name"] for key in case.restricted_to or () if key in people],
        "is_restricted": case.restricted_to is not None,
    }  # fmt: skip


def followed(visit: Visit, number: int) -> HttpResponse:
    follow(visit.person, number, visit.person.id, by=visit.by, at=visit.at)
    return panel(visit, number)


def unfollowed(visit: Visit, number: int) -> HttpResponse:
    unfollow(visit.person, number, visit.person.id, by=visit.by, at=visit.at)
    return panel(visit, number)


def unlinked(visit: Visit, number: int, key: int) -> HttpResponse:
    unlink(visit.person, number, key, by=visit.by, at=visit.at)
    return panel(visit, number, words=_("Link taken away."))


def kept_apart(visit: Visit, number: int, other: int) -> HttpResponse:
    keep_apart(visit.person, number, other, by=visit.by, at=visit.at)
    return panel(visit, number, words=_("Not suggested again."))


def drawn_in(visit: Visit, number: int) -> HttpResponse:
    """One click: a likely duplicate goes into the case that is open."""
    other = whole_number(visit.form.get("number"))
    if other is None:
        raise Refused(_("Say which case."))
    merge(visit.person, other, number, by=visit.by, at=visit.at)
    return _opened_anew(number)


def taken_out(visit: Visit, number: int, key: int) -> HttpResponse:
    unmerge(visit.person, number, key, by=visit.by, at=visit.at)
    return _opened_anew(number)


def status_set(visit: Visit, number: int) -> HttpResponse:
    set_status(visit.person, number, visit.form.get("status", ""), by=visit.by, at=visit.at)
    return header(visit, number, words=_("Status changed."), undo_url=last_change_of(number))


def topic_set(visit: Visit, number: int) -> HttpResponse:
    set_topic(visit.person, number, whole_number(visit.form.get("topic")), by=visit.by, at=visit.at)
    return panel(visit, number)


def fields_set(visit: Visit, number: int) -> HttpResponse:
    """One field, or several: an empty one is emptied."""
    case = conversation_for(visit.person, number)
    known = {row.code: row for row in fields_for(case.topic_id)}
    form = visit.form
    asked = {
        code: form.getlist(code) if row.kind == "choices" else form.get(code, "")
        for code, row in known.items()
        if code in form.getlist("of")
    }
    set_fields(visit.person, number, asked, by=visit.by, at=visit.at)
    return part(visit, "_toast", words=_("Saved."))


def marked_spam(visit: Visit, number: int) -> HttpResponse:
    is_spam = visit.request.method == "PUT"
    change(visit.person, number, Change(is_spam=is_spam), by=visit.by, at=visit.at)
    words = _("Marked as spam.") if is_spam else _("No spam.")
    return header(visit, number, words=words, undo_url=last_change_of(number))


def sender_blocked(visit: Visit, number: int) -> HttpResponse:
    block_sender_of(visit.person, number, by=visit.by, at=visit.at)
    return header(visit, number, words=_("Blocked. What they send is kept among spam."))


def side_shown(row: Any, number: int) -> dict[str, Any]:
    return {
        "id": row.id, "url": f"/conversations/{number}/side-conversations/{row.id}", "subject": row.subject, "snippet": row.last_snippet,
        "people": ", ".join(one["name"] or one["value"] for one in row.people), "is_ours": row.category == "open",
        "count": row.message_count,
    }  # fmt: skip


def _opened_anew(number: int) -> HttpResponse:
    """The thread has changed as a whole: the case is opened again."""
    return HttpResponse(status=204, headers={"HX-Redirect": f"/conversations/{number}"})


def _named(number: int, subject: str, category: str) -> dict[str, Any]:
    return {
        "number": number,
        "url": f"/conversations/{number}",
        "subject": subject or _("(no subject)"),
        "category": category,
    }


def _link(one: dict[str, Any], visit: Visit) -> dict[str, Any]:
    kinds = {"related": _("Related"), "parent": _("Parent"), "child": _("Child"), "duplicate": _("Same matter")}
    shown = _named(one["number"], one["subject"], one["category"])
    return shown | {"key": one["id"], "kind": kinds[one["kind"]], "status_name": words_in(one["status_names"], visit)}


def _topics(visit: Visit, case: Any) -> list[dict[str, Any]]:
    rows = topics()
    paths = paths_of(rows, visit.language)
    return [
        {"id": row.id, "name": paths[row.id], "is_set": row.id == case.topic_id}
        for row in rows
        if row.retired_at is None or row.id == case.topic_id
    ]


def _field(row: Any, case: Any, visit: Visit) -> dict[str, Any]:
    made = definition_of(row, visit.language)
    value = case.fields.get(row.code)
    return {
        "code": row.code, "name": made.name, "kind": row.kind, "value": value, "is_needed": row.is_needed_to_resolve,
        "choices": [{"code": one.code, "name": one.name} for one in made.choices],
        "chosen": value if isinstance(value, list) else [value],
    }  # fmt: skip
