"""Ways into the help centre: its first page, its shelves, the feed, the map for search engines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from careline.domain.knowledge.queries.published import (
    addresses_of,
    languages_read,
    newest_articles,
    published_articles,
    shelves_of,
)
from careline.domain.knowledge.rules.languages import language_for
from careline.entrypoints.portal.guest import Guest, absent, among, read_in, shown
from careline.entrypoints.portal.help import places

ON_THE_FRONT = 6
"""Questions on the first page, and articles shown on each shelf there."""
IN_THE_FEED = 30
SHOWN = 100


def front(guest: Guest) -> HttpResponse:
    """In the reader's language where there is something to read in it, else in one where there is."""
    written = languages_read(guest.site.brand)
    if written and guest.language not in written:
        near = (*guest.site.languages, *sorted(written))
        read_in(guest, among(guest.language, tuple(written)) or next(code for code in near if code in written))
    return _front(guest, written)


def front_in(guest: Guest, language: str) -> HttpResponse:
    written = languages_read(guest.site.brand)
    if language not in (*written, *guest.site.languages):
        return absent(guest)
    read_in(guest, language)
    return _front(guest, written)


def _front(guest: Guest, written: Mapping[str, int]) -> HttpResponse:
    language, brand = guest.language, guest.site.brand
    rows = shelves_of(brand, language)
    below = _below(rows)
    shelves = []
    for row in below[None]:
        inside = _inside(row, below)
        count = sum(one.articles for one in inside)
        if count:
            shelves.append(
                {"name": name_in(row.names, language), "url": places.shelf(language, row.slug), "articles": count}
            )
    loose = [] if shelves else published_articles(brand, language, limit=SHOWN)
    questions = newest_articles(brand, language, kind="faq", limit=ON_THE_FRONT)
    pairs = [(code, places.front(code)) for code in written] or [(language, places.front(language))]
    base = places.root(guest.site)
    return shown(
        guest, "help/front", _("Help"), shelves=shelves, articles=[_line(language, row) for row in loose],
        questions=[{"title": row.title, "url": places.article(language, row.slug)} for row in questions],
        alternates=pairs if len(pairs) > 1 else None, hreflang=places.in_languages(pairs, base), canonical=base + places.front(language),
        feed=f"/help/{language}/feed.xml", structured=_as_questions(questions),
    )  # fmt: skip


def shelf(guest: Guest, language: str, slug: str) -> HttpResponse:
    rows = shelves_of(guest.site.brand, language)
    here = next((row for row in rows if row.slug == slug), None)
    if here is None or language not in (*languages_read(guest.site.brand), *guest.site.languages):
        return absent(guest)
    read_in(guest, language)
    below, by_id = _below(rows), {row.id: row for row in rows}
    parts = []
    for row in (here, *below[here.id]):
        keys = [row.id] if row is here else [one.id for one in _inside(row, below)]
        found = published_articles(guest.site.brand, language, categories=keys, limit=SHOWN)
        if found:
            parts.append(
                {
                    "name": "" if row is here else name_in(row.names, language),
                    "articles": [_line(language, one) for one in found],
                }
            )
    above = by_id.get(here.parent_id)
    crumbs = [(_("Help"), places.front(language))]
    if above is not None:
        crumbs.append((name_in(above.names, language), places.shelf(language, above.slug)))
    base = places.root(guest.site)
    alternates = [(code, places.shelf(code, slug)) for code in guest.site.languages]
    return shown(
        guest, "help/shelf", name_in(here.names, language), parts=parts, crumbs=crumbs, alternates=alternates,
        canonical=base + places.shelf(language, slug), hreflang=[],
    )  # fmt: skip


def feed(guest: Guest, language: str) -> HttpResponse:
    """What changed last, as Atom (RFC 4287)."""
    if language not in languages_read(guest.site.brand):
        return absent(guest)
    read_in(guest, language)
    rows, base = newest_articles(guest.site.brand, language, limit=IN_THE_FEED), places.root(guest.site)
    entries = [
        {"url": base + places.article(language, row.slug), "id": f"{base}/help/articles/{row.article_id}/{language}", "title": row.title,
         "summary": row.summary or row.text[:300], "published": _iso(row.published_at), "updated": _iso(row.updated_at)}
        for row in rows
    ]  # fmt: skip
    page = {"site": guest.site, "language": language, "home": base + places.front(language), "entries": entries,
            "own": f"{base}/help/{language}/feed.xml", "updated": entries[0]["updated"]}  # fmt: skip
    return render(guest.request, "portal/help/feed.xml", page, content_type="application/atom+xml; charset=utf-8")


def site_map(guest: Guest) -> HttpResponse:
    """Every public article with its other languages (sitemaps.org; at most 50,000 addresses, as it asks)."""
    base = places.root(guest.site)
    together: dict[int, list[Any]] = defaultdict(list)
    for row in addresses_of(guest.site.brand):
        together[row.article_id].append(row)
    pages = [
        {"url": base + places.article(row.language, row.slug), "updated": _iso(row.updated_at),
         "others": [(one.language, base + places.article(one.language, one.slug)) for one in same] if len(same) > 1 else []}
        for same in together.values() for row in same
    ]  # fmt: skip
    fronts = [base + places.front(code) for code in languages_read(guest.site.brand)]
    return render(
        guest.request,
        "portal/help/sitemap.xml",
        {"fronts": fronts, "pages": pages},
        content_type="application/xml; charset=utf-8",
    )


def robots(guest: Guest) -> HttpResponse:
    """Search engines read the help centre; the rest is nobody's business."""
    lines = ("User-agent: *", "Allow: /help", "Disallow: /", f"Sitemap: {places.root(guest.site)}/help/sitemap.xml", "")
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def nowhere(guest: Guest, anything: str) -> HttpResponse:
    return absent(guest)


def name_in(names: Mapping[str, str], language: str, house: Sequence[str] = ()) -> str:
    return names.get(language_for(names, wanted=language, company=house), "")


def _line(language: str, row: Any) -> dict[str, str]:
    return {"title": row.title, "summary": row.summary, "url": places.article(language, row.slug)}


def _below(rows: list[Any]) -> dict[int | None, list[Any]]:
    found: dict[int | None, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.parent_id].append(row)
    return found


def _inside(row: Any, below: dict[int | None, list[Any]]) -> list[Any]:
    """A shelf with all that stand below it."""
    return [row, *(one for child in below.get(row.id, ()) for one in _inside(child, below))]


def _as_questions(rows: list[Any]) -> Any:
    """schema.org FAQPage, for search engines; nothing where there are no questions."""
    if not rows:
        return None
    return {
        "@context": "https://schema.org", "@type": "FAQPage",
        "mainEntity": [{"@type": "Question", "name": row.title, "acceptedAnswer": {"@type": "Answer", "text": row.html}} for row in rows],
    }  # fmt: skip


def _iso(moment: Any) -> str:
    return str(moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
