"""Lines of the wall as HTML: it is drawn anew every second for everybody who looks, and most lines stay as they were."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.template import engines
from django.utils.translation import get_language
from markupsafe import Markup


def drawn(macro: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values with `drawn`: a person or a queue as `_lines.html` draws it."""
    return values | {"drawn": _line(macro, get_language() or "", tuple(values.items()))}


@lru_cache(maxsize=5_000)
def _line(macro: str, language: str, values: tuple[tuple[str, Any], ...]) -> Markup:
    module: Any = engines["jinja2"].env.get_template("web/wall/_lines.html").module  # type: ignore[attr-defined]
    found: Markup = getattr(module, macro)(dict(values))
    return found
