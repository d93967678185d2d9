"""What a brand looks like: its colour as a small stylesheet of its own (our content policy knows no styles inside a page), its logo."""

from __future__ import annotations

from functools import lru_cache

from django.http import HttpResponse

from careline.domain.company.queries import Site
from careline.domain.files.queries import content_of
from careline.entrypoints.portal.guest import Guest, absent
from careline.kit.colours import is_colour, shades_of
from careline.kit.storage import ContentMissing

LOGO_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_FOR_A_DAY = "public, max-age=86400"


def colours(guest: Guest, colour: str) -> HttpResponse:
    """The stylesheet of one colour, six hexadecimal digits; the address changes with it, so it may be kept."""
    if not is_colour(f"#{colour}"):
        return absent(guest)
    return HttpResponse(
        _sheet(f"#{colour}"), content_type="text/css; charset=utf-8", headers={"Cache-Control": _FOR_A_DAY}
    )


def logo(guest: Guest, digest: str) -> HttpResponse:
    site: Site = guest.site
    if not site.logo or digest != site.logo[:16] or site.logo_type not in LOGO_TYPES:
        return absent(guest)
    try:
        content = content_of(site.logo)
    except ContentMissing:
        return absent(guest)
    return HttpResponse(content, content_type=site.logo_type, headers={"Cache-Control": _FOR_A_DAY})


@lru_cache(maxsize=64)
def _sheet(colour: str) -> str:
    shades = shades_of(colour)
    return f":root{{--accent:light-dark({shades.on_light},{shades.on_dark});--accent-fill:{shades.fill};--on-accent:{shades.on_fill}}}"
