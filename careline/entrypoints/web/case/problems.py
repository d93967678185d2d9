"""Known issues: the list, one of them with its cases, and the banner above a case that one of them caused."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.problems import cases_of_problem, known_issue_of, problem_by_id, problems
from careline.domain.conversations.rules.filling import VARIABLES
from careline.domain.staff.rules import may, reach_of, require
from careline.entrypoints.web.pages import next_page, page, part
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_text, said
from careline.flows import keep_problem
from careline.flows.keep_problem import ProblemSaid
from careline.flows.tell_affected import News, first_letters, tell_affected
from careline.flows.tie_to_problem import refuse_problem, tie_to_problem

SHOWN = 50


def known_issues(visit: Visit) -> HttpResponse:
    require(visit.person, "conversation:read")
    state = "resolved" if visit.asked.get("state") == "resolved" else "open"
    reach, before = reach_of(visit.person, "conversation:read"), whole_number(visit.asked.get("after"))
    found = problems(reach, is_open=state == "open", before=before, limit=SHOWN + 1)
    return page(
        visit, "case/problems", "problems", _("Known issues"), problems=[_row(row, visit) for row in found[:SHOWN]], state=state,
        next_url=next_page("/problems", found, SHOWN, state=state), may_manage=may(visit.person, "problem:manage"),
    )  # fmt: skip


def known_issue(visit: Visit, key: int) -> HttpResponse:
    found = _found(visit, key)
    after = whole_number(visit.asked.get("after")) or 0
    rows = cases_of_problem(key, reach_of(visit.person, "conversation:read"), after=after, limit=SHOWN + 1)
    cases = [
        {"number": row.number, "url": f"/conversations/{row.number}", "subject": row.subject or _("(no subject)"),
         "customer": row.customer_name or "", "category": row.category,
         "updated_text": moment_text(row.updated_at, at=visit.at, zone=visit.zone)}
        for row in rows[:SHOWN]
    ]  # fmt: skip
    more = f"/problems/{key}?after={rows[SHOWN - 1].number}" if len(rows) > SHOWN else ""
    return page(
        visit, "case/problem", "problems", found.title, problem=_row(found, visit), cases=cases, next_url=more,
        may_manage=may(visit.person, "problem:manage"),
    )  # fmt: skip


def blank(visit: Visit) -> HttpResponse:
    require(visit.person, "problem:manage")
    return _form(visit, None, {"title": "", "detail": "", "words": ""})


def edited(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, "problem:manage")
    found = _found(visit, key)
    return _form(visit, found, {"title": found.title, "detail": found.detail, "words": ", ".join(found.words)})


def saved(visit: Visit, key: int | None = None) -> HttpResponse:
    """Keeps what the form says; a wrong word loses nothing."""
    given = {name: visit.form.get(name, "").strip() for name in ("title", "detail", "words")}
    problem = ProblemSaid(**given)
    try:
        if key is None:
            key = keep_problem.add_problem(visit.person, problem, by=visit.by, at=visit.at)
            if (number := whole_number(visit.form.get("number"))) is not None:
                tie_to_problem(visit.person, [number], key, by=visit.by, at=visit.at)
        else:
            keep_problem.change_problem(visit.person, key, problem, by=visit.by, at=visit.at)
    except Refused as error:
        return _form(visit, _found(visit, key) if key else None, given, said(error), status=422)
    return HttpResponseRedirect(f"/problems/{key}")


def resolved(visit: Visit, key: int) -> HttpResponse:
    keep_problem.resolve_problem(visit.person, key, by=visit.by, at=visit.at)
    return HttpResponse(headers={"HX-Redirect": f"/problems/{key}"})


def reopened(visit: Visit, key: int) -> HttpResponse:
    keep_problem.reopen_problem(visit.person, key, by=visit.by, at=visit.at)
    return HttpResponse(headers={"HX-Redirect": f"/problems/{key}"})


def update(visit: Visit, key: int) -> HttpResponse:
    """The letter to all whom it affects, still to be written."""
    require(visit.person, "problem:manage")
    return _update(visit, key, News(""))


def letters(visit: Visit, key: int) -> HttpResponse:
    """How it reads for the first of them."""
    require(visit.person, "problem:manage")
    return part(visit, "case/_problem_letters", letters=_letters(visit, key, _news(visit)))


def told(visit: Visit, key: int) -> HttpResponse:
    news = _news(visit)
    try:
        tell_affected(visit.person, key, news, by=visit.by, at=visit.at)
    except Refused as error:
        return _update(visit, key, news, said(error), status=422)
    return HttpResponseRedirect(f"/problems/{key}")


def banner(visit: Visit, number: int) -> HttpResponse:
    """What stands above a case that a known issue caused, or may have caused."""
    found = conversation_for(visit.person, number)
    return _banner(visit, found)


def tied(visit: Visit, number: int) -> HttpResponse:
    """The case comes from the problem that was chosen, or from none."""
    problem = whole_number(visit.form.get("problem"))
    tie_to_problem(visit.person, [number], problem, by=visit.by, at=visit.at)
    return _banner(visit, conversation_for(visit.person, number))


def refused(visit: Visit, number: int, problem: int) -> HttpResponse:
    refuse_problem(visit.person, number, problem, by=visit.by, at=visit.at)
    return _banner(visit, conversation_for(visit.person, number))


def chooser(visit: Visit, number: int) -> HttpResponse:
    """The problems that a case may be tied to."""
    found = conversation_for(visit.person, number)
    rows = problems(reach_of(visit.person, "conversation:read"), is_open=True, limit=SHOWN)
    return part(
        visit, "case/_problem_chooser", case={"number": number, "url": f"/conversations/{number}", "subject": found.subject},
        problems=[_row(row, visit) for row in rows], chosen=found.problem_id, may_manage=may(visit.person, "problem:manage"),
    )  # fmt: skip


def issue_of(found: Any) -> dict[str, Any] | None:
    """The known issue of a case's row, as its banner shows it."""
    issue = known_issue_of(found)
    if issue is None:
        return None
    return {
        "id": issue.id,
        "title": issue.title,
        "url": f"/problems/{issue.id}",
        "is_tied": issue.is_tied,
        "is_over": issue.resolved_at is not None,
    }


