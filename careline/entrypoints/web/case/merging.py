"""Merging a case or several of a list, splitting one, linking two, and who alone may see it: a page for each."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.links import likely_duplicates
from careline.domain.conversations.queries.messages import newest_messages_of
from careline.domain.desk.queries.api_lists import CaseFilter, case_row, cases_page
from careline.domain.staff.queries import agents
from careline.domain.staff.rules import Forbidden
from careline.entrypoints.web.case.thread import thread_of
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_text, said
from careline.flows.link import KINDS, link
from careline.flows.merge import MOST, merge, merge_all
from careline.flows.restrict import restrict, unrestrict
from careline.flows.split import split

FOUND = 10
SHOWN = 200


def merge_form(visit: Visit, number: int) -> HttpResponse:
    """Which case it goes into: those that look alike, or whatever is searched for."""
    return _chooser(visit, number, "merge", _("Merge #%(number)s into another case") % {"number": number})


def merged(visit: Visit, number: int) -> HttpResponse:
    done = merge(visit.person, number, _chosen(visit), by=visit.by, at=visit.at)
    return HttpResponseRedirect(f"/conversations/{done.into}")


def link_form(visit: Visit, number: int) -> HttpResponse:
    return _chooser(visit, number, "link", _("Link #%(number)s with another case") % {"number": number})


def linked(visit: Visit, number: int) -> HttpResponse:
    kind = visit.form.get("kind", "related")
    link(visit.person, number, _chosen(visit), kind if kind in KINDS else "related", resolves="resolve" in visit.form, by=visit.by,
         at=visit.at)  # fmt: skip
    return HttpResponseRedirect(f"/conversations/{number}")


def many_form(visit: Visit) -> HttpResponse:
    """Several cases of a list: which of them takes the others in."""
    rows = [row for key in _numbers(visit)[:MOST] if (row := case_row(visit.person, key)) is not None]
    shown = sorted((_row(row, visit) for row in rows if row.merged_into_id is None), key=lambda one: one["number"])
    return page(visit, "case/merge_many", "inbox", _("Merge cases"), rows=shown)


def many_merged(visit: Visit) -> HttpResponse:
    done = merge_all(visit.person, _numbers(visit), _chosen(visit), by=visit.by, at=visit.at)
    return HttpResponseRedirect(f"/conversations/{done[0].into}")


def split_form(visit: Visit, number: int, *, chosen: Collection[int] = (), wrong: str = "") -> HttpResponse:
    case = conversation_for(visit.person, number)
    entries = thread_of(newest_messages_of(case.id, limit=SHOWN), [], set(), visit)
    return page(
        visit, "case/split", "inbox", _("Split #%(number)s") % {"number": number}, status=422 if wrong else 200, case=_case(case),
        messages=entries, chosen={str(key) for key in chosen}, wrong=wrong,
    )  # fmt: skip


def was_split(visit: Visit, number: int) -> HttpResponse:
    chosen = [key for word in visit.form.getlist("message") if (key := whole_number(word))]
    try:
        made = split(visit.person, number, chosen, by=visit.by, at=visit.at)
    except Refused as refusal:
        return split_form(visit, number, chosen=chosen, wrong=said(refusal))
    return HttpResponseRedirect(f"/conversations/{made}")


def restriction(visit: Visit, number: int) -> HttpResponse:
    case = conversation_for(visit.person, number)
    named = set(case.restricted_to or ())
    people = [
        {"id": row.id, "name": row.name, "role": row.role_name, "is_in": row.id in named or row.id in (visit.person.id, case.assignee_id),
         "is_fixed": row.id in (visit.person.id, case.assignee_id)}
        for row in agents() if row.is_active
    ]  # fmt: skip
    title = _("Who sees #%(number)s") % {"number": number}
    return page(visit, "case/restriction", "inbox", title, case=_case(case), people=people, is_restricted=bool(named))


def restricted(visit: Visit, number: int) -> HttpResponse:
    if visit.form.get("then") == "open":
        unrestrict(visit.person, number, by=visit.by, at=visit.at)
    else:
        people = [key for word in visit.form.getlist("agent") if (key := whole_number(word))]
        restrict(visit.person, number, people, by=visit.by, at=visit.at)
    return HttpResponseRedirect(f"/conversations/{number}")


def _chooser(visit: Visit, number: int, act: str, title: str) -> HttpResponse:
    case = conversation_for(visit.person, number)
    words = visit.asked.get("q", "").strip()[:200]
    alike = [] if words else [case_row(visit.person, row.number) for row in likely_duplicates(case, visit.person)]
    found = cases_like(visit, words) if words else []
    return page(
        visit, "case/choose_case", "inbox", title, heading=title, act=act, case=_case(case), query=words,
        alike=[_row(row, visit) for row in alike if row is not None],
        found=[_row(row, visit) for row in found if row.number != number and row.merged_into_id is None],
    )  # fmt: skip


def cases_like(visit: Visit, words: str) -> list[Any]:
    """By number, by a customer's address, else by words."""
    key = whole_number(words.lstrip("#"))
    by_number = case_row(visit.person, key) if key is not None else None
    wanted = CaseFilter(customer_address=words.lower()) if "@" in words else CaseFilter(words=words)
    try:
        rest = cases_page(visit.person, wanted, after=None, limit=FOUND)
    except Forbidden:
        rest = []
    return [
        *([by_number] if by_number is not None else []),
        *(row for row in rest if by_number is None or row.number != key),
    ]


def _chosen(visit: Visit) -> int:
    number = whole_number(visit.form.get("into", "").strip().lstrip("#"))
    if number is None:
        raise Refused(_("Say which case: its number."))
    if case_row(visit.person, number) is None:
        raise NotFound(f"There is no case {number}.")
    return number


def _numbers(visit: Visit) -> list[int]:
    given = visit.form if visit.request.method == "POST" else visit.asked
    words = [word for part in given.getlist("numbers") for word in part.split(",")]
    return [key for word in words if (key := whole_number(word.strip()))]


def _case(case: Any) -> dict[str, Any]:
    return {"number": case.number, "url": f"/conversations/{case.number}", "subject": case.subject or _("(no subject)")}


def _row(row: Any, visit: Visit) -> dict[str, Any]:
    who = row.customer_name or row.customer_address or _("Nobody")
    return {
        "number": row.number, "subject": row.subject or _("(no subject)"), "who": who, "category": row.category,
        "when": moment_text(row.updated_at, at=visit.at, zone=visit.zone),
    }  # fmt: skip
