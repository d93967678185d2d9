"""On a case: what waits for approval there, and asking for something oneself."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.approvals.rules.facts import Facts
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.merges import cases_below
from careline.domain.desk.queries.approvals import approvals_on
from careline.domain.staff.rules import may
from careline.entrypoints.web.approvals.words import action_words, row_of
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import said
from careline.flows.approved_actions import BY_HAND, WITHOUT_MONEY
from careline.flows.ask_approval import VERB, ask_approval
from careline.flows.authorise import Wish
from careline.kit.money import BadMoney, money_of

USUAL_CURRENCY = "EUR"


def panel(visit: Visit, number: int) -> HttpResponse:
    """Nothing where nothing was asked for and nothing can be."""
    case = conversation_for(visit.person, number)
    rows = approvals_on(cases_below(case.id))
    may_ask = may(visit.person, VERB) and case.category != "resolved" and case.side_of_id is None
    if not rows and not may_ask:
        return HttpResponse()
    url = f"/conversations/{number}/approvals/new" if may_ask else ""
    return part(visit, "approvals/_panel", rows=[row_of(row, visit) for row in rows], url=url)


def form(visit: Visit, number: int, *, error: str = "", status: int = 200) -> HttpResponse:
    found = conversation_for(visit.person, number, verb=VERB)
    given = visit.form if error else {}
    return page(
        visit, "approvals/ask", "inbox", _("Give something"), status=status, error=error, case={"number": number, "subject": found.subject},
        url=f"/conversations/{number}", actions=[(code, action_words(code)) for code in BY_HAND],
        given={name: given.get(name, "") for name in ("action", "amount", "currency", "words")}, usual=USUAL_CURRENCY,
    )  # fmt: skip


def asked(visit: Visit, number: int) -> HttpResponse:
    found, said_in = conversation_for(visit.person, number), visit.form
    action = said_in.get("action", BY_HAND[0])
    try:
        amount = None
        if action not in WITHOUT_MONEY:
            amount = money_of(said_in.get("amount", "").replace(",", "."), said_in.get("currency") or USUAL_CURRENCY)
        wish = Wish(action, ("conversation", found.id), Facts(amount), words=said_in.get("words", ""))
        done = ask_approval(visit.person, number, wish, by=visit.by, at=visit.at)
    except (Refused, BadMoney) as refusal:
        return form(visit, number, error=said(refusal), status=422)
    return HttpResponseRedirect(f"/approvals/{done.request}" if done.request else f"/conversations/{number}")
