"""A quote as PDF, in the customer's language."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

from babel.dates import format_date
from django.utils import translation
from django.utils.translation import gettext as _

import careline.domain.orders
from careline.domain.channels.adapter import Outgoing, OutgoingFile
from careline.domain.company.queries import site_of
from careline.domain.conversations.queries.cases import conversation_by_id
from careline.domain.orders.queries.selling import cart_by_id, quote_by_id
from careline.domain.orders.rules.facts import ITEM
from careline.flows.change_order import ADDRESS
from careline.flows.selling_letters import name_of, titled
from careline.flows.transcript import FONTS
from careline.kit.money import Money
from careline.kit.spoken import spoken
from careline.kit.typeset import CannotTypeset, pdf_of

log = logging.getLogger(__name__)
TEMPLATE = Path(careline.domain.orders.__file__).parent / "documents" / "quote.typ"
SECONDS = 20


def paper_of(quote: Any, *, seller: str, language: str) -> bytes:
    """`quote`: a row of the queries. Set by a process of its own; outside any transaction. Raises CannotTypeset."""
    return pdf_of(TEMPLATE, written(quote, seller=seller, language=language), seconds=SECONDS)


def paper_for_staff(quote: Any) -> bytes:
    """As it left, in the customer's language. Raises CannotTypeset."""
    case = conversation_by_id(quote.conversation_id) if quote.conversation_id else None
    site = site_of(case.brand_id) if case is not None else None
    return paper_of(quote, seller=site.name if site is not None else "", language=quote.language)


def with_quote_paper(outgoing: Outgoing, message: Any, case: Any) -> Outgoing:
    """The letter with its quote as a file. Where that can't be made just now it leaves without: its address stands in the letter."""
    quote = quote_by_id(int(message.data["quote"]))
    if quote is None:
        return outgoing
    site = site_of(case.brand_id)
    try:
        made = paper_of(quote, seller=site.name if site is not None else "", language=quote.language)
    except CannotTypeset:
        log.exception("The paper of quote %s could not be made.", quote.id)
        return outgoing
    return replace(
        outgoing, files=[*outgoing.files, OutgoingFile(file_name(quote), "application/pdf", made, False, "")]
    )


def file_name(quote: Any) -> str:
    return f"{name_of(quote).replace('/', '-')}.pdf"


def written(quote: Any, *, seller: str, language: str) -> dict[str, Any]:
    """Every word that stands on it."""
    cart, own = cart_by_id(quote.cart_id), spoken(language) or "en"
    with translation.override(own):
        rows = []
        for line in cart.lines:
            is_item = line.kind == ITEM
            rows.append(
                [
                    titled(line), str(line.quantity) if is_item else "", Money(line.unit_price, quote.currency).words(own) if is_item else "",
                    Money(line.amount, quote.currency).words(own),
                ]
            )  # fmt: skip
        until = {"day": _day(quote.valid_until, own)}
        address = [cart.address[name] for name in ADDRESS if cart.address.get(name)]
        return {
            "seller": seller, "language": own, "rtl": own == "ar", "fonts": FONTS, "heading": _("Quote %(number)s") % {"number": name_of(quote)},
            "facts": [_day(quote.sent_at, own), _("good until %(day)s") % until], "to": address or [quote.customer_name], "lines": rows,
            "columns": [_("Item"), _("How many"), _("Each"), _("Amount")], "total_word": _("Total"),
            "total": Money(quote.total, quote.currency).words(own), "closing": _("This quote is good until %(day)s.") % until,
        }  # fmt: skip


def _day(moment: Any, language: str) -> str:
    return str(format_date(moment.date(), "long", locale=language))
