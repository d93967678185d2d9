"""Articles as those see them who write, review and publish them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from careline.kit import db


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles a list means; what is None or empty asks nothing. `state`: of one of its versions, or "archived"; without it
    archived ones are left out. `due_by`: those that were to be looked at again by this day."""

    brand: int | None = None
    words: str = ""
    state: str = ""
    kind: str = ""
    audience: str = ""
    category: int | None = None
    owner: int | None = None
    due_by: date | None = None


_ROW = """
SELECT a.id, a.brand_id, a.category_id, a.kind, a.audience, a.product, a.owner_id, o.name AS owner_name, a.review_by, a.created_at, a.updated_at,
    a.archived_at, c.names AS category_names,
    coalesce((SELECT json_agg(json_build_object('language', v.language, 'state', v.state, 'title', v.title, 'number', v.number, 'slug', v.slug,
            'due_at', v.due_at) ORDER BY v.language, v.number DESC)
        FROM knowledge_articleversion v WHERE v.article_id = a.id
            AND (v.state IN ('draft', 'review', 'approved', 'scheduled', 'published')
                 OR v.number = (SELECT max(n.number) FROM knowledge_articleversion n WHERE n.article_id = a.id AND n.language = v.language))), '[]')
        AS versions
FROM knowledge_article a LEFT JOIN knowledge_category c ON c.id = a.category_id LEFT JOIN staff_agent o ON o.id = a.owner_id
"""


def articles_page(wanted: Wanted, *, before: tuple[datetime, int] | None = None, limit: int = 50) -> list[Any]:
    """The articles that were changed last, first; `before` is (updated_at, id) of the last one that was seen.

    `versions` of a row: [{language, state, title, number, slug, due_at}], the open and the published of each language, else its newest.
    """
    asked = {
        "brand": wanted.brand, "pattern": _pattern(wanted.words), "state": wanted.state, "kind": wanted.kind, "audience": wanted.audience,
        "category": wanted.category, "owner": wanted.owner, "due_by": wanted.due_by, "limit": limit,
        "before_at": before[0] if before else None, "before_id": before[1] if before else None,
    }  # fmt: skip
    return db.rows(
        f"""{_ROW} WHERE (%(brand)s::bigint IS NULL OR a.brand_id = %(brand)s)
            AND ((a.archived_at IS NOT NULL) = (%(state)s = 'archived'))
            AND (%(state)s IN ('', 'archived') OR EXISTS (
                SELECT FROM knowledge_articleversion v WHERE v.article_id = a.id AND v.state = %(state)s))
            AND (%(kind)s = '' OR a.kind = %(kind)s) AND (%(audience)s = '' OR a.audience = %(audience)s)
            AND (%(category)s::bigint IS NULL OR a.category_id = %(category)s)
            AND (%(owner)s::bigint IS NULL OR a.owner_id = %(owner)s)
            AND (%(due_by)s::date IS NULL OR a.review_by <= %(due_by)s)
            AND (%(pattern)s = '' OR EXISTS (SELECT FROM knowledge_articleversion v WHERE v.article_id = a.id AND v.state <> 'replaced'
                AND (v.title ILIKE %(pattern)s OR v.summary ILIKE %(pattern)s OR v.text ILIKE %(pattern)s)))
            AND (%(before_at)s::timestamptz IS NULL OR (a.updated_at, a.id) < (%(before_at)s, %(before_id)s))
            ORDER BY a.updated_at DESC, a.id DESC LIMIT %(limit)s""",
        asked,
    )


def article_by_id(key: int) -> Any | None:
    return db.row(f"{_ROW} WHERE a.id = %s", [key])


_VERSION = """
SELECT v.id, v.article_id, v.language, v.number, v.state, v.slug, v.title, v.summary, v.html, v.text, v.revision, v.writers, v.approved_by_id,
    p.name AS approved_by_name, v.remark, v.due_at, v.changed_at, v.published_at
FROM knowledge_articleversion v LEFT JOIN staff_agent p ON p.id = v.approved_by_id
"""


def version_of(article: int, language: str, number: int) -> Any | None:
    return db.row(
        f"{_VERSION} WHERE v.article_id = %s AND v.language = %s AND v.number = %s", [article, language, number]
    )


def newest_version(article: int, language: str) -> Any | None:
    """What a writer goes on from: the open version, else the published one, else the last there was."""
    return db.row(
        f"""{_VERSION} WHERE v.article_id = %s AND v.language = %s
            ORDER BY (v.state IN ('draft', 'review', 'approved', 'scheduled')) DESC, (v.state = 'published') DESC, v.number DESC LIMIT 1""",
        [article, language],
    )


