"""What a customer is written when something is sold to them: in their language, as an answer on the case, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from babel.dates import format_date
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from careline.domain.company.queries import languages, site_of
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.customers.queries.people import customer_by_id
from careline.domain.history.actor import Actor
from careline.domain.orders.rules.facts import ITEM
from careline.domain.orders.rules.selling import CartLine
from careline.domain.staff.rules import Forbidden, Person
from careline.flows.change_order import ADDRESS
from careline.flows.reply import Draft, reply
from careline.flows.send_entry_link import pages_url
from careline.kit import db
from careline.kit.money import Money
from careline.kit.spoken import spoken


def language_of(case: Any, owner: int) -> str:
    """The customer's, else the case's, else the company's first."""
    customer = customer_by_id(owner)
    return (customer.language if customer else "") or case.language or languages()[0]


def page_of(case: Any, address: str) -> str:
    """The whole address of a customers' page, under the name of the case's brand (None: of the install)."""
    site = site_of(case.brand_id) if case is not None else None
    return (pages_url(site) if site else str(settings.PUBLIC_URL)) + address


def tell(
    author: Person, number: int, words: str, *, quote: Any | None = None, by: Actor, at: datetime
) -> str:  # fmt: skip
    """Why it was not told; empty where it was. Joins the caller's transaction: what was sold stays sold either way. `quote`: whose
    paper leaves with it."""
    try:
        with db.savepoint():
            data = {} if quote is None else {"quote": quote.id, "paper": f"{name_of(quote).replace('/', '-')}.pdf"}
            reply(author, number, Draft(text=words, force=True, data=data), by=by, at=at)
    except (Refused, NotFound, Forbidden) as refused:
        return str(refused)
    return ""


def confirmation(
    number: str, lines: Sequence[CartLine], total: Money, *, way: str, address: dict[str, str], url: str, language: str
) -> str:
    """`way`: how it is paid, in words; `url`: where, where it is paid by a link."""
    with translation.override(spoken(language) or "en"):
        parts = [_("Thank you for your order %(number)s:") % {"number": f"#{number}"}, listed(lines, total, language)]
        if address:
            parts.append(
                _("It goes to: %(address)s")
                % {"address": ", ".join(address[name] for name in ADDRESS if address.get(name))}
            )
        if url:
            parts.append(_("Please pay here:") + f"\n{url}")
        elif way:
            parts.append(way)
        return "\n\n".join(parts)


def quote_letter(quote: Any, lines: Sequence[CartLine], *, words: str, url: str, language: str) -> str:
    with translation.override(spoken(language) or "en"):
        until = {"day": _day(quote.valid_until, language)}
        parts = [
            words or _("Here is your quote %(number)s.") % {"number": name_of(quote)},
            listed(lines, Money(quote.total, quote.currency), language),
            _("It is good until %(day)s. See it, accept it or decline it here:") % until + f"\n{url}",
        ]
        return "\n\n".join(parts)


def pay_letter(number: str, amount: Money, *, until: datetime, url: str, language: str) -> str:
    with translation.override(spoken(language) or "en"):
        asked = {"amount": amount.words(language), "number": f"#{number}", "day": _day(until, language)}
        return _("Please pay %(amount)s for your order %(number)s by %(day)s:") % asked + f"\n{url}"


def period_letter(
    name: str, amount: Money, *, since: datetime, until: datetime, pay_by: datetime, url: str, language: str
) -> str:
    with translation.override(spoken(language) or "en"):
        asked = {
            "name": name, "amount": amount.words(language), "since": _day(since, language), "until": _day(until, language),
            "day": _day(pay_by, language),
        }  # fmt: skip
        words = _(
            "Your subscription %(name)s goes on from %(since)s to %(until)s. Please pay %(amount)s for it by %(day)s:"
        )
        return words % asked + f"\n{url}"


def ended_letter(number: str, amount: Money, *, language: str) -> str:
    with translation.override(spoken(language) or "en"):
        asked = {"amount": amount.words(language), "number": f"#{number}"}
        return (
            _(
                "We did not receive %(amount)s for your order %(number)s in time, so we have cancelled it. Nothing is owed."
            )
            % asked
        )


def paid_letter(number: str, amount: Money, *, language: str) -> str:
    with translation.override(spoken(language) or "en"):
        asked = {"amount": amount.words(language), "number": f"#{number}"}
        return _("Thank you: %(amount)s for your order %(number)s has arrived.") % asked


def listed(lines: Sequence[CartLine], total: Money, language: str) -> str:
    rows = []
    for line in lines:
        amount = Money(line.amount, total.currency).words(language)
        rows.append(f"{line.quantity} × {titled(line)}: {amount}" if line.kind == ITEM else f"{titled(line)}: {amount}")
    rows.append(_("Total: %(amount)s") % {"amount": total.words(language)})
    return "\n".join(rows)


def titled(line: CartLine) -> str:
    """Its name as a customer reads it, with what was chosen."""
    if line.kind == ITEM:
        chosen = ", ".join(str(value) for value in line.options.values() if value)
        return f"{line.name} ({chosen})" if chosen else line.name
    usual = {"shipping": _("Shipping"), "discount": _("Discount"), "tax": _("Tax")}
    return line.name or usual[line.kind]


def name_of(quote: Any) -> str:
    """Q-1001; Q-1001/2 where it was changed."""
    return f"Q-{quote.number}" + (f"/{quote.version}" if quote.version > 1 else "")


def _day(moment: datetime, language: str) -> str:
    return format_date(moment.date(), "long", locale=(spoken(language) or "en"))
