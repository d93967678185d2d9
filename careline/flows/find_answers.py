"""Somebody looks for an answer by themselves; what they looked for and what became of it is noted."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.knowledge.commands import searches
from careline.domain.knowledge.queries.finding import Found, articles_for, texts_of
from careline.kit.search.snippets import as_text, snippet

SUGGESTION, HELP = "suggestion", "help"
SHORTEST = 3
_SNIPPET = 140


@dataclass(frozen=True, slots=True)
class Answers:
    """`token`: by it we are told what became of it; empty where nothing was asked. `snippets` by the row's id."""

    found: Found
    token: str
    snippets: dict[int, str]


def find_answers(
    text: str, *, brand: int, language: str, languages: Sequence[str], place: str, visitor: str, limit: int, at: datetime
) -> Answers:  # fmt: skip
    """What customers may read. A suggestion is asked for while they type."""
    if len(text.strip()) < SHORTEST and text.isascii():
        return Answers(Found([]), "", {})
    is_typing = place == SUGGESTION
    found = articles_for(text, brand=brand, language=language, languages=languages, is_typing=is_typing, limit=limit)
    token = searches.note_search(
        text, token=secrets.token_urlsafe(18), visitor=visitor, brand=brand, language=language, place=place, results=len(found.articles),
        cover=found.cover, at=at,
    )  # fmt: skip
    return Answers(found, token, snippets_of(found))


def snippets_of(found: Found) -> dict[int, str]:
    """About 140 characters of each that show why it was found; its own summary where it has one."""
    texts = texts_of([row for row in found.articles if not row.summary])
    return {
        row.id: row.summary or as_text(snippet(texts.get(row.id, ""), found.marks, length=_SNIPPET)) for row in found.articles
    }  # fmt: skip


def tell_opened(token: str, *, article: int) -> None:
    searches.note_opened(token, article=article)


def tell_outcome(token: str, *, outcome: str) -> None:
    """solved or not_solved, as the one who looked says. Raises Refused, NotFound."""
    if outcome not in searches.OUTCOMES:
        raise Refused("Say solved or not_solved.")
    if not searches.note_outcome(token, outcome=outcome):
        raise NotFound("There was no such search.")
