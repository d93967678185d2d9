"""Articles as readers see them: published words only. `audience` public is what customers may read, None what the house may."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.kit import db

PUBLIC = "public"


def languages_read(brand: int, *, audience: str | None = PUBLIC) -> dict[str, int]:
    """In which languages there is something to read, and how many articles."""
    rows = db.rows(
        """SELECT language, count(*) AS n FROM knowledge_articletext
           WHERE brand_id = %(brand)s AND (%(audience)s::text IS NULL OR audience = %(audience)s) GROUP BY language""",
        {"brand": brand, "audience": audience},
    )
    return {row.language: row.n for row in rows}


def shelves_of(brand: int, language: str) -> list[Any]:
    """The brand's categories with `articles`, how many the public may read in this language on the shelf itself."""
    return db.rows(
        """SELECT c.id, c.parent_id, c.slug, c.names, count(t.id) AS articles FROM knowledge_category c
           LEFT JOIN knowledge_article a ON a.category_id = c.id
           LEFT JOIN knowledge_articletext t ON t.article_id = a.id AND t.language = %s AND t.audience = 'public'
           WHERE c.brand_id = %s GROUP BY c.id ORDER BY c.position, c.id""",
        [language, brand],
        prepared=True,
    )


_TEASER = """SELECT t.article_id, t.language, t.slug, t.title, t.summary, t.kind, t.audience, a.category_id, a.product, t.published_at, t.updated_at
FROM knowledge_articletext t JOIN knowledge_article a ON a.id = t.article_id"""


def published_articles(
    brand: int | None, language: str | None, *, categories: list[int] | None = None, kind: str = "", audience: str | None = PUBLIC,
    words: str = "", after: tuple[str, int] | None = None, limit: int = 50,
) -> list[Any]:  # fmt: skip
    """By title. `categories`: on one of these shelves; `words`: every one of them stands in it; `after`: (title, article) seen last."""
    patterns = [f"%{word}%" for word in words.replace("\\", "").replace("%", "").replace("_", " ").split()[:8]]
    return db.rows(
        f"""{_TEASER} WHERE (%(brand)s::bigint IS NULL OR t.brand_id = %(brand)s) AND (%(language)s::text IS NULL OR t.language = %(language)s)
            AND (%(audience)s::text IS NULL OR t.audience = %(audience)s) AND (%(kind)s = '' OR t.kind = %(kind)s)
            AND (%(categories)s::bigint[] IS NULL OR a.category_id = ANY(%(categories)s))
            AND (SELECT coalesce(bool_and(t.title ILIKE p OR t.summary ILIKE p OR t.text ILIKE p), true) FROM unnest(%(patterns)s::text[]) AS p)
            AND (%(after)s::text IS NULL OR (t.title, t.article_id) > (%(after)s, %(after_id)s))
            ORDER BY t.title, t.article_id LIMIT %(limit)s""",
        {
            "brand": brand, "language": language, "audience": audience, "kind": kind, "categories": categories, "patterns": patterns,
            "after": after[0] if after else None, "after_id": after[1] if after else None, "limit": limit,
        },
    )  # fmt: skip


def newest_articles(brand: int, language: str, *, kind: str = "", limit: int = 20) -> list[Any]:
    """What the public may read, what was changed last first; with `text`."""
    return db.rows(
        """SELECT t.article_id, t.slug, t.title, t.summary, t.text, t.html, t.published_at, t.updated_at FROM knowledge_articletext t
           WHERE t.brand_id = %s AND t.language = %s AND t.audience = 'public' AND (%s = '' OR t.kind = %s)
           ORDER BY t.updated_at DESC, t.id DESC LIMIT %s""",
        [brand, language, kind, kind, limit],
    )


