"""Addresses of finding by oneself. Suggestions are asked for by pages of other origins too: chat stands on them."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from careline.entrypoints.portal.finding import looking, suggesting
from careline.entrypoints.portal.guest import customers

_ALLOWED = {
    "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "GET, POST", "Access-Control-Max-Age": "7200",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Accept-Language", "Access-Control-Expose-Headers": "Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}  # fmt: skip


def _from_anywhere(pattern: URLPattern) -> URLPattern:
    """Readable by any page, without cookies: what it says is public, and what it is told is known by a token only."""
    answering: Callable[..., HttpResponse] = pattern.callback

    def view(request: HttpRequest, **keys: Any) -> HttpResponse:
        response = HttpResponse(status=204) if request.method == "OPTIONS" else answering(request, **keys)
        for name, value in _ALLOWED.items():
            response.headers[name] = value
        return response

    view.csrf_exempt = True  # type: ignore[attr-defined]
    pattern.callback = view
    return pattern


FINDING: list[URLPattern] = [
    customers("help/search", looking.search),
    customers("help/found/<str:token>/<int:article>", looking.opened),
    _from_anywhere(customers("help/searches/<str:token>", None, looking.told)),
    _from_anywhere(customers("help/suggestions", suggesting.suggestions)),
    _from_anywhere(customers("help/suggestions/<str:token>/<str:what>", None, suggesting.told)),
]
