"""Articles for the composer: the list that ?? opens, and what goes into the answer."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse

from careline.entrypoints.web.pages import part
from careline.entrypoints.web.visit import Visit
from careline.flows.insert_article import LINK, TEXT, articles_to_insert, insert_article


def offered(visit: Visit, number: int) -> HttpResponse:
    rows = articles_to_insert(visit.person, number, words=visit.asked.get("q", "").strip()[:200])
    shown = [
        {"id": row.article_id, "title": row.title, "teaser": row.summary, "is_ours": row.audience == "staff", "language": row.language}
        for row in rows
    ]  # fmt: skip
    return part(visit, "finding/_article_options", rows=shown)


def inserted(visit: Visit, number: int, key: int) -> HttpResponse:
    """The words for the composer; `how` is link or text."""
    how = TEXT if visit.form.get("how") == TEXT else LINK
    found = insert_article(visit.person, number, key, how=how, by=visit.by, at=visit.at)
    said: dict[str, Any] = {"text": found.text, "cursor": None, "unfilled": [], "files": []}
    return HttpResponse(json.dumps(said), content_type="application/json")