def text_at(brand: int, language: str, slug: str) -> Any | None:
    """What the public may read at this address, with its shelf (category_slug, category_names, parent_slug, parent_names) and
    `languages` [{language, slug}] in which it can be read."""
    return db.row(
        """SELECT t.article_id, t.language, t.slug, t.title, t.summary, t.html, t.text, t.kind, t.published_at, t.updated_at, v.number AS version,
               a.category_id, a.product, c.slug AS category_slug, c.names AS category_names, p.slug AS parent_slug, p.names AS parent_names,
               (SELECT json_agg(json_build_object('language', o.language, 'slug', o.slug) ORDER BY o.language)
                FROM knowledge_articletext o WHERE o.article_id = t.article_id) AS languages
           FROM knowledge_articletext t JOIN knowledge_articleversion v ON v.id = t.version_id JOIN knowledge_article a ON a.id = t.article_id
           LEFT JOIN knowledge_category c ON c.id = a.category_id LEFT JOIN knowledge_category p ON p.id = c.parent_id
           WHERE t.brand_id = %s AND t.language = %s AND t.slug = %s AND t.audience = 'public'""",
        [brand, language, slug],
        prepared=True,
    )


def text_of_article(article: int, language: str = "") -> Any | None:
    """The published words whoever reads them, in this language, else in the one it was published in first."""
    return db.row(
        """SELECT t.article_id, t.brand_id, t.language, t.slug, t.title, t.summary, t.html, t.text, t.kind, t.audience, t.published_at, t.updated_at
           FROM knowledge_articletext t WHERE t.article_id = %s ORDER BY t.language <> %s, t.published_at, t.id LIMIT 1""",
        [article, language],
    )


def moved_to(brand: int, language: str, slug: str) -> str:
    """The slug under which the public reads today what had this one before; empty where nothing had it."""
    return (
        db.value(
            """SELECT t.slug FROM knowledge_articleversion v JOIN knowledge_articletext t ON t.article_id = v.article_id AND t.language = v.language
               WHERE v.language = %s AND v.slug = %s AND v.published_at IS NOT NULL AND t.brand_id = %s AND t.audience = 'public'
               ORDER BY v.published_at DESC LIMIT 1""",
            [language, slug, brand],
        )
        or ""
    )


def related_to(article: int, language: str, *, limit: int = 4) -> list[Any]:
    """Others that the public may read: of the same product or shelf, those that helped most first. Never the article itself."""
    return db.rows(
        """SELECT t.slug, t.title, t.summary FROM knowledge_article me
           JOIN knowledge_articletext t ON t.brand_id = me.brand_id AND t.language = %(language)s AND t.audience = 'public' AND t.article_id <> me.id
           JOIN knowledge_article a ON a.id = t.article_id AND (a.category_id = me.category_id OR (a.product <> '' AND a.product = me.product))
           LEFT JOIN LATERAL (SELECT count(*) FILTER (WHERE is_helpful) - count(*) FILTER (WHERE NOT is_helpful) AS liked
               FROM knowledge_articleopinion o WHERE o.article_id = a.id) o ON true
           WHERE me.id = %(article)s
           ORDER BY (a.product <> '' AND a.product = me.product) DESC, o.liked DESC, t.title, t.id LIMIT %(limit)s""",
        {"article": article, "language": language, "limit": limit},
        prepared=True,
    )


def addresses_of(brand: int, *, limit: int = 50_000) -> list[Any]:
    """article_id, language, slug, updated_at of everything the public may read, for the site map."""
    return db.rows(
        """SELECT article_id, language, slug, updated_at FROM knowledge_articletext WHERE brand_id = %s AND audience = 'public'
           ORDER BY article_id, language LIMIT %s""",
        [brand, limit],
    )


def changed_at(brand: int, language: str) -> datetime | None:
    """When something the public reads in this language changed last."""
    found: datetime | None = db.value(
        "SELECT max(updated_at) FROM knowledge_articletext WHERE brand_id = %s AND language = %s AND audience = 'public'",
        [brand, language],
    )
    return found
