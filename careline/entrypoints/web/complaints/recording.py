"""A complaint is put on the register: in one key from a case, or together with a new case for a letter, a call or a visit."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.channels.queries import channels
from careline.domain.complaints.queries.book import categories
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.merges import cases_below
from careline.domain.desk.queries.complaints import READ, complaints_on
from careline.domain.staff.rules import may, require
from careline.entrypoints.web.case.opening import happened_moment
from careline.entrypoints.web.complaints import words
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import said
from careline.flows.open_case import Opening
from careline.flows.record_complaint import VERB, Said, open_complaint, record_complaint
from careline.flows.record_contact import Contact

_FORMS = ("letter", "phone", "counter", "fax")
_WORDS = ("name", "mail", "phone", "subject", "text", "wish", "happened_at")


def panel(visit: Visit, number: int) -> HttpResponse:
    """Beside the case: nothing where there is none and none may be recorded."""
    case = conversation_for(visit.person, number)
    rows = complaints_on(cases_below(case.id)) if may(visit.person, READ) else []
    is_open = any(row.state not in ("closed", "withdrawn") for row in rows)
    rows = [row for row in rows if row.about_id != visit.person.id]
    may_record = may(visit.person, VERB) and case.side_of_id is None and not is_open
    if not rows and not may_record:
        return HttpResponse()
    url = f"/conversations/{number}/complaints" if may_record else ""
    return part(visit, "complaints/_beside", rows=[words.row_of(row, visit) for row in rows], url=url)


def recorded(visit: Visit, number: int) -> HttpResponse:
    """One key: it is on the register, and its page opens for what is known of it."""
    done = record_complaint(visit.person, number, by=visit.by, at=visit.at)
    to = f"/complaints/{done.id}"
    if visit.is_fragment:
        return HttpResponse(status=204, headers={"HX-Redirect": to})
    return HttpResponseRedirect(to)


def blank(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    require(visit.person, "conversation:create")
    return _form(visit)


def opened(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    form = visit.form
    boxes = channels(kind="email")
    channel = next((one for one in boxes if one.id == whole_number(form.get("channel"))), boxes[0] if boxes else None)
    try:
        if channel is None:
            raise Refused(_("There is no mailbox yet: add one first, so that answers can leave."))
        contact = Contact(
            form=str(form.get("form", "")) if form.get("form") in _FORMS else "letter", text=form.get("text", "").strip(), channel=channel,
            subject=form.get("subject", "").strip(), mail=form.get("mail", "").strip(), phone=form.get("phone", "").strip(),
            name=form.get("name", "").strip(), happened_at=happened_moment(form.get("happened_at", ""), visit),
        )  # fmt: skip
        opening = Opening(kind="incoming", channel=channel, text=contact.text, contact=contact)
        told = Said(
            category=whole_number(form.get("category")), severity=form.get("severity", "medium"), text=contact.text, wish=form.get("wish", ""),
            complainant=form.get("complainant", "customer"),
        )  # fmt: skip
        done = open_complaint(visit.person, opening, told, by=visit.by, at=visit.at)
    except Refused as refusal:
        return _form(visit, error=said(refusal), status=422)
    return HttpResponseRedirect(f"/complaints/{done.id}")


def _form(visit: Visit, *, error: str = "", status: int = 200) -> HttpResponse:
    sent = visit.form if visit.request.method == "POST" else {}
    given = {name: sent.get(name, "") for name in (*_WORDS, "form", "channel", "category")}
    given |= {"severity": sent.get("severity", "medium"), "complainant": sent.get("complainant", "customer")}
    mine = [(str(one.id), one.name) for one in channels(kind="email")]
    forms = [("letter", _("Letter")), ("phone", _("Call")), ("counter", _("Visit")), ("fax", _("Fax"))]
    return page(
        visit, "complaints/new", "complaints", _("New complaint"), status=status, error=error, given=given, forms=forms, mailboxes=mine,
        severities=words.pairs(words.SEVERITIES), complainants=words.pairs(words.COMPLAINANTS),
        categories=[(str(row.id), row.name) for row in categories()],
    )  # fmt: skip
