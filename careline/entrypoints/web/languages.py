"""In which of our languages a page speaks: the one of whoever reads it, else the company's."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from careline.domain.company.queries import languages


def speak(language: str) -> None:
    """From here on this request speaks the language, or English where we have no words in it: de-AT is spoken as de."""
    translation.activate(spoken(language) or settings.LANGUAGE_CODE)


def speak_to_whoever_comes(request: HttpRequest) -> None:
    """Strangers and customers read in the language of their browser, else in the company's first."""
    for wished, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if found := spoken(wished):
            return translation.activate(found)
    return speak(languages()[0])


def spoken(language: str) -> str:
    """The code of our own words for a wished language; empty where there are none."""
    ours = {code for code, _name in settings.LANGUAGES}
    return next((code for code in (language.lower(), language.lower().split("-")[0]) if code in ours), "")


def offered() -> list[dict[str, Any]]:
    """What somebody may choose from, each by its own name: [{code, name}]."""
    return [{"code": code, "name": name} for code, name in settings.LANGUAGES]
