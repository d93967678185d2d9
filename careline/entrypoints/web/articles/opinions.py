"""Whom an article did not help, and why: a list to work through."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.knowledge.queries.opinions import opinions_to_settle
from careline.domain.staff.rules import require
from careline.entrypoints.web.articles.wording import reason_words
from careline.entrypoints.web.pages import next_page, page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_text
from careline.flows.hear_reader import settle_opinions
from careline.flows.write_article import WRITE

SHOWN = 50


def opinions(visit: Visit) -> HttpResponse:
    require(visit.person, WRITE)
    found = opinions_to_settle(before=whole_number(visit.asked.get("after")), limit=SHOWN + 1)
    return page(
        visit, "articles/opinions", "articles", _("What readers said"), rows=[_row(visit, row) for row in found[:SHOWN]],
        next_url=next_page("/articles/opinions", found, SHOWN),
    )  # fmt: skip


def settled(visit: Visit) -> HttpResponse:
    """Those that are ticked, or the one whose button was pressed."""
    keys = [key for words in visit.asked.getlist("key") if (key := whole_number(words)) is not None]
    settle_opinions(visit.person, keys, by=visit.by, at=visit.at)
    return HttpResponse(status=204, headers={"HX-Redirect": "/articles/opinions"})


def _row(visit: Visit, row: Any) -> dict[str, Any]:
    return {
        "id": row.id, "url": f"/articles/{row.article_id}?lang={row.language}", "title": row.title or _("Without a title"), "language": row.language,
        "reason": reason_words(row.reason), "comment": row.comment, "at": moment_text(row.given_at, at=visit.at, zone=visit.zone),
        "owner": row.owner_name or "", "is_changed": row.state not in ("published", None),
    }  # fmt: skip
