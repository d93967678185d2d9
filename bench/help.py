"""A help centre of 2,000 articles before a reader: one article's page and the first page, and what they weigh."""

from __future__ import annotations

import gzip
import time
from datetime import UTC, datetime
from statistics import median

from django.conf import settings
from django.test import Client

from bench.figures import Figure, Part
from careline.domain.company.queries import default_brand
from careline.kit import db

ARTICLES, TIMES = 2_000, 60
PAGE_MS, WEIGHT = 5, 50_000


def measure(part: Part) -> None:
    _fill(int(default_brand().pk), datetime.now(UTC))
    settings.ALLOWED_HOSTS = ["*"]
    reader = Client()
    for name, address in (
        ("An article", "/help/en/bells-700"),
        ("A shelf of 100", "/help/en/c/shelf-1"),
        ("The first page", "/help/en"),
    ):
        ours, body = _asked(reader, address)
        part.add(Figure(f"{name}: application", ours, "ms CPU", PAGE_MS, True, f"{ARTICLES:,} articles"))
        part.add(
            Figure(f"{name}: page and styles, compressed", (body + _styles(reader)) / 1000, "KB", WEIGHT / 1000, True)
        )


def _asked(reader: Client, address: str) -> tuple[float, int]:
    spent = []
    for _ in range(TIMES):
        began = time.thread_time()
        answer = reader.get(address)
        spent.append((time.thread_time() - began) * 1000)
        assert answer.status_code == 200, (address, answer.status_code)
    return median(spent), len(gzip.compress(answer.content, 4))


def _styles(reader: Client) -> int:
    return len(gzip.compress(b"".join(reader.get("/static/portal/portal.css"))))


def _fill(brand: int, at: datetime) -> None:
    """Ten shelves; each article with a page and a half of words and ten earlier opinions."""
    db.execute(
        """INSERT INTO knowledge_category (brand_id, slug, names, position)
           SELECT %s, 'shelf-' || n, jsonb_build_object('en', 'Shelf ' || n), n FROM generate_series(1, 10) n ON CONFLICT DO NOTHING""",
        [brand],
    )
    db.execute(
        """INSERT INTO knowledge_article (brand_id, category_id, kind, audience, product, created_at, updated_at)
           SELECT %s, (SELECT id FROM knowledge_category ORDER BY id OFFSET n %% 10 LIMIT 1), 'article', 'public', '', %s, %s
           FROM generate_series(1, %s) n""",
        [brand, at, at, ARTICLES],
    )
    words = "<h2>How it is done</h2><p>" + "Turn the barrel by a quarter, then look. " * 60 + "</p>"
    db.execute(
        """INSERT INTO knowledge_articleversion (article_id, language, number, state, slug, title, summary, html, text, revision, writers, remark,
               changed_at, published_at)
           SELECT id, 'en', 1, 'published', 'bells-' || row_number() OVER (ORDER BY id), 'Bells ' || id, 'In a sentence.', %s, %s, 1, '{}', '', %s, %s
           FROM knowledge_article""",
        [words, words, at, at],
    )
    db.execute(
        """INSERT INTO knowledge_articletext (version_id, article_id, brand_id, audience, kind, language, slug, title, summary, html, text,
               published_at, updated_at)
           SELECT v.id, v.article_id, %s, 'public', 'article', 'en', v.slug, v.title, v.summary, v.html, v.text, %s, %s
           FROM knowledge_articleversion v""",
        [brand, at, at],
    )
    db.execute(
        """INSERT INTO knowledge_articleopinion (article_id, language, version, reader, is_helpful, reason, comment, given_at)
           SELECT a.id, 'en', 1, n::text, n %% 3 > 0, '', '', %s FROM knowledge_article a, generate_series(1, 10) n""",
        [at],
    )
    db.execute("ANALYZE")
