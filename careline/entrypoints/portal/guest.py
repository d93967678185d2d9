"""Who looks at a customers' page: under which brand's name they came, and in which language they read.

Every page of the portal goes through here: `customers(address, get, post)` opens an address, `shown(guest, …)` answers with a page in
the brand's look. The Host header says which brand it is; the language is what `?lang=` asks for, else what was chosen before (a
cookie that holds nothing else), else what the browser likes best among the brand's languages, else the brand's first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from careline.domain.company.queries import Site, site_at
from careline.kit import clock
from careline.kit.spoken import speak, spoken

COOKIE = "careline_language"
_A_YEAR = 365 * 24 * 3600
OPEN: set[str] = set()
"""Addresses of customers' pages: none of them asks for a sign-in of the staff."""


@dataclass
class Guest:
    """A request to a customers' page. `language` is one of the site's; our own words may be in a language near it."""

    request: HttpRequest
    site: Site
    language: str
    at: datetime
    keep_language: bool = False


def customers(
    address: str, get: Callable[..., HttpResponse] | None = None, post: Callable[..., HttpResponse] | None = None
) -> URLPattern:
    """A customers' page by its address; views get (guest, **keys of the address)."""
    OPEN.add(address)
    views = {"GET": get, "HEAD": get, "POST": post}

    def view(request: HttpRequest, **keys: Any) -> HttpResponse:
        guest = guest_of(request)
        if guest is None:
            return render(request, "portal/nothing.html", status=404)
        chosen = views.get(request.method or "")
        if chosen is None:
            return HttpResponseNotAllowed([name for name in views if views[name]])
        response = chosen(guest, **keys)
        response.headers.setdefault("Cache-Control", "no-cache")
        if guest.keep_language:
            response.set_cookie(COOKIE, guest.language, max_age=_A_YEAR, samesite="Lax", secure=request.is_secure())
        return response

    view.csrf_exempt = getattr(post, "csrf_exempt", False)  # type: ignore[attr-defined]
    return path(address, view)


def guest_of(request: HttpRequest) -> Guest | None:
    """None where nobody has founded a company yet."""
    site = site_at(request.META.get("HTTP_HOST", "").rpartition("@")[2].split(":")[0])
    if site is None:
        return None
    asked = among(request.GET.get("lang", ""), site.languages)
    guest = Guest(request, site, asked or _liked(request, site.languages), clock.now(), keep_language=bool(asked))
    speak(guest.language)
    return guest


def read_in(guest: Guest, language: str) -> None:
    """From here on the page speaks the language that its address names."""
    guest.language = language
    speak(language)


def among(wished: str, languages: tuple[str, ...]) -> str:
    """The wished language, or one that is near it (de-AT → de), if it is one of these; empty if not."""
    wished = wished.lower()
    return next((code for near in (wished, wished.split("-")[0]) for code in languages if code.lower() == near), "")


def shown(guest: Guest, template: str, title: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A page under the brand's name. `context` may give `alternates` [(language, address)] where each language has an
    address of its own, `description` for search engines, `is_indexed` False to stay out of them."""
    languages = context.pop("alternates", None) or _same_page(guest)
    page = {
        "page_title": title, "site": guest.site, "here": guest.language, "here_name": language_name(guest.language),
        "is_indexed": True, "description": "", "canonical": "",
        "languages": [(code, language_name(code), address) for code, address in languages],
    }  # fmt: skip
    return render(guest.request, f"portal/{template}.html", page | context, status=status)


def absent(guest: Guest) -> HttpResponse:
    """The one page for what is not there and what may not be seen."""
    return shown(guest, "absent", _("There is nothing here"), status=404, is_indexed=False)


def language_name(code: str) -> str:
    """A language by the name that its readers give it; the code where nobody knows it."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def _liked(request: HttpRequest, languages: tuple[str, ...]) -> str:
    wishes = [request.COOKIES.get(COOKIE, "")]
    wishes += [wished for wished, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200])]
    return next((found for wish in wishes if (found := among(wish, languages))), languages[0])


def _same_page(guest: Guest) -> list[tuple[str, str]]:
    """This page in every language of the site, by ?lang=."""
    asked = {name: word for name, word in guest.request.GET.items() if name != "lang"}
    return [(code, f"{guest.request.path}?{urlencode({**asked, 'lang': code})}") for code in guest.site.languages]


def own_words(language: str) -> str:
    """The language of our own words on a page in that language."""
    return spoken(language) or "en"
