"""Words of quotes and payments on customers' pages, and headers of pages that a token opens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from babel.dates import format_date
from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.orders.rules.selling import CartLine
from careline.flows.selling_letters import titled
from careline.kit.money import Money
from careline.kit.spoken import spoken


def lines_shown(lines: Sequence[CartLine], currency: str, language: str) -> list[dict[str, str]]:
    return [
        {
            "name": titled(line), "quantity": str(line.quantity) if line.kind == "item" else "",
            "unit": Money(line.unit_price, currency).words(language) if line.kind == "item" else "",
            "amount": Money(line.amount, currency).words(language), "kind": line.kind,
        } for line in lines
    ]  # fmt: skip


def day_words(moment: datetime, language: str) -> str:
    return str(format_date(moment.date(), "long", locale=spoken(language) or "en"))


def said(refusal: Exception) -> str:
    """In the reader's language: a refusal of these pages has nothing filled in."""
    return str(_(str(refusal)))


def private(response: HttpResponse) -> HttpResponse:
    """A page that a token opens: not kept by anybody, and its address is told to nobody else. (With no-referrer browsers would
    not say where its own forms come from, and they would be refused as forged.)"""
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-store"
    return response
