"""The list of articles for those who write them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.company.queries import languages
from careline.domain.knowledge.queries.articles import Wanted, articles_page, state_counts
from careline.domain.knowledge.queries.opinions import helped, opinions_open
from careline.domain.staff.rules import may, require
from careline.entrypoints.web.articles.wording import (
    KINDS,
    STATES,
    in_words,
    kind_words,
    state_words,
    states_by_language,
    title_of,
)
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_text
from careline.flows.write_article import PUBLISH, WRITE

SHOWN = 50
_TABS = ("", "draft", "review", "approved", "scheduled", "published", "archived")


def articles(visit: Visit) -> HttpResponse:
    require(visit.person, WRITE)
    asked = {name: visit.asked.get(name, "").strip()[:200] for name in ("q", "state", "kind", "due")}
    wanted = Wanted(
        words=asked["q"], state=asked["state"] if asked["state"] in STATES else "", kind=asked["kind"] if asked["kind"] in KINDS else "",
        due_by=visit.at.astimezone(visit.zone).date() if asked["due"] else None,
    )  # fmt: skip
    found = articles_page(wanted, before=_after(visit.asked.get("after", "")), limit=SHOWN + 1)
    rows, house = found[:SHOWN], languages()
    liked = helped([row.id for row in rows])
    return page(
        visit, "articles/articles", "articles", _("Articles"), rows=[_row(visit, row, liked, house) for row in rows],
        query=asked["q"], is_narrowed=any(asked.values()), tabs=_tabs(asked), kinds=[(code, _(name)) for code, name in KINDS.items()],
        asked=asked, next_url=_next(asked, found), may_publish=may(visit.person, PUBLISH), opinions=opinions_open(),
    )  # fmt: skip


def _row(visit: Visit, row: Any, liked: dict[int, tuple[int, int]], house: tuple[str, ...]) -> dict[str, Any]:
    good, said = liked.get(row.id, (0, 0))
    today = visit.at.astimezone(visit.zone).date()
    return {
        "url": f"/articles/{row.id}", "title": title_of(row.versions, visit.language, house) or _("Without a title"),
        "category": in_words(row.category_names, visit.language, house), "kind": kind_words(row.kind), "is_staff": row.audience == "staff",
        "owner": row.owner_name or "", "states": states_by_language(row.versions), "is_due": bool(row.review_by and row.review_by <= today),
        "changed": moment_text(row.updated_at, at=visit.at, zone=visit.zone), "helped": f"{round(100 * good / said)} %" if said else "", "said": said,
    }  # fmt: skip


def _tabs(asked: dict[str, str]) -> list[dict[str, Any]]:
    counts = state_counts()
    return [
        {
            "url": "/articles" + (f"?{urlencode({'state': state})}" if state else ""), "label": state_words(state) if state else _("All"),
            "count": counts.get(state, 0) if state else "", "is_here": asked["state"] == state,
        }
        for state in _TABS
        if not state or counts.get(state) or asked["state"] == state
    ]  # fmt: skip


def _next(asked: dict[str, str], found: list[Any]) -> str:
    if len(found) <= SHOWN:
        return ""
    last = found[SHOWN - 1]
    return "/articles?" + urlencode(
        {**{k: v for k, v in asked.items() if v}, "after": f"{last.updated_at.isoformat()}~{last.id}"}
    )


def _after(words: str) -> tuple[datetime, int] | None:
    moment, _tilde, key = words.partition("~")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    number = whole_number(key)
    return (at, number) if number is not None and at.tzinfo is not None else None
