"""Articles for an answer, and what customers look for in vain. What customers themselves are offered: GET /help/suggestions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from careline.domain.knowledge.queries.gaps import gaps
from careline.domain.staff.rules import require
from careline.entrypoints.api.routes import Call, route
from careline.entrypoints.api.shapes import suggestions as shapes
from careline.flows import close_gap
from careline.flows.insert_article import articles_to_insert, insert_article

_ARTICLES = "/conversations/{number}/suggested-articles"
_DAYS = timedelta(days=30)


@route("GET", _ARTICLES, query=shapes.SuggestionQuery, answer=shapes.SuggestedArticles)
def suggested_articles(call: Call) -> Any:
    """What may help here: by the words of `q`, else by the case's subject. Also articles that only the house may read."""
    rows = articles_to_insert(call.person, call.number, words=call.query.q.strip(), limit=call.query.limit)
    return shapes.SuggestedArticles([
        shapes.SuggestedArticle(str(r.article_id), r.language, r.title, r.summary, r.audience, getattr(r, "cover", None)) for r in rows
    ])  # fmt: skip


@route("POST", _ARTICLES, body=shapes.NewArticleUse, answer=shapes.ArticleUse)
def used_article(call: Call) -> Any:
    """The words for an answer; the case remembers the article."""
    given = call.body
    found = insert_article(call.person, call.number, int(given.article), how=given.how, by=call.by, at=call.at)
    return shapes.ArticleUse(found.text)


@route("GET", "/article-gaps", answer=shapes.Gaps)
def article_gaps(call: Call) -> Any:
    """What was looked for in vain, the most often first; at most 200."""
    require(call.person, close_gap.VERB)
    return shapes.Gaps([
        shapes.Gap(r.words, r.times, r.nothing, r.unhelped, r.languages, r.last_at) for r in gaps(since=call.at - _DAYS, limit=200)
    ])  # fmt: skip


@route("PUT", "/article-gaps", body=shapes.GapAnswer, status=204)
def closed_article_gap(call: Call) -> Any:
    """Closes a gap: by an article that answers it, or because nothing has to be written."""
    given = call.body
    if given.article is None:
        close_gap.settle_gap(call.person, given.words, by=call.by, at=call.at)
        return
    close_gap.answer_gap(
        call.person, given.words, article=int(given.article), language=given.language, by=call.by, at=call.at
    )
