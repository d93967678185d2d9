"""The API describes itself: as OpenAPI, and as a page to read that fetches nothing from elsewhere."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpResponse

from careline.entrypoints.api.openapi import document
from careline.entrypoints.api.page import STYLE, page_of
from careline.entrypoints.api.routes import Call, route


@route("GET", "/openapi.json", is_open=True)
def openapi(call: Call) -> Any:
    """This description, as OpenAPI 3.1."""
    return HttpResponse(msgspec.json.encode(document()), content_type="application/json")


@route("GET", "/docs", is_open=True)
def docs(call: Call) -> Any:
    """This description, as a page."""
    return HttpResponse(page_of(document()), content_type="text/html; charset=utf-8")


@route("GET", "/docs.css", is_open=True)
def style(call: Call) -> Any:
    """The page's style."""
    return HttpResponse(STYLE, content_type="text/css; charset=utf-8")
