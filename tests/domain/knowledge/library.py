"""A few published articles of Northwind Bikes, found as readers find them."""

from __future__ import annotations

from careline.domain.company.queries import default_brand
from careline.domain.history.actor import SYSTEM
from careline.domain.knowledge.commands import articles, versions
from careline.domain.knowledge.commands.article_index import index_articles
from careline.domain.knowledge.commands.articles import Facts
from careline.domain.knowledge.rules.articles import Words
from careline.domain.knowledge.rules.workflow import APPROVE, SUBMIT
from tests.world import NOON


def published(
    title: str,
    text: str,
    *,
    language: str = "en",
    summary: str = "",
    audience: str = "public",
    of: int | None = None,
    slug: str = "",
) -> int:
    """An article (or another language of one) that readers see; its key."""
    key = of or articles.add_article(Facts(default_brand().pk, audience=audience), by=SYSTEM, at=NOON)
    words = Words(title, summary, slug or title.lower().replace(" ", "-"), f"<p>{text}</p>", text)
    versions.write(key, language, words, by=SYSTEM, at=NOON)
    for act in (SUBMIT, APPROVE):
        versions.move(key, language, act, by=SYSTEM, at=NOON)
    versions.publish(key, language, by=SYSTEM, at=NOON)
    return key


def indexed() -> None:
    while index_articles():
        pass