def versions_of(article: int, language: str, *, before: int | None = None, limit: int = 200) -> list[Any]:
    """Without their words, the newest first; `writer_names` in the order in which they began."""
    return db.rows(
        """SELECT v.number, v.state, v.title, v.changed_at, v.published_at, v.due_at, v.remark, p.name AS approved_by_name,
               ARRAY(SELECT w.name FROM unnest(v.writers) WITH ORDINALITY AS u (id, n) JOIN staff_agent w ON w.id = u.id ORDER BY u.n)
                   AS writer_names
           FROM knowledge_articleversion v LEFT JOIN staff_agent p ON p.id = v.approved_by_id
           WHERE v.article_id = %(article)s AND v.language = %(language)s AND (%(before)s::int IS NULL OR v.number < %(before)s)
           ORDER BY v.number DESC LIMIT %(limit)s""",
        {"article": article, "language": language, "before": before, "limit": limit},
    )


def state_counts(brand: int | None = None) -> dict[str, int]:
    """How many articles have a version in each state; archived ones under "archived" alone."""
    rows = db.rows(
        """SELECT v.state, count(DISTINCT v.article_id) AS n FROM knowledge_articleversion v JOIN knowledge_article a ON a.id = v.article_id
           WHERE a.archived_at IS NULL AND (%(brand)s::bigint IS NULL OR a.brand_id = %(brand)s) GROUP BY v.state
           UNION ALL SELECT 'archived', count(*) FROM knowledge_article a
           WHERE a.archived_at IS NOT NULL AND (%(brand)s::bigint IS NULL OR a.brand_id = %(brand)s)""",
        {"brand": brand},
    )
    return {row.state: row.n for row in rows}


def categories_of(brand: int | None = None) -> list[Any]:
    """id, brand_id, parent_id, slug, names, position, articles: of one brand or all, as they stand side by side."""
    return db.rows(
        """SELECT c.id, c.brand_id, c.parent_id, c.slug, c.names, c.position,
               (SELECT count(*) FROM knowledge_article a WHERE a.category_id = c.id AND a.archived_at IS NULL) AS articles
           FROM knowledge_category c WHERE %(brand)s::bigint IS NULL OR c.brand_id = %(brand)s ORDER BY c.position, c.id""",
        {"brand": brand},
    )


def picture_at(place: str) -> Any | None:
    """digest, name, media_type; `is_open`: it stands in words that anybody may read."""
    return db.row(
        """SELECT p.file_id AS digest, p.name, p.media_type,
               EXISTS (SELECT FROM knowledge_articletext t WHERE t.article_id = p.article_id AND t.audience = 'public') AS is_open
           FROM knowledge_articlepicture p WHERE p.place = %s""",
        [place],
    )


def pictures_of(article: int) -> list[Any]:
    """id, place, digest, name, media_type, size, added_at of all pictures of an article."""
    return db.rows(
        """SELECT p.id, p.place, p.file_id AS digest, p.name, p.media_type, f.size, p.added_at FROM knowledge_articlepicture p
           JOIN files_file f ON f.digest = p.file_id WHERE p.article_id = %s ORDER BY p.id""",
        [article],
    )


def _pattern(words: str) -> str:
    for sign in "\\%_":
        words = words.replace(sign, "\\" + sign)
    return f"%{words.strip()}%" if words.strip() else ""


def article_addressed(brand: int, language: str, slug: str) -> int | None:
    """The article that has this address in its newest version of the language."""
    found: int | None = db.value(
        """SELECT v.article_id FROM knowledge_articleversion v JOIN knowledge_article a ON a.id = v.article_id
           WHERE a.brand_id = %s AND v.language = %s AND v.slug = %s ORDER BY v.id DESC LIMIT 1""",
        [brand, language, slug],
    )
    return found


def all_words() -> list[Any]:
    """The newest words of every language of every article, with what holds for the article."""
    return db.rows(
        """SELECT DISTINCT ON (v.article_id, v.language) v.article_id, v.language, v.state, v.slug, v.title, v.summary, v.html, a.kind, a.audience,
               a.product, c.slug AS category_slug
           FROM knowledge_articleversion v JOIN knowledge_article a ON a.id = v.article_id LEFT JOIN knowledge_category c ON c.id = a.category_id
           ORDER BY v.article_id, v.language, v.number DESC"""
    )