def _banner(visit: Visit, found: Any) -> HttpResponse:
    case = {"number": found.number, "url": f"/conversations/{found.number}"}
    return part(visit, "case/_known_issue", case=case, issue=issue_of(found))


def _news(visit: Visit) -> News:
    return News(visit.form.get("text", "").strip(), "is_over" in visit.form)


def _letters(visit: Visit, key: int, news: News) -> list[dict[str, Any]]:
    return first_letters(visit.person, key, news) if news.text else []


def _update(visit: Visit, key: int, news: News, error: str = "", *, status: int = 200) -> HttpResponse:
    found = _found(visit, key)
    return page(
        visit, "case/problem_update", "problems", _("Write to all"), status=status, problem=_row(found, visit), error=error,
        form={"text": news.text, "is_over": news.is_over}, letters=_letters(visit, key, news), variables=VARIABLES,
    )  # fmt: skip


def _found(visit: Visit, key: int) -> Any:
    require(visit.person, "conversation:read")
    found = problem_by_id(key, reach_of(visit.person, "conversation:read"))
    if found is None:
        raise NotFound(f"There is no known issue {key}.")
    return found


def _form(visit: Visit, found: Any | None, form: dict[str, str], error: str = "", *, status: int = 200) -> HttpResponse:
    url = f"/problems/{found.id}" if found else "/problems"
    number = whole_number(visit.asked.get("case") or visit.form.get("number"))
    return page(
        visit, "case/problem_form", "problems", found.title if found else _("New known issue"), status=status, form=form, error=error, url=url,
        is_new=found is None, number=number,
    )  # fmt: skip


def _row(row: Any, visit: Visit) -> dict[str, Any]:
    return {
        "id": row.id, "title": row.title, "detail": row.detail, "words": row.words, "url": f"/problems/{row.id}",
        "cases": row.cases, "open_cases": row.open_cases, "customers": row.customers, "is_open": row.resolved_at is None,
        "since_text": moment_text(row.created_at, at=visit.at, zone=visit.zone), "by": row.created_by_name or "",
        "resolved_text": moment_text(row.resolved_at, at=visit.at, zone=visit.zone) if row.resolved_at else "",
    }  # fmt: skip
