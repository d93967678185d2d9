"""Gaps of the help centre in a period: what was looked for in vain, solved without an article, or not helped by one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.reports.queries.behind import UNWRITTEN
from careline.domain.reports.queries.knowledge_gaps import Gaps, gaps_of, opinions_behind, searches_behind
from careline.domain.reports.queries.labels import labels_of
from careline.domain.reports.queries.reach import VERB
from careline.domain.reports.rules.measures import key_of
from careline.domain.reports.rules.ratios import GAPS
from careline.domain.staff.rules import may, require
from careline.entrypoints.web.articles.wording import reason_words
from careline.entrypoints.web.moments import moment_text
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.reports.asking import Question, filters_shown, name_of, question_of
from careline.entrypoints.web.reports.shown import number
from careline.entrypoints.web.reports.tabs import tabs
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import language_name


def gaps(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    question = question_of(visit)
    found = gaps_of(visit.person, question.asked)
    words, article = visit.asked.get("words", "")[:200], whole_number(visit.asked.get("article"))
    return page(
        visit, "reports/gaps", "reports", _("Knowledge gaps"), name=_("Knowledge gaps"), tabs=tabs(visit, question, "gaps"),
        form=filters_shown(question, visit, path="/reports/gaps"), tables=_tables(found, question, visit),
        searches=_searches(question, words, visit) if words else [], opinions=_opinions(question, article, visit) if article else [],
        behind=words or next((row.title for row in found.articles if row.id == article), ""), may_write=may(visit.person, "knowledge:write"),
    )  # fmt: skip


def _tables(found: Gaps, question: Question, visit: Visit) -> list[dict[str, Any]]:
    """[{name, definition, noun, rows: [{name, count, url, more, before, part}]}]"""
    labels = labels_of("topic", [key_of(topic) for topic, _cases, _before in found.topics], language=visit.language)
    rows = [
        [_row(row.words, row.times, row.before, _here(question, words=row.key), _search_words(row)) for row in found.searches],
        [_row(name_of("topic", key, visit, labels.get(key, "")), cases, before, f"/reports/cases?{question.query(measure=UNWRITTEN, topic=key)}")
         for topic, cases, before in found.topics if (key := key_of(topic))],
        [_row(row.title or _("An article that is gone"), row.unhelped, row.before, _here(question, article=row.id),
              _("of %(num)s who said anything") % {"num": number(row.said)}) for row in found.articles],
    ]  # fmt: skip
    nouns = (_("Words"), _("Topic"), _("Article"))
    return [
        {"name": _(gap.name), "definition": _(gap.definition), "noun": noun, "rows": _with_parts(some)}
        for gap, noun, some in zip(GAPS, nouns, rows, strict=True)
    ]


def _row(name: str, count: int, before: int, url: str, more: str = "") -> dict[str, Any]:
    return {"name": name, "n": count, "count": number(count), "before": number(before), "url": url, "more": more}


def _with_parts(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    most = max((row["n"] for row in rows), default=1)
    return [row | {"part": round(100 * row["n"] / most)} for row in rows]


def _search_words(row: Any) -> str:
    said = []
    if row.nothing:
        said.append(_("nothing found: %(num)s") % {"num": number(row.nothing)})
    if row.unhelped:
        said.append(_("did not help: %(num)s") % {"num": number(row.unhelped)})
    return ", ".join(said)


def _here(question: Question, **more: object) -> str:
    return f"/reports/gaps?{question.query(**more)}#behind"


def _searches(question: Question, key: str, visit: Visit) -> list[dict[str, Any]]:
    outcomes = {"solved": _("Helped"), "not_solved": _("Did not help")}
    return [
        {"at": moment_text(row.at, visit), "words": row.words, "language": language_name(row.language), "results": number(row.results),
         "outcome": outcomes.get(row.outcome, "")}
        for row in searches_behind(question.asked, key)
    ]  # fmt: skip


def _opinions(question: Question, article: int, visit: Visit) -> list[dict[str, Any]]:
    return [
        {"at": moment_text(row.given_at, visit), "language": language_name(row.language), "reason": reason_words(row.reason), "comment": row.comment}
        for row in opinions_behind(question.asked, article)
    ]  # fmt: skip
