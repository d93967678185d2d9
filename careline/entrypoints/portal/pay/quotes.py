"""A quote: seen, accepted, declined with a reason, kept as PDF."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.orders.queries.selling import cart_by_id, quote_by_token
from careline.entrypoints.portal.guest import Guest, absent, shown
from careline.entrypoints.portal.pace import Pace
from careline.entrypoints.portal.pay.words import day_words, lines_shown, private, said
from careline.flows.answer_quote import accept_quote, decline_quote
from careline.flows.quote_paper import paper_of
from careline.flows.selling_letters import name_of
from careline.kit.money import Money
from careline.kit.typeset import CannotTypeset

_PACE = Pace(burst=30, a_minute=20)
_PAPERS = Pace(burst=5, a_minute=5)


def quote(guest: Guest, token: str, *, error: str = "", status: int = 200) -> HttpResponse:
    found = quote_by_token(token)
    if found is None:
        return absent(guest)
    cart = cart_by_id(found.cart_id)
    state = "expired" if found.state == "sent" and found.valid_until <= guest.at else found.state
    return private(
        shown(
            guest, "pay/quote", _("Quote %(number)s") % {"number": name_of(found)}, status=status, is_indexed=False, error=error, state=state,
            banner=_STATES[state]() if state in _STATES else "", mood="good" if state == "accepted" else "warn",
            lines=lines_shown(cart.lines, found.currency, guest.language), total=Money(found.total, found.currency).words(guest.language),
            until=day_words(found.valid_until, guest.language), customer=found.customer_name, address=f"/quotes/{token}",
            goes_to=[words for words in cart.address.values() if words], order=found.order_number or "",
        )
    )  # fmt: skip


def accepted(guest: Guest, token: str) -> HttpResponse:
    if not _PACE.allows(guest.request):
        return quote(guest, token, error=_("That was a lot at once. Wait a minute, then send it again."), status=429)
    try:
        done = accept_quote(token, at=guest.at)
    except NotFound:
        return absent(guest)
    except Refused as refusal:
        return quote(guest, token, error=said(refusal), status=422)
    return HttpResponseRedirect(f"/pay/{done.pay}" if done.pay else f"/quotes/{token}")


def declined(guest: Guest, token: str) -> HttpResponse:
    if not _PACE.allows(guest.request):
        return quote(guest, token, error=_("That was a lot at once. Wait a minute, then send it again."), status=429)
    try:
        decline_quote(token, reason=guest.request.POST.get("reason", "")[:2000], at=guest.at)
    except NotFound:
        return absent(guest)
    except Refused as refusal:
        return quote(guest, token, error=said(refusal), status=422)
    return HttpResponseRedirect(f"/quotes/{token}")


def paper(guest: Guest, token: str) -> HttpResponse:
    found = quote_by_token(token)
    if found is None:
        return absent(guest)
    if not _PAPERS.allows(guest.request):
        return quote(guest, token, error=_("That was a lot at once. Wait a minute, then send it again."), status=429)
    try:
        pdf = paper_of(found, seller=guest.site.name, language=guest.language)
    except CannotTypeset:
        return quote(
            guest, token, error=_("The document could not be made just now: try again in a while."), status=503
        )
    headers = {
        "Content-Disposition": f'attachment; filename="{name_of(found).replace("/", "-")}.pdf"',
        "X-Content-Type-Options": "nosniff",
    }
    return private(HttpResponse(pdf, content_type="application/pdf", headers=headers))


_STATES: dict[str, Any] = {
    "accepted": lambda: _("Thank you: you accepted this quote."),
    "declined": lambda: _("You declined this quote."),
    "expired": lambda: _("This quote is not good any more: write to us, and we make you another one."),
    "replaced": lambda: _("There is a newer version of this quote: it is in our last mail to you."),
    "withdrawn": lambda: _("We have taken this quote back. Write to us if you have a question."),
}
