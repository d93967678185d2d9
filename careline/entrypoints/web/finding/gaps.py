"""What customers look for and do not find: each row opens what is behind it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.company.queries import sites
from careline.domain.conversations.queries.structure import in_language
from careline.domain.knowledge.queries.finding import articles_for
from careline.domain.knowledge.queries.gaps import (
    cases_of_topic,
    cases_without_article,
    gaps,
    search_figures,
    searches_of,
)
from careline.domain.knowledge.queries.published import published_articles
from careline.domain.knowledge.rules.finding import key_of
from careline.domain.staff.rules import require
from careline.entrypoints.web.pages import next_page, page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import language_name, moment_words
from careline.flows.close_gap import VERB, answer_gap, settle_gap

DAYS, SHOWN = 30, 50


def report(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    since = _since(visit)
    times, _sign, key = visit.asked.get("after", "").partition(".")
    after = (int(times), key) if whole_number(times) is not None else None
    rows = gaps(since=since, after=after, limit=SHOWN + 1)
    last = rows[SHOWN - 1] if len(rows) > SHOWN else None
    next_url = f"/gaps?{urlencode({'after': f'{last.times}.{last.key}'})}" if last else ""
    return page(
        visit, "finding/gaps", "settings", _("What is not answered"), gaps=[_row(visit, row) for row in rows[:SHOWN]], next_url=next_url,
        figures=search_figures(since=since), days=DAYS,
        topics=[
            {"name": in_language(row.topic, visit.language) if row.topic else _("No topic"), "cases": row.cases,
             "url": f"/gaps/cases?topic={row.topic_id or ''}"}
            for row in cases_without_article(visit.person, since=since)
        ],
    )  # fmt: skip


def searches(visit: Visit) -> HttpResponse:
    """The searches behind a row, and what may close the gap."""
    require(visit.person, VERB)
    words = visit.asked.get("words", "")[:200]
    rows = searches_of(key_of(words), since=_since(visit))
    site, language = sites()[0], (rows[0].language if rows else visit.language)
    near = articles_for(words, brand=None, language=language, languages=site.languages, limit=8, least=0.0).articles
    known = {row.article_id for row in near}
    others = [row for row in published_articles(None, language, limit=500) if row.article_id not in known]
    return page(
        visit, "finding/searches", "settings", words or _("What is not answered"), words=words, asked_in=language,
        articles=[(row.article_id, row.title) for row in [*near, *others]],
        searches=[
            {"words": row.words, "at": moment_words(row.at, at=visit.at, zone=visit.zone), "language": language_name(row.language),
             "place": _places().get(row.place, row.place), "results": row.results, "outcome": _outcomes().get(row.outcome, "")}
            for row in rows
        ],
    )  # fmt: skip


def cases(visit: Visit) -> HttpResponse:
    """The cases behind a number: only those that the reader sees."""
    require(visit.person, VERB)
    said = visit.asked.get("topic", "")
    topic = whole_number(said)
    rows = cases_of_topic(
        visit.person, topic, since=_since(visit), before=whole_number(visit.asked.get("after")), limit=SHOWN + 1
    )
    return page(
        visit, "finding/cases", "settings", _("Solved without an article"), next_url=next_page("/gaps/cases", rows, SHOWN, topic=said),
        cases=[
            {"number": row.number, "url": f"/conversations/{row.number}", "subject": row.subject or _("No subject"),
             "at": moment_words(row.resolved_at, at=visit.at, zone=visit.zone)}
            for row in rows[:SHOWN]
        ],
    )  # fmt: skip


def answered(visit: Visit) -> HttpResponse:
    words, article = visit.form.get("words", ""), whole_number(visit.form.get("article")) or 0
    answer_gap(visit.person, words, article=article, language=visit.form.get("language", ""), by=visit.by, at=visit.at)
    return HttpResponseRedirect("/gaps")


def settled(visit: Visit) -> HttpResponse:
    settle_gap(visit.person, visit.form.get("words", ""), by=visit.by, at=visit.at)
    return HttpResponse(headers={"HX-Redirect": "/gaps"})


def _since(visit: Visit) -> datetime:
    return visit.at - timedelta(days=DAYS)


def _row(visit: Visit, row: Any) -> dict[str, Any]:
    return {
        "words": row.words, "url": f"/gaps/searches?{urlencode({'words': row.words})}", "times": row.times, "nothing": row.nothing,
        "unhelped": row.unhelped, "last": moment_words(row.last_at, at=visit.at, zone=visit.zone),
        "languages": ", ".join(language_name(code) for code in row.languages),
    }  # fmt: skip


def _places() -> dict[str, str]:
    return {"help": _("Help centre"), "suggestion": _("Form or chat")}


def _outcomes() -> dict[str, str]:
    return {"solved": _("Helped"), "not_solved": _("Did not help")}
