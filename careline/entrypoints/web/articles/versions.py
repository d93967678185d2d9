"""The versions of an article in one language, and what differs between two of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.knowledge.queries.articles import version_of, versions_of
from careline.domain.staff.rules import require
from careline.entrypoints.web.articles.wording import CHIPS, state_words, title_of
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import language_name, moment_words
from careline.flows.write_article import WRITE, found_article
from careline.kit.differences import Piece, differences


def versions(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, WRITE)
    row = found_article(key)
    language = visit.asked.get("lang", "") or row.versions[0]["language"]
    rows = versions_of(key, language)
    if not rows:
        raise NotFound("There are no versions in this language.")
    newest = rows[0].number
    after = whole_number(visit.asked.get("to")) or newest
    before = whole_number(visit.asked.get("from"))
    before = max(0, after - 1) if before is None else before
    return page(
        visit, "articles/versions", "articles", _("Versions"), url=f"/articles/{key}", name=title_of(row.versions, visit.language), tongue=language,
        language_name=language_name(language), rows=[_row(visit, one) for one in rows], before=before, after=after,
        pieces=_pieces(key, language, before, after),
    )  # fmt: skip


def _pieces(key: int, language: str, before: int, after: int) -> list[Piece]:
    return differences(_words(key, language, before), _words(key, language, after))


def _words(key: int, language: str, number: int) -> str:
    """Title, summary and text as plain words; nothing before the first version."""
    if number == 0:
        return ""
    version = version_of(key, language, number)
    if version is None:
        raise NotFound(f"There is no version {number}.")
    return "\n\n".join(part for part in (version.title, version.summary, version.text) if part) + "\n"


def _row(visit: Visit, row: Any) -> dict[str, Any]:
    return {
        "number": row.number, "words": state_words(row.state), "chip": CHIPS.get(row.state, ""), "title": row.title,
        "at": moment_words(row.changed_at, at=visit.at, zone=visit.zone), "writers": ", ".join(row.writer_names), "approved_by": row.approved_by_name,
        "remark": row.remark,
    }  # fmt: skip
