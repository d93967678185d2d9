"""What approvals are called on the screens."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careline.domain.approvals.rules.facts import facts_from
from careline.domain.requests.queries.types import types
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import initials_of, iso, moment_words
from careline.kit.money import Money

ACTIONS = {
    "goodwill": gettext_noop("Goodwill"), "exception": gettext_noop("Exception"), "refund": gettext_noop("Refund"),
    "discount": gettext_noop("Discount"), "credit": gettext_noop("Store credit"), "replacement": gettext_noop("Replacement"),
    "return": gettext_noop("Return"), "exchange": gettext_noop("Exchange"), "cancellation": gettext_noop("Cancellation"),
    "change": gettext_noop("Change of an order"), "repair": gettext_noop("Repair"), "inspection": gettext_noop("Goods that came back"),
    "retention_offer": gettext_noop("Offer to stay"),
}  # fmt: skip
STATES = {
    "waiting": gettext_noop("Waiting"), "approved": gettext_noop("Approved"), "denied": gettext_noop("Denied"),
    "withdrawn": gettext_noop("Taken back"), "failed": gettext_noop("Not carried out"),
}  # fmt: skip
CHIPS = {"waiting": "soon", "approved": "resolved", "denied": "late", "failed": "late"}
SYMBOLS = {"waiting": "clock", "approved": "check", "denied": "close", "withdrawn": "reopen", "failed": "failed"}
WHY = {
    "over_limit": gettext_noop("It is more than they may give at once."),
    "over_case_limit": gettext_noop("With what was given before it is too much for one case."),
    "over_customer_limit": gettext_noop("With what was given before it is too much for one customer in a year."),
    "over_day_limit": gettext_noop("With what they gave today it is too much for one day."),
    "no_rate": gettext_noop("There is no exchange rate to compare it with their limit."),
    "no_authority": gettext_noop("They may not give anything alone."),
    "no_total": gettext_noop("It is not known of how much it is a part."),
    "exception": gettext_noop("An exception is not theirs to make."),
    "four_eyes": gettext_noop("A second person always has to agree."),
}  # fmt: skip
WHY_OWN = {
    "over_limit": gettext_noop("It is more than you may give at once."),
    "over_case_limit": gettext_noop("With what was given before it is more than you may give on one case."),
    "over_customer_limit": gettext_noop("With what was given before it is more than you may give one customer in a year."),
    "over_day_limit": gettext_noop("With what you gave today it is more than you may give in a day."),
    "no_rate": gettext_noop("There is no exchange rate to compare it with your limit."),
    "no_authority": gettext_noop("You may not give anything alone."),
    "exception": gettext_noop("An exception is not yours to make."),
}  # fmt: skip
STEPS = {
    "asked": gettext_noop("%(to)s was asked"), "delegated": gettext_noop("It was passed on to %(to)s"),
    "silent": gettext_noop("Nobody answered in time: %(to)s was asked"), "gone": gettext_noop("Whoever was asked has left: %(to)s was asked"),
    "nobody": gettext_noop("Nobody may decide this just now"), "reminded": gettext_noop("%(to)s was reminded"),
    "approved": gettext_noop("%(by)s approved it"), "denied": gettext_noop("%(by)s denied it"),
    "withdrawn": gettext_noop("%(by)s took it back"), "carried": gettext_noop("It was carried out"),
    "failed": gettext_noop("It could not be carried out"),
}  # fmt: skip
FACTS = {
    "total": gettext_noop("Of a total of"), "percent": gettext_noop("Share of it"), "reason": gettext_noop("Reason"),
    "products": gettext_noop("Products"), "tier": gettext_noop("Customer tier"), "order_state": gettext_noop("State of the order"),
    "channel": gettext_noop("Channel"), "days_since_order": gettext_noop("Days since the order"),
    "days_since_delivery": gettext_noop("Days since delivery"), "orders": gettext_noop("Orders in a year"),
    "refunds": gettext_noop("Refunds in a year"), "returns": gettext_noop("Returns in a year"),
    "is_identified": gettext_noop("Customer is identified"), "amount": gettext_noop("Amount"),
    "condition": gettext_noop("Condition of the goods"), "in_warranty": gettext_noop("Within the warranty"),
}  # fmt: skip


def known_actions() -> list[str]:
    """What limits and policies can be about: kinds of service requests are approved by their own names."""
    return [*ACTIONS, *(one.code for one in types())]


def action_words(action: str) -> str:
    return _(ACTIONS[action]) if action in ACTIONS else action.replace("_", " ").capitalize()


def money_words(minor: int | None, currency: str, visit: Visit) -> str:
    return Money(minor, currency).words(visit.language) if minor is not None else ""


def why_words(code: str, *, is_own: bool = False) -> str:
    """`is_own`: said to whoever is about to ask."""
    words = (WHY_OWN.get(code) if is_own else None) or WHY.get(code)
    return _(words) if words else _("The policy asks for it.")


def row_of(row: Any, visit: Visit) -> dict[str, Any]:
    """A request in a list."""
    minor = row.decided_amount if row.decided_amount is not None else row.amount
    return {
        "url": f"/approvals/{row.id}", "what": action_words(row.action), "money": money_words(minor, row.currency, visit),
        "customer": row.customer_name or _("Nobody"), "number": row.number, "asker": row.asker_name or _("A rule"),
        "initials": initials_of(row.asker_name or "R"), "state": row.state, "state_name": _(STATES[row.state]),
        "chip": CHIPS.get(row.state, ""), "symbol": SYMBOLS[row.state], "approver": row.approver_name or "", "at": iso(row.asked_at),
        "when": moment_words(row.asked_at, at=visit.at, zone=visit.zone),
        "due": moment_words(row.due_at, at=visit.at, zone=visit.zone) if row.due_at else "",
        "is_late": bool(row.due_at and row.due_at < visit.at),
    }  # fmt: skip


def step_words(step: Any, visit: Visit) -> dict[str, Any]:
    words = _(STEPS.get(step.what, STEPS["asked"]))
    names = {"to": step.to_name or _("Nobody"), "by": step.by_name or "Careline"}
    return {"words": words % names, "at": iso(step.at), "when": moment_words(step.at, at=visit.at, zone=visit.zone)}


def fact_rows(kept: dict[str, Any], visit: Visit) -> list[tuple[str, str]]:
    """(label, value) of what is known, in the order of FACTS; the amount stands above them."""
    facts = facts_from(kept)
    found = []
    for name, label in FACTS.items():
        value = facts.known(name)
        if value is not None and name != "amount":
            found.append((_(label), value_words(value, visit)))
    return found


def value_words(value: Any, visit: Visit) -> str:
    if isinstance(value, Money):
        return value.words(visit.language)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        return f"{value:.0f} %"
    return ", ".join(value) if isinstance(value, tuple) else str(value)
