"""What stands in a customer's history, in words, and where each entry leads."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careline.domain.desk.rules.timeline import kind_of
from careline.entrypoints.web.customers.happened import HAPPENED, SYMBOLS
from careline.entrypoints.web.orders.words import HAPPENED as OF_ORDERS
from careline.entrypoints.web.orders.words import money_words
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import initials_of, iso, moment_words

KIND_NAMES = {
    "messages": gettext_noop("Messages"), "notes": gettext_noop("Notes"), "cases": gettext_noop("Cases"), "orders": gettext_noop("Orders"),
    "approvals": gettext_noop("Approvals"), "requests": gettext_noop("Requests"), "complaints": gettext_noop("Complaints"),
    "surveys": gettext_noop("Surveys"), "promises": gettext_noop("Follow-ups"), "loyalty": gettext_noop("Loyalty"),
    "person": gettext_noop("The card"),
}  # fmt: skip
_ROOMS = {
    "approval": "/approvals", "complaint": "/complaints", "service_request": "/service-requests", "quote": "/sales/quotes",
}  # fmt: skip
"""Where what a happening is about has a page of its own, by its key."""
_MESSAGES = {"incoming": ("email", gettext_noop("wrote")), "reply": ("reply", gettext_noop("answered"))}


def entry_of(row: Any, visit: Visit) -> dict[str, Any]:
    """One entry: {type, kind, symbol, title, text, url, subject, money, at, at_text, author, initials}."""
    author = row.author_name or {"customer": _("The customer"), "rule": _("A rule"), "bot": _("The assistant")}.get(
        row.author_kind, "Careline"
    )
    symbol, title = _title(row)
    url, subject = _place(row)
    return {
        "type": row.type, "kind": row.name, "symbol": symbol, "title": title, "text": row.text, "author": author, "initials": initials_of(author),
        "url": url, "subject": subject, "money": _money(row, visit), "at": iso(row.at),
        "at_text": moment_words(row.at, at=visit.at, zone=visit.zone),
    }  # fmt: skip


def kinds_shown(chosen: str) -> list[dict[str, Any]]:
    return [{"code": code, "name": _(name), "is_chosen": code == chosen} for code, name in KIND_NAMES.items()]


def _title(row: Any) -> tuple[str, str]:
    """A happening that we have no words for yet is told by its own name."""
    if row.type == "message":
        symbol, words = _MESSAGES.get(row.name, ("note", gettext_noop("noted in the case")))
        return symbol, _(words)
    if row.type == "note":
        return "note", _("noted")
    if row.name in HAPPENED:
        symbol, words = HAPPENED[row.name]
        return symbol, _(words)
    noun, _dot, verb = row.name.partition(".")
    if noun in ("order", "return") and verb in OF_ORDERS:
        return "box", _(OF_ORDERS[verb])
    return SYMBOLS.get(kind_of("event", row.name), "event"), f"{noun}: {verb}".replace("_", " ")


def _place(row: Any) -> tuple[str, str]:
    """The thing itself where it has a page, else the case."""
    case = (f"/conversations/{row.number}", f"#{row.number} {row.subject}") if row.number else ("", "")
    if row.type != "event":
        return case
    if row.order_number is not None:
        if row.name.startswith("return.") and row.data.get("return"):
            return f"/returns/{row.data['return']}", _("Return %(number)s") % {"number": row.data["return"]}
        return f"/orders/{row.order_number}", _("Order #%(number)s") % {"number": row.order_number}
    if row.subject_kind in _ROOMS and row.subject_key:
        return f"{_ROOMS[row.subject_kind]}/{row.subject_key}", case[1] or _("Open")
    return case


def _money(row: Any, visit: Visit) -> str:
    currency = row.data.get("currency")
    minor = next((row.data[name] for name in ("back", "amount", "total") if row.data.get(name)), 0)
    return money_words(minor, currency, visit) if isinstance(currency, str) and isinstance(minor, int) and minor else ""
