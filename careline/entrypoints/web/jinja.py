"""The Jinja2 environment of the pages: escaping always on, words through gettext, static files by their address."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.templatetags.static import static
from django.utils import translation
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from careline.entrypoints.web.bundles import scripts, styles
from careline.entrypoints.web.case.drawn import case_menu, message_shown, ways_to_send
from careline.entrypoints.web.drawing import rail, words_in
from careline.entrypoints.web.icons import icon, icon_sprite
from careline.entrypoints.web.inbox.shown import fixed
from careline.entrypoints.web.keymap import keymap
from careline.entrypoints.web.tints import tint
from careline.entrypoints.web.words import address_text, language_name, role_text


def environment(**options: Any) -> Environment:
    options["autoescape"] = True
    options["undefined"] = StrictUndefined
    options["auto_reload"] = False
    env = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], trim_blocks=True, lstrip_blocks=True, **options)  # noqa: S701
    env.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals["_"] = _words
    env.globals["static"] = cache(static)  # the address of a file does not change while we run
    env.globals |= {"styles": lambda **asked: styles(**asked)[0], "scripts": lambda: scripts()[0]}
    env.globals["language"] = translation.get_language
    env.globals["tongue"] = env.filters["tongue"] = language_name
    env.filters |= {"reached": address_text, "role": role_text}
    env.globals["is_rtl"] = translation.get_language_bidi
    env.globals |= {"icon": icon, "icon_sprite": icon_sprite, "tint": tint, "fixed": fixed, "keymap": keymap}
    env.globals |= {"message_shown": message_shown, "case_menu": case_menu, "ways_to_send": ways_to_send, "rail": rail}
    env.globals["ui"] = _Pieces(env)
    return env


class _Pieces:
    """The macros of _ui.html for templates that are drawn dozens of times on one page: an import in each would be looked up anew."""

    def __init__(self, env: Environment) -> None:
        self._env = env

    def __getattr__(self, name: str) -> Any:
        piece = getattr(self._env.get_template("web/_ui.html").module, name)
        self.__dict__[name] = piece
        return piece


def _words(message: str, **named: Any) -> Markup:
    """`_("…")` where a template is drawn by itself, without what `drawn` gives it."""
    return words_in(translation.get_language() or "")(message, **named)
