"""What the command palette offers beyond the keyboard map: places, views, settings, cases, customers, macros."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from careline.domain.company.queries import languages
from careline.domain.desk.queries.lists import rows_among
from careline.domain.desk.queries.search.suggestions import suggestions_for
from careline.domain.desk.rules import Filter
from careline.domain.knowledge.queries.canned import macros_of
from careline.domain.staff.rules import Forbidden, may
from careline.entrypoints.web.inbox.counts import shown_view, views_of
from careline.entrypoints.web.settings.settings_pages import groups_for
from careline.entrypoints.web.visit import Visit, whole_number
from careline.flows.change_canned_reply import WRITES
from careline.flows.fill_cart import VERB as SELLS

LEAST_TYPED = 2
CHANGES_ORDERS = "order:write"
_RECENT = 8
_MACROS = 4


def places(visit: Visit) -> HttpResponse:
    """Where this person may go, and those of the cases they opened last that they still see."""
    sees_cases = may(visit.person, "conversation:read")
    views = [shown_view(view) for view in views_of(visit)] if sees_cases else []
    shown = [_place(one["name"], one["url"], one["symbol"], _("Views")) for one in views]
    shown += [
        _place(one["label"], one["url"], one["symbol"], _("Settings"), detail=one["words"])
        for group in groups_for(visit.person)
        for one in group["pages"]
    ]
    return JsonResponse({"places": shown, "recent": _recent(visit) if sees_cases else []})


def found(visit: Visit) -> HttpResponse:
    """Cases by number or subject, customers, macros; what the search suggests, and nothing that it would not."""
    if not (may(visit.person, "conversation:read") or may(visit.person, "customer:read")):
        raise Forbidden("conversation:read")
    words = visit.asked.get("q", "").strip()[:200]
    if len(words.lstrip("#")) < LEAST_TYPED and not words.lstrip("#").isdecimal():
        return JsonResponse({"found": []})
    shown = []
    for one in suggestions_for(words, visit.person, at=visit.at, languages=languages()):
        if one.type == "conversation":
            shown.append(_case(one.key, one.text, one.detail))
        if one.type == "customer":
            shown.append(_place(one.text, f"/customers/{one.key}", "customer", _("Customers"), detail=one.detail))
    return JsonResponse({"found": _selling(visit, words) + _about_orders(visit, words) + shown + _macros(visit, words)})


def _selling(visit: Visit, words: str) -> list[dict[str, Any]]:
    """Beside an open case: its cart, by the beginning of what it is called."""
    number, name = whole_number(visit.asked.get("case")), _("Sell, or send a quote")
    if number is None or not may(visit.person, SELLS):
        return []
    asked, called = words.casefold(), name.casefold().replace(",", " ").split()
    if not any(word.startswith(asked) for word in called):
        return []
    return [_place(name, f"/conversations/{number}/cart", "box", _("This case"))]


def _about_orders(visit: Visit, words: str) -> list[dict[str, Any]]:
    """Beside an open case: what can be done about an order of its customer, by the beginning of any of its words."""
    number = whole_number(visit.asked.get("case"))
    if number is None or not may(visit.person, CHANGES_ORDERS):
        return []
    asked, acts = words.casefold(), {
        "return": (_("Take goods back…"), "reopen"), "exchange": (_("Exchange goods…"), "merge"),
        "cancellation": (_("Cancel an order…"), "block"), "replacement": (_("Send goods again…"), "box"),
        "repair": (_("Have goods repaired…"), "settings"), "credit": (_("Give store credit…"), "star"),
    }  # fmt: skip
    return [
        _place(name, f"/conversations/{number}/acts/{act}", symbol, _("This case"))
        for act, (name, symbol) in acts.items()
        if act.startswith(asked) or any(word.startswith(asked) for word in name.casefold().split())
    ]


def _macros(visit: Visit, words: str) -> list[dict[str, Any]]:
    """Only beside an open case, which they would be run on."""
    if "case" not in visit.asked or not may(visit.person, WRITES):
        return []
    rows = macros_of(visit.person, words=words, limit=_MACROS)
    return [_place(row.name, "", "macro", _("Macros"), detail=row.folder) | {"macro": row.id} for row in rows]


def _recent(visit: Visit) -> list[dict[str, Any]]:
    """The browser remembers numbers alone: what stands on a case is said anew to whoever may see it."""
    given = (whole_number(word) for word in visit.asked.get("recent", "").split(","))
    numbers = [number for number in given if number is not None][:_RECENT]
    if not numbers:
        return []
    rows = {row.number: row for row in rows_among(numbers, Filter(), visit.person, at=visit.at)}
    return [
        _case(number, rows[number].subject, rows[number].customer_name or "") for number in numbers if number in rows
    ]


def _case(number: int | None, subject: str, who: str) -> dict[str, Any]:
    return _place(subject or _("(no subject)"), f"/conversations/{number}", "case", _("Cases"), detail=who) | {
        "number": number
    }


def _place(label: str, url: str, symbol: str, group: str, *, detail: str = "") -> dict[str, Any]:
    return {"label": label, "url": url, "symbol": symbol, "group": group, "detail": detail}
