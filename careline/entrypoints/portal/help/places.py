"""Where things of the help centre are reached."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from django.conf import settings

from careline.domain.company.queries import Site


def root(site: Site) -> str:
    """Where the brand is reached from outside: its own domain, in the way the install is reached, else the install's address."""
    if not site.domain:
        return str(settings.PUBLIC_URL)
    return f"{urlsplit(settings.PUBLIC_URL).scheme}://{site.domain}"


def front(language: str) -> str:
    return f"/help/{language}"


def article(language: str, slug: str) -> str:
    return f"/help/{language}/{quote(slug)}"


def shelf(language: str, slug: str) -> str:
    return f"/help/{language}/c/{quote(slug)}"


def in_languages(pairs: Iterable[tuple[str, str]], base: str) -> list[tuple[str, str]]:
    """(language, whole address), as search engines want them; the first one also for readers of any other language."""
    found = [(language, base + address) for language, address in pairs]
    return [*found, ("x-default", found[0][1])] if found else []
