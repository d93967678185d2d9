"""Searching in everything one may see."""

from __future__ import annotations

from typing import Any

from careline.domain.company.queries import languages
from careline.domain.desk.queries.search.everything import results_of
from careline.domain.desk.queries.search.hits import Hit
from careline.domain.desk.queries.search.suggestions import suggestions_for
from careline.domain.staff.rules import Forbidden, may
from careline.entrypoints.api.paging import moment_and_key, place_after
from careline.entrypoints.api.routes import Call, route
from careline.entrypoints.api.shapes.search import (
    NotUnderstood,
    SearchHit,
    SearchPage,
    SearchQuery,
    Suggestion,
    SuggestionQuery,
    Suggestions,
)
from careline.kit.search.snippets import as_html, as_text


@route("GET", "/search", query=SearchQuery, answer=SearchPage)
def search(call: Call) -> Any:
    """Finds cases by their messages, notes and attached files, customers and companies; the newest first.

    One hit for each case: its newest message that holds the words, or the case itself where only operators are given.
    Without `type`, customers and companies come first on the first page. Operators: from to cc subject tag is assignee team
    status priority channel customer company number before after on has filename language follower mentions field.NAME.
    """
    _require(call)
    asked = call.query
    found = results_of(
        asked.q, call.person, at=call.at, languages=languages(), type=asked.type or "", after=moment_and_key(asked.cursor),
        limit=asked.limit, mend=not asked.exact,
    )  # fmt: skip
    return SearchPage(
        items=[_shown(hit) for hit in found.hits],
        next=place_after(found.next),
        searched=found.asked.text,
        not_understood=[
            NotUnderstood(found.asked.text[t.token.start : t.token.end], t.suggestion) for t in found.asked.troubles
        ],
        is_partial=found.is_cut_short,
    )


@route("GET", "/search/suggestions", query=SuggestionQuery, answer=Suggestions)
def suggestions(call: Call) -> Any:
    """What somebody may mean who has typed this so far: operators and their values, cases, customers, own earlier searches."""
    _require(call)
    return Suggestions(
        [
            Suggestion(one.type, one.text, one.query or None, str(one.key) if one.key is not None else None)  # type: ignore[arg-type]
            for one in suggestions_for(call.query.q, call.person, at=call.at, languages=languages())
        ]
    )


def _require(call: Call) -> None:
    if not (may(call.person, "conversation:read") or may(call.person, "customer:read")):
        raise Forbidden("conversation:read")


def _shown(hit: Hit) -> SearchHit:
    return SearchHit(hit.type, str(hit.key), hit.number, as_text(hit.title), as_html(hit.snippet), hit.at, hit.file)  # type: ignore[arg-type]
