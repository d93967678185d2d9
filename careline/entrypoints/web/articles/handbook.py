"""What the house knows, for those who work here: everything published, also what is for staff alone."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from markupsafe import Markup

from careline.domain.company.queries import languages
from careline.domain.conversations.errors import NotFound
from careline.domain.knowledge.queries.published import published_articles, text_of_article
from careline.domain.knowledge.rules.articles import PICTURES
from careline.domain.staff.rules import may, require
from careline.entrypoints.web.articles.editing import HERE
from careline.entrypoints.web.articles.wording import KINDS, kind_words
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import language_name, moment_text
from careline.flows.write_article import WRITE

READ = "knowledge:read"
SHOWN = 50


def handbook(visit: Visit) -> HttpResponse:
    """One list over all brands, with a search; in one language, or in all."""
    require(visit.person, READ)
    asked = {name: visit.asked.get(name, "").strip()[:200] for name in ("q", "kind", "lang")}
    title, _tilde, key = visit.asked.get("after", "").rpartition("~")
    found = published_articles(
        None, asked["lang"] or None, kind=asked["kind"] if asked["kind"] in KINDS else "", audience=None, words=asked["q"],
        after=(title, whole_number(key) or 0) if title else None, limit=SHOWN + 1,
    )  # fmt: skip
    rows = [
        {"url": f"/handbook/{row.article_id}?lang={row.language}", "title": row.title, "summary": row.summary, "kind": kind_words(row.kind),
         "is_staff": row.audience == "staff", "language": row.language, "changed": moment_text(row.updated_at, at=visit.at, zone=visit.zone)}
        for row in found[:SHOWN]
    ]  # fmt: skip
    last = found[SHOWN - 1] if len(found) > SHOWN else None
    onward = {**{k: v for k, v in asked.items() if v}, "after": f"{last.title}~{last.article_id}"} if last else {}
    return page(
        visit, "articles/handbook", "articles", _("Articles and policies"), rows=rows, asked=asked, is_narrowed=any(asked.values()),
        kinds=[(code, _(name)) for code, name in KINDS.items()], tongues=[(code, language_name(code)) for code in languages()],
        next_url=f"/handbook?{urlencode(onward)}" if onward else "", may_write=may(visit.person, WRITE),
    )  # fmt: skip


def reading(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, READ)
    row = text_of_article(key, visit.asked.get("lang", ""))
    if row is None:
        raise NotFound(f"There is no article {key}.")
    html = Markup(row.html.replace(f'src="{PICTURES}', f'src="{HERE}'))  # noqa: S704  sanitised when it was written
    return page(
        visit, "articles/reading", "articles", row.title, row=row, html=html, kind=kind_words(row.kind), is_staff=row.audience == "staff",
        changed=moment_text(row.updated_at, at=visit.at, zone=visit.zone), may_write=may(visit.person, WRITE),
        public_url=f"/help/{row.language}/{row.slug}" if row.audience == "public" else "",
    )  # fmt: skip
