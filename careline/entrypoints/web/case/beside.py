"""All that stands beside a case in one answer: a browser that asked for each part by itself kept the case waiting behind them."""

from __future__ import annotations

import logging
from copy import copy
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import resolve

from careline.domain.conversations.queries.cases import conversation_for
from careline.entrypoints.web.visit import Visit, whole_number

log = logging.getLogger(__name__)
_OF_CASE = ("escalation/steps", "approvals", "complaints")
_OF_BUYER = ("orders", "selling", "services")
_REST = ("promises", "structure", "routing", "guides", "aftercare")


def address_beside(number: int, customer: int | None, *, is_chat: bool) -> str:
    """Where the page of a case asks for it."""
    return f"/conversations/{number}/beside?customer={customer or ''}{'&chat=1' if is_chat else ''}"


def beside(visit: Visit, number: int) -> HttpResponse:
    """Each part as its own address answers it, which lets in whom it lets in; one that has nothing or fails is left out."""
    conversation_for(visit.person, number)
    customer, is_chat = whole_number(visit.asked.get("customer")), "chat" in visit.asked
    return HttpResponse("\n".join(_part(visit.request, address) for address in parts_beside(number, customer, is_chat)))


def parts_beside(number: int, customer: int | None, is_chat: bool) -> list[str]:
    """Room for orders, articles and suggestions: what stands beside a case, from top to bottom."""
    case = f"/conversations/{number}"
    person = [f"/customers/{customer}/beside?case={number}", f"/customers/{customer}/standing/beside?case={number}"]
    of_buyer = [f"{case}/{name}" for name in _OF_BUYER]
    return [
        *([f"{case}/visitor"] if is_chat else []),
        *(f"{case}/{name}" for name in _OF_CASE),
        *([*person, *of_buyer] if customer else []),
        *(f"{case}/{name}" for name in _REST),
    ]


def _part(request: HttpRequest, address: str) -> str:
    place = urlsplit(address)
    asked = copy(request)
    asked.path = asked.path_info = place.path
    asked.GET = QueryDict(place.query)
    try:
        found = resolve(place.path)
        answer = found.func(asked, *found.args, **found.kwargs)
    except Exception:
        log.exception("%s: missing beside its case.", place.path)
        return ""
    return answer.content.decode() if answer.status_code == 200 else ""
