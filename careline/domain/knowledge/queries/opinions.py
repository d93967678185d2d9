"""What readers said of articles: the work queue, and the figures."""

from __future__ import annotations

from typing import Any

from careline.kit import db


def opinions_to_settle(*, before: int | None = None, article: int | None = None, limit: int = 50) -> list[Any]:
    """Who was not helped and is not settled yet, the newest first; `before`: the id seen last."""
    return db.rows(
        """SELECT o.id, o.article_id, o.language, o.version, o.reason, o.comment, o.given_at, coalesce(t.title, v.title) AS title,
               v.state AS state, w.name AS owner_name
           FROM knowledge_articleopinion o JOIN knowledge_article a ON a.id = o.article_id
           LEFT JOIN staff_agent w ON w.id = a.owner_id
           LEFT JOIN knowledge_articletext t ON t.article_id = o.article_id AND t.language = o.language
           LEFT JOIN knowledge_articleversion v ON v.article_id = o.article_id AND v.language = o.language AND v.number = o.version
           WHERE NOT o.is_helpful AND o.settled_at IS NULL AND (%(before)s::bigint IS NULL OR o.id < %(before)s)
               AND (%(article)s::bigint IS NULL OR o.article_id = %(article)s)
           ORDER BY o.id DESC LIMIT %(limit)s""",
        {"before": before, "article": article, "limit": limit},
    )


def opinions_open() -> int:
    return int(db.value("SELECT count(*) FROM knowledge_articleopinion WHERE NOT is_helpful AND settled_at IS NULL"))


def helped(articles: list[int]) -> dict[int, tuple[int, int]]:
    """article: (how many it helped, how many said anything)."""
    rows = db.rows(
        """SELECT article_id, count(*) FILTER (WHERE is_helpful) AS helped, count(*) AS said FROM knowledge_articleopinion
           WHERE article_id = ANY(%s) GROUP BY article_id""",
        [articles],
    )
    return {row.article_id: (row.helped, row.said) for row in rows}
