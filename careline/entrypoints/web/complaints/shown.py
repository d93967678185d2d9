"""One complaint on one screen: its clocks on top, what comes next, the record."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.complaints.queries.book import categories, causes
from careline.domain.complaints.queries.register import clocks_of, corrections_of, record_of
from careline.domain.complaints.rules.handling import ENDED, OPEN, Standing, against_letter
from careline.domain.complaints.rules.terms import KINDS
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.merges import cases_below
from careline.domain.desk.queries.complaints import complaint_for, redress_on
from careline.domain.orders.queries.products import products
from careline.domain.staff.queries import agents
from careline.domain.staff.rules import may
from careline.entrypoints.web.approvals.words import STATES as ASKED
from careline.entrypoints.web.approvals.words import action_words
from careline.entrypoints.web.complaints import words
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import iso, moment_words
from careline.flows.complaint_words import number_words
from careline.flows.hold_complaint import WORK
from careline.kit.money import Money


def shown(visit: Visit, key: int, *, error: str = "", status: int = 200) -> HttpResponse:
    row = complaint_for(visit.person, key)
    may_work = may(visit.person, WORK)
    people = [(str(one.id), one.name) for one in agents() if one.is_active]
    return page(
        visit, "complaints/complaint", "complaints", number_words(key), status=status, error=error, row=words.row_of(row, visit), key=key,
        url=f"/complaints/{key}", clocks=[words.clock_of(one, visit) for one in clocks_of([key])], now=_now(row), facts=_facts(row, visit),
        is_open=row.state in OPEN, is_ended=row.state in ENDED, is_answered=row.state == "answered", state=row.state, may_work=may_work,
        letters=_letters(row) if may_work else [], outcome=_(words.OUTCOMES[row.outcome]) if row.outcome else "", decided=_decided(row, visit),
        pending=row.pending, redress=_redress(row, visit), record=[_line(one, visit, key) for one in record_of(key)],
        corrections=[_correction(one, visit) for one in corrections_of(key)], people=people,
        categories=[("", "–"), *((str(one.id), one.name) for one in categories())], severities=words.pairs(words.SEVERITIES),
        complainants=words.pairs(words.COMPLAINANTS), outcomes=words.pairs(words.OUTCOMES), remedies=words.pairs(words.REMEDIES),
        products=[("", "–"), *((str(one.id), one.name) for one in products(limit=200))] if may_work else [],
        causes=[("", _("Not known yet")), *((str(one.id), " / ".join(one.path)) for one, _active in causes())],
        today=visit.at.astimezone(visit.zone).date().isoformat(), referral=_referral(row),
        extension=bool(row.rules_extension) and row.state in OPEN,
    )  # fmt: skip


def _now(row: Any) -> dict[str, Any]:
    """What stands in the form of facts."""
    names = ("category_id", "product_id", "about_id", "owner_id", "investigator_id", "cause_id")
    return {name.removesuffix("_id"): str(getattr(row, name) or "") for name in names} | {
        "severity": row.severity, "complainant": row.complainant, "country": row.country, "text": row.text, "wish": row.wish,
        "outcome": row.outcome, "reasons": row.reasons, "remedies": list(row.remedies),
    }  # fmt: skip


def _facts(row: Any, visit: Visit) -> list[tuple[str, str]]:
    """What whoever only reads it sees beside."""
    said = [
        (_("Received"), moment_words(row.received_at, at=visit.at, zone=visit.zone)),
        (_("Recorded by"), row.recorder_name or _("A program")),
        (_("Rules"), row.rules_name or _("The usual deadlines")),
        (_("Category"), row.category_name), (_("Severity"), _(words.SEVERITIES[row.severity])), (_("Product"), row.product_name),
        (_("Who complains"), _(words.COMPLAINANTS[row.complainant])), (_("Country"), row.country), (_("Owner"), row.owner_name),
        (_("Investigates"), row.investigator_name), (_("About"), row.about_name), (_("Root cause"), row.cause_name),
        (_("Customer's view"), {True: _("Satisfied"), False: _("Not satisfied"), None: ""}[row.is_satisfied]),
    ]  # fmt: skip
    return [(label, value) for label, value in said if value]


def _letters(row: Any) -> list[dict[str, Any]]:
    """What can be written now, and why not."""
    standing = Standing(row.state, row.outcome, row.owner_id, row.investigator_id, row.about_id, row.pending)
    found = []
    for kind in KINDS:
        reason = against_letter(standing, kind)
        is_past = reason is not None and reason[0] == "already_answered"
        if row.number is not None and not is_past and not (kind == "acknowledgement" and row.state == "acknowledged"):
            found.append({"kind": kind, "name": _(words.KINDS[kind]), "why_not": _(reason[1]) if reason else ""})
    return found


def _decided(row: Any, visit: Visit) -> str:
    if row.decided_at is None:
        return ""
    when = moment_words(row.decided_at, at=visit.at, zone=visit.zone)
    return _("%(name)s, %(when)s") % {"name": row.decider_name or _("Somebody"), "when": when}


def _redress(row: Any, visit: Visit) -> list[dict[str, Any]]:
    case = conversation_by_number(row.number) if row.number is not None else None
    if case is None:
        return []
    found = redress_on(cases_below(case.id), since=row.received_at, until=row.closed_at)
    return [
        {
            "what": action_words(one.action), "money": Money(one.amount, one.currency).words(visit.language) if one.amount is not None else "",
            "state": _("Given") if one.state == "given" else _(ASKED[one.state]), "is_given": one.state == "given",
            "url": f"/approvals/{one.request}" if one.request else "",
        }
        for one in found
    ]  # fmt: skip


def _referral(row: Any) -> dict[str, Any]:
    return {
        "to": row.referred_to, "on": row.referred_on.isoformat() if row.referred_on else "", "reference": row.reference,
        "outcome": row.referral_outcome, "ended": row.referral_ended_on.isoformat() if row.referral_ended_on else "",
        "usual": row.rules_body or "",
    }  # fmt: skip


def _line(one: Any, visit: Visit, key: int) -> dict[str, Any]:
    data = one.data
    about = [_(words.OUTCOMES[data["outcome"]])] if data.get("outcome") else []
    about += [_(words.WAYS[data["way"]])] if data.get("way") else []
    about += [_("Taken back")] if data.get("taken_back") else []
    about += [data["on"]] if data.get("on") else []
    if "is_satisfied" in data:
        about.append({True: _("Satisfied"), False: _("Not satisfied"), None: _("View not known")}[data["is_satisfied"]])
    return {
        "what": _(words.LINES[one.what]), "who": one.by_name or "Careline", "at": iso(one.at), "about": about, "words": one.words,
        "when": moment_words(one.at, at=visit.at, zone=visit.zone), "paper": f"/complaints/{key}/papers/{one.id}" if one.paper_id else "",
    }  # fmt: skip


def _correction(one: Any, visit: Visit) -> dict[str, Any]:
    if one.checked_at is not None:
        chip, state = ("resolved", _("It helped")) if one.is_effective else ("late", _("It did not help"))
    elif one.done_at is not None:
        chip, state = "waiting", _("To be checked")
    else:
        chip, state = ("late", _("Over")) if one.due_at < visit.at else ("open", _("To do"))
    return {
        "id": one.id, "text": one.text, "owner": one.owner_name or _("Nobody"), "chip": chip, "state": state, "result": one.result,
        "finding": one.finding, "checker": one.checker_name or "", "due": words.day_words(one.due_at, visit),
        "check_due": words.day_words(one.check_due_at, visit) if one.check_due_at else "", "is_done": one.done_at is not None,
        "is_checked": one.checked_at is not None,
        "may_check": visit.person.id not in (one.owner_id, one.done_by_id),
    }  # fmt: skip
