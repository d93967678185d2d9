"""In which of our languages a page speaks."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header


def speak(language: str) -> None:
    """From here on this request speaks the language, or English where we have no words in it: de-AT is spoken as de."""
    translation.activate(spoken(language) or settings.LANGUAGE_CODE)


def speak_to_browser(accepted: str, *, otherwise: Callable[[], str]) -> None:
    """Speaks the first of a browser's languages (its Accept-Language) that we have words in; `otherwise` is asked where there is none."""
    wishes = (spoken(wished) for wished, _weight in parse_accept_lang_header(accepted))
    speak(next(filter(None, wishes), "") or otherwise())


def spoken(language: str) -> str:
    """The code of our own words for a wished language; empty where there are none."""
    ours = {code for code, _name in settings.LANGUAGES}
    return next((code for code in (language.lower(), language.lower().split("-")[0]) if code in ours), "")
