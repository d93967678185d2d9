"""Whether the customer is who they say: how it was found out, and the check questions."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.orders.errors import OrderRefused
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import moment_words, said
from careline.flows.identify import identified_on, identify


def form(visit: Visit, number: int, *, error: str = "", status: int = 200) -> HttpResponse:
    found = conversation_for(visit.person, number)
    shown = identity_shown(visit, number)
    asked = list(dict.fromkeys(question for row in shown["checks"] for question in row))
    names = question_words()
    return page(
        visit, "orders/identification", "inbox", _("Who is it?"), status=status, error=error, identity=shown,
        case={"number": number, "url": f"/conversations/{number}", "subject": found.subject},
        questions=[{"code": code, "name": names[code], "value": visit.form.get(code, "") if error else ""} for code in asked],
        rows=[" + ".join(names[code] for code in row) for row in shown["checks"]],
    )  # fmt: skip


def answered(visit: Visit, number: int) -> HttpResponse:
    answers = {code: visit.form.get(code, "") for code in question_words()}
    try:
        identify(visit.person, number, answers, by=visit.by, at=visit.at)
    except OrderRefused as refusal:
        return form(visit, number, error=said(refusal), status=422)
    return HttpResponseRedirect(f"/conversations/{number}")


def identity_shown(visit: Visit, number: int) -> dict[str, Any]:
    found = identified_on(visit.person, number, at=visit.at)
    how = {
        "mail": _("by a mail whose sender is verified"), "portal": _("signed in on their pages"), "chat": _("signed in in the chat"),
        "questions": _("by check questions"),
    }  # fmt: skip
    when = moment_words(found.at, at=visit.at, zone=visit.zone) if found.at else ""
    return {
        "is_identified": found.is_identified, "how": how.get(found.how, found.how), "by": found.by, "when": when, "checks": found.checks,
        "tries_left": found.tries_left,
    }  # fmt: skip


def question_words() -> dict[str, str]:
    return {
        "order_number": _("Order number"), "postcode": _("Postcode"), "name": _("Name"), "mail": _("Mail address"), "phone": _("Telephone"),
        "last_four": _("Last four digits of the card"),
    }  # fmt: skip
