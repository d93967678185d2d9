"""Articles while somebody types: at most five, in well under 30 ms; and what became of them."""

from __future__ import annotations

import hashlib
import hmac

import msgspec
from django.http import HttpResponse

from careline.domain.company.queries import Site, site_at, site_of
from careline.domain.conversations.errors import NotFound, Refused
from careline.entrypoints.portal.guest import Guest, among
from careline.entrypoints.portal.pace import Pace
from careline.flows.find_answers import SUGGESTION, find_answers, tell_opened, tell_outcome
from careline.kit.keys import ring

MOST = 5
PACE = Pace(burst=120, a_minute=240)
_JSON = "application/json"


def suggestions(guest: Guest) -> HttpResponse:
    """{items: [{title, url, snippet}], token}; `site` is a brand's number or domain, where the page is not its own."""
    if not PACE.allows(guest.request):
        return answer({"detail": "Too many calls."}, status=429, wait=5)
    asked = guest.request.GET
    site = _site(asked.get("site", "")) or guest.site
    language = (
        among(asked.get("lang", ""), site.languages) or among(guest.language, site.languages) or site.languages[0]
    )
    found = find_answers(
        asked.get("q", "").replace("\0", ""), brand=site.brand, language=language, languages=site.languages, place=SUGGESTION,
        visitor=visitor_of(guest), limit=MOST, at=guest.at,
    )  # fmt: skip
    items = [
        {"title": row.title, "url": f"/help/found/{found.token}/{row.article_id}", "snippet": found.snippets[row.id]}
        for row in found.found.articles
    ]  # fmt: skip
    return answer({"items": items, "token": found.token})


def told(guest: Guest, token: str, what: str) -> HttpResponse:
    """`opened` (with the article's number), `solved` or `not_solved`."""
    if not PACE.allows(guest.request):
        return answer({"detail": "Too many calls."}, status=429, wait=5)
    try:
        if what == "opened":
            article = guest.request.POST.get("article", "") or guest.request.GET.get("article", "")
            if article.isascii() and article.isdecimal() and len(article) < 19:
                tell_opened(token, article=int(article))
        else:
            tell_outcome(token, outcome=what.replace("-", "_"))
    except (NotFound, Refused) as wrong:
        return answer({"detail": str(wrong)}, status=404)
    return HttpResponse(status=204)


def answer(content: object, *, status: int = 200, wait: int = 0) -> HttpResponse:
    response = HttpResponse(msgspec.json.encode(content), content_type=_JSON, status=status)
    response.headers["Cache-Control"] = "no-store"
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def visitor_of(guest: Guest) -> str:
    """A digest of where they come from that is another one tomorrow: it joins the letters of one question, and no two visits."""
    said = f"{guest.at.date()} {guest.request.META.get('REMOTE_ADDR', '')} {guest.request.headers.get('User-Agent', '')[:300]}"
    return hmac.new(ring().derive("searches"), said.encode(), hashlib.sha256).hexdigest()[:24]


def _site(said: str) -> Site | None:
    if said.isascii() and said.isdecimal() and len(said) < 19:
        return site_of(int(said))
    return site_at(said[:200]) if said else None
