"""The search of the help centre: what was found, the article itself, and whether it helped."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from markupsafe import Markup

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.knowledge.queries.finding import Found, texts_of
from careline.domain.knowledge.queries.published import PUBLIC, text_of_article
from careline.entrypoints.portal.finding.suggesting import visitor_of
from careline.entrypoints.portal.guest import Guest, absent, shown
from careline.entrypoints.portal.pace import Pace
from careline.flows.find_answers import HELP, find_answers, tell_opened, tell_outcome
from careline.kit.search.snippets import as_html, snippet

MOST = 20
PACE = Pace(burst=60, a_minute=60)


def search(guest: Guest) -> HttpResponse:
    asked = " ".join(guest.request.GET.get("q", "").replace("\0", "").split())[:300]
    if not PACE.allows(guest.request):
        return shown(guest, "guides/pause", _("One moment, please"), status=429, is_indexed=False)
    answers = find_answers(
        asked, brand=guest.site.brand, language=guest.language, languages=guest.site.languages, place=HELP, visitor=visitor_of(guest),
        limit=MOST, at=guest.at,
    )  # fmt: skip
    title = _("Search: %(words)s") % {"words": asked} if asked else _("Search")
    return shown(
        guest, "finding/search", title, asked=asked, token=answers.token, hits=_hits(answers.found, answers.token), is_indexed=False,
        mended=list(answers.found.mended.items()),
    )  # fmt: skip


def opened(guest: Guest, token: str, article: int) -> HttpResponse:
    """On to the article, which was found by this search. Nothing that only the house may read is ever led to."""
    found = text_of_article(article, guest.language)
    if found is None or found.audience != PUBLIC or found.brand_id != guest.site.brand:
        return absent(guest)
    tell_opened(token, article=article)
    return HttpResponseRedirect(f"/help/{found.language}/{found.slug}", headers={"Cache-Control": "no-store"})


def told(guest: Guest, token: str) -> HttpResponse:
    """Whether it helped, by a button below what was found."""
    outcome = guest.request.POST.get("outcome", "")
    try:
        tell_outcome(token, outcome=outcome)
    except (NotFound, Refused):
        return absent(guest)
    return shown(guest, "finding/told", _("Thank you"), is_solved=outcome == "solved", is_indexed=False)


def _hits(found: Found, token: str) -> list[dict[str, Any]]:
    texts = texts_of(found.articles)
    return [
        {
            "url": f"/help/found/{token}/{row.article_id}", "title": row.title, "language": row.language,
            "snippet": Markup(as_html(snippet(f"{row.summary} {texts.get(row.id, '')}", found.marks))),  # noqa: S704  as_html escapes
        }
        for row in found.articles
    ]  # fmt: skip
