"""Carts and quotes in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

QUOTE_STATES = {
    "sent": gettext_noop("Waits for the customer"), "accepted": gettext_noop("Accepted"), "declined": gettext_noop("Declined"),
    "expired": gettext_noop("Expired"), "replaced": gettext_noop("Replaced"), "withdrawn": gettext_noop("Taken back"),
}  # fmt: skip
LINK_STATES = {
    "open": gettext_noop("Waits for payment"), "paid": gettext_noop("Paid"), "expired": gettext_noop("Expired"),
    "withdrawn": gettext_noop("Taken back"),
}  # fmt: skip
_CHIPS = {"sent": "waiting", "accepted": "resolved", "open": "waiting", "paid": "resolved"}


def chip_of(state: str, names: dict[str, str]) -> dict[str, str]:
    return {"text": _(names[state]), "kind": _CHIPS.get(state, "")}


def line_titled(line: Any) -> str:
    return line.name or {"shipping": _("Shipping"), "discount": _("Discount"), "tax": _("Tax")}.get(line.kind, "")
