"""Whether an article helped: said by a reader, settled by somebody who works on it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db


@transaction.atomic
def give_opinion(
    article: int, *, language: str, version: int, reader: str, is_helpful: bool, reason: str = "", comment: str = "", by: Actor, at: datetime
) -> None:  # fmt: skip
    """One opinion of a reader: said again it takes the place of the one before, and waits to be settled anew."""
    is_new = db.value(
        """INSERT INTO knowledge_articleopinion (article_id, language, version, reader, is_helpful, reason, comment, given_at)
           VALUES (%(article)s, %(language)s, %(version)s, %(reader)s, %(is_helpful)s, %(reason)s, %(comment)s, %(at)s)
           ON CONFLICT (article_id, reader) DO UPDATE SET is_helpful = excluded.is_helpful, reason = excluded.reason, comment = excluded.comment,
               settled_at = NULL, settled_by_id = NULL RETURNING xmax = 0""",
        {"article": article, "language": language, "version": version, "reader": reader, "is_helpful": is_helpful, "reason": reason,
         "comment": comment, "at": at},
    )  # fmt: skip
    if is_new:
        name = "article.helped" if is_helpful else "article.did_not_help"
        record(Happening(name, "article", article, data={"language": language, "version": version}), by=by, at=at)


@transaction.atomic
def settle_opinions(keys: list[int], *, by: Actor, at: datetime) -> int:
    """These need no more work; how many were open."""
    rows = db.rows(
        """UPDATE knowledge_articleopinion SET settled_at = %s, settled_by_id = %s WHERE id = ANY(%s) AND settled_at IS NULL
           RETURNING article_id""",
        [at, by.id if by.kind == "agent" else None, keys],
    )
    for article in sorted({row.article_id for row in rows}):
        record(Happening("article.opinions_settled", "article", article), by=by, at=at)
    return len(rows)
