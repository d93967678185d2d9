"""One article, as a reader sees it."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup

from careline.domain.files.queries import content_of
from careline.domain.knowledge.queries.articles import picture_at
from careline.domain.knowledge.queries.published import moved_to, related_to, text_at
from careline.entrypoints.portal.guest import Guest, absent, read_in, shown
from careline.entrypoints.portal.help import places
from careline.entrypoints.portal.help.listing import name_in
from careline.entrypoints.portal.help.tickets import new_ticket
from careline.entrypoints.portal.look import LOGO_TYPES
from careline.kit.dates import day_words
from careline.kit.storage import ContentMissing

PICTURE_POLICY = "default-src 'none'; sandbox"


def article(guest: Guest, language: str, slug: str) -> HttpResponse:
    found = text_at(guest.site.brand, language, slug)
    if found is None:
        return _moved(guest, language, slug)
    read_in(guest, language)
    own = places.article(language, found.slug)
    return shown(
        guest, "help/article", found.title, description=found.summary or found.text[:160], found=found, html=without_itself(found.html, own),
        crumbs=_crumbs(found, language), related=_related(guest, found, language), ticket=new_ticket(found.article_id, at=guest.at), own=own,
        thanks=guest.request.GET.get("thanks", "")[:4], updated=day_words(found.updated_at, zone=guest.site.time_zone, language=get_language()),
        structured=_structured(found, places.root(guest.site) + own), **_languages(guest, found, own),
    )  # fmt: skip


def picture(guest: Guest, place: str) -> HttpResponse:
    """A picture that stands in an article which anybody may read."""
    found = picture_at(place)
    if found is None or not found.is_open or found.media_type not in LOGO_TYPES:
        return absent(guest)
    try:
        content = content_of(found.digest)
    except ContentMissing:
        return absent(guest)
    headers = {"Cache-Control": "public, max-age=3600", "Content-Security-Policy": PICTURE_POLICY}
    return HttpResponse(content, content_type=found.media_type, headers=headers)


def without_itself(html: str, own: str) -> Markup:
    """Links from an article to itself lead nowhere new: they are words only."""
    return Markup(re.sub(rf'<a href="{re.escape(own)}"[^>]*>(.*?)</a>', r"\1", html, flags=re.S))  # noqa: S704  sanitised when written


def _moved(guest: Guest, language: str, slug: str) -> HttpResponse:
    """An address of before leads to where the article is read now."""
    now = moved_to(guest.site.brand, language, slug)
    return HttpResponsePermanentRedirect(places.article(language, now)) if now and now != slug else absent(guest)


def _crumbs(found: Any, language: str) -> list[tuple[str, str]]:
    crumbs = [(_("Help"), places.front(language))]
    for names, slug in ((found.parent_names, found.parent_slug), (found.category_names, found.category_slug)):
        if slug:
            crumbs.append((name_in(names, language), places.shelf(language, slug)))
    return crumbs


def _related(guest: Guest, found: Any, language: str) -> list[dict[str, str]]:
    rows = related_to(found.article_id, language)
    return [{"title": row.title, "url": places.article(language, row.slug)} for row in rows]


def _languages(guest: Guest, found: Any, own: str) -> dict[str, Any]:
    pairs = [(one["language"], places.article(one["language"], one["slug"])) for one in found.languages]
    base = places.root(guest.site)
    return {
        "alternates": pairs,
        "canonical": base + own,
        "hreflang": places.in_languages(pairs, base) if len(pairs) > 1 else [],
    }


def _structured(found: Any, address: str) -> dict[str, Any]:
    """schema.org: a page of one question and its answer, else an article."""
    if found.kind == "faq":
        answer = {"@type": "Answer", "text": found.html}
        return {
            "@context": "https://schema.org", "@type": "FAQPage",
            "mainEntity": [{"@type": "Question", "name": found.title, "acceptedAnswer": answer}],
        }  # fmt: skip
    return {
        "@context": "https://schema.org", "@type": "TechArticle", "headline": found.title, "description": found.summary,
        "inLanguage": found.language, "url": address, "datePublished": found.published_at.isoformat(), "dateModified": found.updated_at.isoformat(),
    }  # fmt: skip
