"""Addresses of the API, from its list of routes; whatever else begins with /api/v1 answers 404 as a problem."""

from __future__ import annotations

import importlib
import pkgutil
import re

from django.urls import URLPattern, re_path

from careline.entrypoints.api import rooms
from careline.entrypoints.api.door import door_of, nothing_here
from careline.entrypoints.api.routes import ROUTES, Route

for _room in pkgutil.iter_modules(rooms.__path__):
    importlib.import_module(f"{rooms.__name__}.{_room.name}")

_PART = re.compile(r"\{(\w+)\}")
_EXPRESSIONS = {
    "order": "[A-Za-z0-9_-]{1,40}",
    "file": "[A-Za-z0-9._-]{1,2000}",
    "language": "[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}",
    "view": "[A-Za-z0-9_-]{1,50}",
    "draft": "reply|note|forward",
    "about": "article|problem|tag",
    "subscription": "[A-Za-z0-9]{1,40}",
    "type": "[a-z][a-z0-9_]{0,49}",
    "name": "[a-z]{1,40}",
}
_KEY = "[0-9]{1,18}"


def _patterns() -> list[URLPattern]:
    by_path: dict[str, dict[str, Route]] = {}
    for route in ROUTES:
        by_path.setdefault(route.path, {})[route.method] = route
    return [*(re_path(_pattern(path), door_of(routes)) for path, routes in by_path.items()), re_path("", nothing_here)]


def _pattern(path: str) -> str:
    """`{number}`, `{id}` and whatever else is named stand for a key."""
    pattern = path.lstrip("/").replace(".", r"\.")
    return "^" + _PART.sub(lambda part: f"(?P<{part[1]}>{_EXPRESSIONS.get(part[1], _KEY)})", pattern) + r"\Z"


urlpatterns = _patterns()
