"""Orders in words: states, ways to pay, what happened, what an act will do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careline.domain.orders.rules.plans import Plan
from careline.entrypoints.web.approvals.words import why_words
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import iso, moment_words
from careline.flows.foresee import Foreseen
from careline.kit.money import Money

STATES = {
    "pending": gettext_noop("Pending"), "processed": gettext_noop("Processed"), "shipped": gettext_noop("Shipped"),
    "delivered": gettext_noop("Delivered"), "cancelled": gettext_noop("Cancelled"),
}  # fmt: skip
MONEY_STATES = {
    "pending": gettext_noop("On its way"), "settled": gettext_noop("Done"), "failed": gettext_noop("Failed"),
    "void": gettext_noop("Not needed any more"),
}  # fmt: skip
MONEY_CHIPS = {"pending": "waiting", "settled": "", "failed": "late", "void": ""}
RETURN_KINDS = {
    "return": gettext_noop("Return"),
    "exchange": gettext_noop("Exchange"),
    "repair": gettext_noop("Repair"),
}
RETURN_STATES = {
    "requested": gettext_noop("Asked for"), "label_sent": gettext_noop("On its way"), "received": gettext_noop("Received"),
    "inspected": gettext_noop("Inspected"), "done": gettext_noop("Done"), "refused": gettext_noop("Refused"),
    "withdrawn": gettext_noop("Withdrawn"),
}  # fmt: skip
KINDS = {
    "card": gettext_noop("Card"), "wallet": gettext_noop("Wallet"), "bank": gettext_noop("Bank transfer"), "invoice": gettext_noop("Invoice"),
    "gift_card": gettext_noop("Gift card"), "store_credit": gettext_noop("Store credit"),
}  # fmt: skip
_CHIPS = {"pending": "waiting", "processed": "open", "shipped": "open", "delivered": "resolved"}
HAPPENED = {
    "payment_settled": gettext_noop("Money has come"), "payment_failed": gettext_noop("A payment failed"),
    "refund_settled": gettext_noop("Money has arrived"), "refund_failed": gettext_noop("A refund failed"),
    "refund_again": gettext_noop("A refund went another way"), "repair_requested": gettext_noop("agreed to a repair"),
    "repair_done": gettext_noop("sent back what was repaired"), "inspected": gettext_noop("looked at what came back"),
    "placed": gettext_noop("placed it"), "processed": gettext_noop("gave it to the warehouse"), "shipped": gettext_noop("shipped it"),
    "shipped_in_part": gettext_noop("shipped a part of it"), "delivered": gettext_noop("It is delivered"),
    "parcel_delivered": gettext_noop("A parcel is delivered"), "cancelled": gettext_noop("cancelled it"),
    "cancelled_in_part": gettext_noop("cancelled a part of it"), "items_changed": gettext_noop("changed its items"),
    "payment_changed": gettext_noop("changed how it is paid"), "address_changed": gettext_noop("changed where it goes"),
    "refunded": gettext_noop("refunded"), "return_requested": gettext_noop("agreed to take goods back"),
    "exchange_requested": gettext_noop("agreed to an exchange"), "return_done": gettext_noop("inspected what came back"),
    "return_given_up": gettext_noop("ended a return"), "replaced": gettext_noop("sent goods once more"),
    "label_sent": gettext_noop("sent a return label"), "received": gettext_noop("received goods back"), "done": gettext_noop("closed a return"),
    "refused": gettext_noop("refused what came back"), "withdrawn": gettext_noop("took a return back"),
}  # fmt: skip

_OF_LINKS = {
    "payment_link.sent": gettext_noop("Payment link"), "payment_link.paid": gettext_noop("The order was paid by its link"),
    "payment_link.paid_twice": gettext_noop("It was paid twice: the second payment goes back"),
    "payment_link.expired": gettext_noop("The payment link is not good any more"),
    "payment_link.withdrawn": gettext_noop("The payment link is not good any more"),
}  # fmt: skip


def money_words(minor: int, currency: str, visit: Visit) -> str:
    return Money(minor, currency).words(visit.language)


def state_chip(row: Any) -> dict[str, str]:
    return {"text": _(STATES[row.state]), "kind": _CHIPS.get(row.state, "")}


def method_words(row: Any, visit: Visit, *, with_balance: bool = True) -> str:
    """Visa •••• 4242; Gift card (€30.00)."""
    kind = getattr(row, "method_kind", None) or row.kind
    name = row.label or _(KINDS.get(kind, kind))
    if row.last_four:
        return f"{name} •••• {row.last_four}"
    balance = getattr(row, "balance", None)
    return f"{name} ({money_words(balance, row.currency, visit)})" if with_balance and balance is not None else name


def options_words(options: dict[str, Any]) -> str:
    return ", ".join(str(value) for value in options.values() if value)


def plan_words(plan: Plan, methods: dict[int, str], variants: dict[int, str], visit: Visit) -> list[dict[str, str]]:
    """What it will do, a line each: {symbol, text}."""
    told = []
    for key, amount in plan.money.items():
        how = {
            "amount": money_words(abs(amount), plan.currency, visit),
            "method": methods.get(key) or _("new store credit"),
        }
        sentence = _("%(amount)s goes back to %(method)s") if amount < 0 else _("%(amount)s is paid by %(method)s")
        told.append({"symbol": "money", "text": sentence % how})
    if not plan.money:
        told.append({"symbol": "money", "text": _("No money moves now")})
    for key, units in plan.stock.items():
        how = {"units": str(abs(units)), "name": variants.get(key, "?")}
        sentence = _("%(units)s × %(name)s back into stock") if units > 0 else _("%(units)s × %(name)s out of stock")
        told.append({"symbol": "box", "text": sentence % how})
    if plan.state == "cancelled":
        told.append({"symbol": "block", "text": _("The order is cancelled; this can't be taken back.")})
    return told


def waiting_words(waits: Foreseen) -> dict[str, str]:
    """That it will not happen at once: {text, why, button}."""
    if not waits.approver:
        said = _("This will wait until somebody may approve it; nobody can just now")
        return {"text": said, "why": why_words(waits.why, is_own=True), "button": _("Ask for approval")}
    name = {"name": waits.approver}
    said = _("This will wait for the approval of %(name)s") % name
    return {"text": said, "why": why_words(waits.why, is_own=True), "button": _("Ask %(name)s") % name}


def happening_shown(row: Any, visit: Visit) -> dict[str, str]:
    name = row.name.partition(".")[2]
    who = row.agent_name or "Careline"
    back, data = "", row.data
    if data.get("back") or data.get("charged"):
        minor = data.get("charged", 0) - data.get("back", 0)
        given = money_words(abs(minor) if name == "refunded" else minor, data["currency"], visit)
        back = given.replace("-", "−\N{WORD JOINER}")  # no line ends between the sign and its sum
    told = _OF_LINKS.get(row.name) or HAPPENED.get(name)
    words = _(told) if told else name.replace("_", " ")
    return {
        "who": who, "words": words, "money": back, "at": iso(row.at), "when": moment_words(row.at, at=visit.at, zone=visit.zone),
        "case": f"/conversations/{row.number}" if row.number else "", "number": str(row.number or ""),
    }  # fmt: skip
