"""Finding articles: what a suggestion costs at 5,000 articles, and how many questions find theirs."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime

from bench.figures import Figure, Part, cpu_ms, percentile
from bench.questions import QUESTIONS, recall
from careline.domain.company import commands as company
from careline.domain.company.queries import default_brand
from careline.domain.history.actor import SYSTEM
from careline.domain.knowledge.commands import articles, versions
from careline.domain.knowledge.commands.article_index import index_articles
from careline.domain.knowledge.commands.articles import Facts
from careline.domain.knowledge.models import Article, ArticleText, ArticleVersion
from careline.domain.knowledge.queries.finding import articles_for
from careline.domain.knowledge.rules.articles import Words
from careline.domain.knowledge.rules.workflow import APPROVE, SUBMIT
from careline.entrypoints.console.demo.words import help_english, help_german
from careline.flows.find_answers import SUGGESTION, find_answers
from careline.kit import db
from careline.kit.html import text_of
from careline.kit.markdown import html_of_markdown

ARTICLES, AT_MOST_MS, TIMES = 5_000, 30, 150
NOON = datetime(2026, 11, 23, 9, tzinfo=UTC)
_LANGUAGES = ("en", "de")


def measure(part: Part) -> None:
    company.found("Northwind Bikes", languages=_LANGUAGES, by=SYSTEM, at=NOON)
    brand = int(default_brand().pk)
    slugs = _library(brand)
    _recall(part, brand, slugs)
    _many(brand, count=ARTICLES - len(slugs))
    db.execute("ANALYZE")
    _suggestions(part, brand)


def _suggestions(part: Part, brand: int) -> None:
    """Every question as it is typed: whole, and broken off in the middle of its last word."""
    asked = [words[: len(words) - cut] for _language, words, _right in QUESTIONS for cut in (0, 2)]
    chance = random.Random(5)
    took: list[float] = []

    def suggest() -> None:
        find_answers(
            chance.choice(asked), brand=brand, language="en", languages=_LANGUAGES, place=SUGGESTION, visitor="one", limit=5, at=NOON
        )  # fmt: skip

    for _ in range(5):
        suggest()
    for _ in range(TIMES):
        began = time.perf_counter()
        suggest()
        took.append((time.perf_counter() - began) * 1000)
    spent, _worst, _wall = cpu_ms(suggest, times=TIMES)
    words = f"{ARTICLES:,} articles, {db.value('SELECT count(*) FROM knowledge_articleword'):,} words of theirs"
    part.add(Figure("A suggestion while typing, half of them", percentile(took, 0.5), "ms", AT_MOST_MS, True, words))
    part.add(
        Figure(
            "A suggestion while typing, p95", percentile(took, 0.95), "ms", AT_MOST_MS, True, "the search noted with it"
        )
    )
    part.add(Figure("Of it, the application's CPU", spent, "ms CPU"))


def _recall(part: Part, brand: int, slugs: dict[int, str]) -> None:
    found = {
        n: [slugs[row.article_id] for row in articles_for(words, brand=brand, language=language, languages=_LANGUAGES).articles]
        for n, (language, words, _right) in enumerate(QUESTIONS)
    }  # fmt: skip
    words = f"{len(QUESTIONS)} questions, {len(slugs)} articles of the demo"
    for at, least in ((1, 0.8), (5, 0.93)):
        part.add(Figure(f"Recall@{at}", recall(found, at=at), "", least, False, words))


def _library(brand: int) -> dict[int, str]:
    keys = {
        slug: _published(brand, "en", slug, title, summary, text_of(html_of_markdown(text)), audience="staff" if kind == "policy" else "public")
        for slug, _shelf, kind, title, summary, text in help_english.ARTICLES
    }  # fmt: skip
    for slug, (own, title, summary, text) in help_german.ARTICLES.items():
        _published(brand, "de", own, title, summary, text_of(html_of_markdown(text)), of=keys[slug])
    _index()
    return {key: slug for slug, key in keys.items()}


def _many(brand: int, *, count: int) -> None:
    """Articles of about 150 words, drawn from the demo's own and from made ones, the rare more rarely."""
    chance = random.Random(3)
    own = [word for row in help_english.ARTICLES for word in row[5].split()]
    made = ["".join(chance.choices("abdefgiklmnoprstu", k=chance.randrange(4, 10))) for _ in range(20_000)]
    texts = [
        [chance.choice(own) if chance.random() < 0.5 else made[int(20_000 * chance.random() ** 3)] for _ in range(150)]
        for _ in range(count)
    ]
    rows = Article.objects.bulk_create(Article(brand_id=brand, created_at=NOON, updated_at=NOON) for _ in texts)
    words = [
        {"article": row, "language": "en", "slug": f"made-{n}", "title": " ".join(text[:5]), "summary": " ".join(text[5:13]), "text": " ".join(text)}
        for n, (row, text) in enumerate(zip(rows, texts, strict=True))
    ]  # fmt: skip
    kept = ArticleVersion.objects.bulk_create(
        ArticleVersion(number=1, state="published", changed_at=NOON, published_at=NOON, **one) for one in words
    )
    ArticleText.objects.bulk_create(
        ArticleText(version=version, brand_id=brand, audience="public", kind="article", html="", published_at=NOON, updated_at=NOON, **one)
        for version, one in zip(kept, words, strict=True)
    )  # fmt: skip
    _index()


def _published(
    brand: int, language: str, slug: str, title: str, summary: str, text: str, *, audience: str = "public", of: int | None = None
) -> int:  # fmt: skip
    key = of or articles.add_article(Facts(brand, audience=audience), by=SYSTEM, at=NOON)
    versions.write(key, language, Words(title, summary, slug, f"<p>{text}</p>", text), by=SYSTEM, at=NOON)
    for act in (SUBMIT, APPROVE):
        versions.move(key, language, act, by=SYSTEM, at=NOON)
    versions.publish(key, language, by=SYSTEM, at=NOON)
    return key


def _index() -> None:
    while index_articles():
        pass
