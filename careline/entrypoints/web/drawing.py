"""How a template of the staff becomes HTML: its words in the viewer's language, the form's token made once, the rail drawn once."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

from django.http import HttpRequest
from django.template import engines
from django.utils import translation
from markupsafe import Markup, escape

from careline.kit.form_token import get_token

KEPT_FRAMES = 500
"""Some 5 MB at the most."""
_SIGN = secrets.token_hex(12)
_HOLE = re.compile(f"~{_SIGN}-([a-z0-9_]+)~")
_frames: dict[tuple[Any, ...], list[str]] = {}
Hole = Callable[[str], Markup]
_TOKEN = "~token-of-the-form~"  # noqa: S105  stands where the token will


def drawn(request: HttpRequest, template: str, context: Mapping[str, Any]) -> str:
    given = {"csrf_token": Token(request), "_": words_in(translation.get_language() or "")}
    made: str = _template(template).render({**context, **given})
    return made


def framed(
    template: str,
    key: tuple[Any, ...],
    context: Callable[[Hole], Mapping[str, Any]],
    holes: Mapping[str, Any],
) -> str:
    """`drawn` where `key` says all of it but for what stands in the holes, see `filled`."""
    words = words_in(translation.get_language() or "")
    return filled(template, key, lambda hole: _template(template).render({**context(hole), "_": words}), holes)


def filled(name: str, key: tuple[Any, ...], draw: Callable[[Hole], str], holes: Mapping[str, Any]) -> str:
    """What `draw` draws, kept by name, key and language, with what stands in the holes put in anew each time.

    `draw(hole)` is asked once for each key and may hold nothing of a person, a case or this request but as `hole(name)`. Nobody can
    write what stands where a hole is, for its sign is drawn when the process starts.
    """
    asked = (name, translation.get_language() or "", key)
    kept = _frames.get(asked)
    if kept is None:
        if len(_frames) >= KEPT_FRAMES:
            _frames.clear()
        kept = _frames[asked] = _HOLE.split(draw(_hole))
    values = {place: escape(value) for place, value in holes.items()}
    parts = kept.copy()
    parts[1::2] = [values[place] for place in kept[1::2]]
    return "".join(parts)


def _hole(name: str) -> Markup:
    return Markup(f"~{_SIGN}-{name}~")  # noqa: S704  no tag


class Token:
    """The token of this answer's forms, made where one asks for it: Django would mask it anew for each form."""

    __slots__ = ("_made", "_request")

    def __init__(self, request: HttpRequest) -> None:
        self._request, self._made = request, ""

    def __str__(self) -> str:
        self._made = self._made or get_token(self._request)
        return self._made

    __html__ = __str__


@cache
def words_in(language: str) -> Callable[..., Markup]:
    """`_("…")` of a template: a page asks for a hundred, so the language is asked for once and each is looked up once in it."""
    known: dict[str, Markup] = {}

    def words(message: str, **named: Any) -> Markup:
        found = known.get(message)
        if found is None:
            with translation.override(language or None):
                found = known[message] = Markup(translation.gettext(message))  # noqa: S704  our own words
        return found % named if named else found

    return words


def rail(section: str, me: Mapping[str, Any], counts: Mapping[str, int], token: Any) -> Markup:
    """The rail beside every page: the same for somebody on all pages of a room but for the token of its form."""
    seen_by = (me["name"], me["initials"], me["role"], tuple(sorted(me["places"])))
    shown = _rail(translation.get_language() or "", section, seen_by, tuple(counts.items()))
    return Markup(shown.replace(_TOKEN, escape(str(token))))  # noqa: S704  it is escaped


@lru_cache(maxsize=500)
def _rail(language: str, section: str, seen_by: tuple[Any, ...], counts: tuple[tuple[str, int], ...]) -> str:
    me = dict(zip(("name", "initials", "role", "places"), seen_by, strict=True))
    given = {"section": section, "me": me, "counts": dict(counts), "csrf_token": _TOKEN, "_": words_in(language)}
    shown: str = _template("web/_rail.html").render(given)
    return shown


def _template(name: str) -> Any:
    return engines["jinja2"].env.get_template(name)  # type: ignore[attr-defined]
