"""What people looked for is noted, with what became of it; and forgotten after 90 days."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.knowledge.commands.article_index import count_again
from careline.domain.knowledge.models import ArticleInCase, ArticlePhrase, Search
from careline.domain.knowledge.rules.finding import key_of, remembered
from careline.kit import db

KEPT = timedelta(days=90)
STILL_TYPING = timedelta(minutes=2)
OUTCOMES = ("solved", "not_solved")
_GOES_ON = """
UPDATE knowledge_search SET words = %(words)s, key = %(key)s, results = %(results)s, cover = %(cover)s, language = %(language)s, at = %(at)s
WHERE id = (SELECT id FROM knowledge_search WHERE visitor = %(visitor)s AND at > %(since)s AND place = %(place)s
    AND opened = '{}' AND outcome = '' ORDER BY at DESC, id DESC LIMIT 1)
RETURNING token
"""
_NEW = """
INSERT INTO knowledge_search (token, visitor, at, brand_id, language, place, words, key, results, cover, opened, outcome)
VALUES (%(token)s, %(visitor)s, %(at)s, %(brand)s, %(language)s, %(place)s, %(words)s, %(key)s, %(results)s, %(cover)s, '{}', '')
"""


def note_search(
    words: str, *, token: str, visitor: str, brand: int, language: str, place: str, results: int, cover: float, at: datetime
) -> str:  # fmt: skip
    """The token by which it is told what became of it. Whoever is still typing goes on with the same search."""
    said = {
        "words": remembered(words), "key": key_of(remembered(words)), "token": token, "visitor": visitor, "brand": brand, "language": language,
        "place": place, "results": results, "cover": cover, "at": at, "since": at - STILL_TYPING,
    }  # fmt: skip
    held: str | None = db.value(_GOES_ON, said) if place == "suggestion" else None
    if held is None:
        db.execute(_NEW, said)
    return held or token


def note_opened(token: str, *, article: int) -> bool:
    """Whether there was such a search."""
    return bool(
        db.execute(
            """UPDATE knowledge_search SET opened = opened || %(article)s::bigint
               WHERE token = %(token)s AND NOT %(article)s = ANY(opened) AND cardinality(opened) < 20""",
            {"token": token, "article": article},
        )
    )


def note_outcome(token: str, *, outcome: str) -> bool:
    """As the one who looked says. Whether there was such a search."""
    return bool(Search.objects.filter(token=token).update(outcome=outcome))


def settle_searches(key: str, *, by: Actor, at: datetime) -> int:
    """Somebody has dealt with all that was looked for by these words; how many searches."""
    with transaction.atomic():
        found = Search.objects.filter(key=key, settled_at=None).update(settled_at=at)
        record(Happening("search.settled", "search", 0, data={"searches": found}), by=by, at=at)
    return found


def add_phrase(article: int, *, language: str, words: str, by: Actor, at: datetime) -> None:
    """The article is found by these words from now on."""
    with transaction.atomic():
        ArticlePhrase.objects.get_or_create(
            article_id=article, language=language, words=words, defaults={"added_at": at}
        )
        count_again(article)
        record(Happening("article.phrase_added", "article", article, data={"language": language}), by=by, at=at)


def put_in_case(article: int, *, conversation: int, how: str, by: Actor, at: datetime) -> bool:
    """The article stands in an answer of the case; whether it did not before."""
    _row, is_new = ArticleInCase.objects.get_or_create(
        conversation_id=conversation, article_id=article, how=how, defaults={"agent_id": by.id if by.kind == "agent" else None, "at": at}
    )  # fmt: skip
    return bool(is_new)


def forget_searches(*, at: datetime, limit: int = 5_000) -> int:
    """What is older than 90 days, some at a time."""
    return db.execute(
        "DELETE FROM knowledge_search WHERE id IN (SELECT id FROM knowledge_search WHERE at < %s ORDER BY at LIMIT %s)",
        [at - KEPT, limit],
    )
