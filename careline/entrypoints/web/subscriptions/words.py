"""Subscriptions in words: states, periods, reasons, offers, what happened."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from careline.domain.orders.rules.subscriptions import CANCELLED, PAUSED, price_of
from careline.entrypoints.web.orders.words import method_words, money_words, options_words
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import iso, moment_words

STATES = {
    "trial": gettext_noop("Trial"), "active": gettext_noop("Active"), "paused": gettext_noop("Paused"), "past_due": gettext_noop("Past due"),
    "cancelled": gettext_noop("Cancelled"),
}  # fmt: skip
_CHIPS = {"trial": "open", "active": "resolved", "paused": "waiting", "past_due": "late"}
REASONS = {
    "too_expensive": gettext_noop("Too expensive"), "not_used": gettext_noop("Not used enough"),
    "missing_feature": gettext_noop("Something is missing"), "competitor": gettext_noop("Goes to somebody else"),
    "service": gettext_noop("Not happy with the service"), "moving": gettext_noop("Circumstances have changed"),
    "other": gettext_noop("Another reason"),
    "unpaid": gettext_noop("Was not paid"),
}  # fmt: skip
KINDS = {
    "discount": gettext_noop("Discount"),
    "pause": gettext_noop("Pause"),
    "downgrade": gettext_noop("Smaller plan"),
}
_HAPPENED = {
    "started": gettext_noop("began it"), "changed": gettext_noop("changed the plan"), "change_planned": gettext_noop("planned another plan"),
    "paused": gettext_noop("paused it"), "resumed": gettext_noop("resumed it"),
    "cancellation_planned": gettext_noop("cancelled it, to the end of its period"),
    "kept": gettext_noop("took the cancellation back"), "cancelled": gettext_noop("It is over"), "charged": gettext_noop("charged a period"),
    "past_due": gettext_noop("A charge could not be paid"), "asked": gettext_noop("The customer was asked to pay it by a link"),
    "not_asked": gettext_noop("Nobody could be asked to pay it by a link"), "payment_changed": gettext_noop("changed how it is paid"),
    "discounted": gettext_noop("gave a discount"), "offer_open": gettext_noop("asked for approval of an offer"),
    "offer_accepted": gettext_noop("made an offer that was taken"), "offer_declined": gettext_noop("made an offer that was declined"),
}  # fmt: skip


def period_words(period: str, every: int) -> str:
    if period == "day":
        return ngettext("a day", "every %(num)s days", every) % {"num": every}
    if period == "week":
        return ngettext("a week", "every %(num)s weeks", every) % {"num": every}
    if period == "month":
        return ngettext("a month", "every %(num)s months", every) % {"num": every}
    return ngettext("a year", "every %(num)s years", every) % {"num": every}


def price_words(minor: int, currency: str, period: str, every: int, visit: Visit) -> str:
    return f"{money_words(minor, currency, visit)} {period_words(period, every)}"


def subscription_shown(row: Any, visit: Visit) -> dict[str, Any]:
    price = price_of(row.unit_price, row.quantity, row.percent_off)
    options = options_words(row.options)
    chip = {"text": _(STATES[row.state]), "kind": _CHIPS.get(row.state, "")}
    if row.ends_at is not None:
        chip = {"text": _("Ends"), "kind": "soon"}
    return {
        "url": f"/subscriptions/{row.number}", "number": row.number, "plan": f"{row.product_name} {options}".strip(), "customer": row.customer_name,
        "customer_url": f"/customers/{row.owner_id}", "chip": chip, "quantity": row.quantity,
        "price": price_words(price, row.currency, row.period, row.every, visit), "next": _next(row, visit),
        "method": method_words(row, visit, with_balance=False) if row.method_kind else _("No way to pay"),
    }  # fmt: skip


def _next(row: Any, visit: Visit) -> str:
    """What comes next, in a line."""
    if row.state == CANCELLED:
        return _("Over since %(when)s") % {"when": _moment(row.cancelled_at, visit)}
    if row.ends_at is not None:
        return _("Ends %(when)s") % {"when": _moment(row.ends_at, visit)}
    if row.state == PAUSED:
        return (
            _("Resumes %(when)s") % {"when": _moment(row.resumes_at, visit)}
            if row.resumes_at
            else _("Until it is resumed")
        )
    return _("Charged %(when)s") % {"when": _moment(row.due_at, visit)} if row.due_at else ""


def _moment(moment: Any, visit: Visit) -> str:
    return moment_words(moment, at=visit.at, zone=visit.zone) if moment else ""


def offer_words(one: Any, currency: str, visit: Visit) -> str:
    """`one`: flows.cancel_subscription.Offered."""
    if one.kind == "discount":
        return ngettext(
            "%(percent)s%% off for one period: %(price)s",
            "%(percent)s%% off for %(num)s periods: %(price)s each",
            one.periods,
        ) % {"percent": one.percent, "num": one.periods, "price": money_words(one.price, currency, visit)}
    if one.kind == "pause":
        return ngettext("A pause of one period", "A pause of %(num)s periods", one.periods) % {"num": one.periods}
    return _("%(plan)s instead, for %(price)s") % {"plan": one.plan, "price": money_words(one.price, currency, visit)}


def happening_shown(row: Any, visit: Visit) -> dict[str, str]:
    name, data = row.name.partition(".")[2], row.data
    amount = data.get("amount") if name == "charged" else data.get("gives_back") if name == "cancelled" else None
    return {
        "who": row.agent_name or "Careline", "words": _(_HAPPENED[name]) if name in _HAPPENED else name.replace("_", " "),
        "money": money_words(amount, data["currency"], visit) if amount else "", "at": iso(row.at), "when": _moment(row.at, visit),
        "case": f"/conversations/{row.number}" if row.number else "", "number": str(row.number or ""),
    }  # fmt: skip
