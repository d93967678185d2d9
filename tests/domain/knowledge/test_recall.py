"""How well the help centre's articles are found: a fixed set of questions, and a floor that may only rise."""

import pytest

from bench.questions import QUESTIONS, recall
from careline.domain.company.queries import default_brand
from careline.domain.knowledge.queries.finding import articles_for
from careline.entrypoints.console.demo.words import help_english, help_german
from careline.kit.html import text_of
from careline.kit.markdown import html_of_markdown
from tests.domain.knowledge.library import indexed, published
from tests.world import make_world

AT_1, AT_5 = 0.80, 0.93


@pytest.mark.django_db
def test_questions_find_their_article() -> None:
    make_world()
    keys = {}
    for slug, _shelf, kind, title, summary, text in help_english.ARTICLES:
        plain = text_of(html_of_markdown(text))
        keys[slug] = published(
            title, plain, summary=summary, audience="staff" if kind == "policy" else "public", slug=slug
        )
    for slug, (own, title, summary, text) in help_german.ARTICLES.items():
        published(title, text_of(html_of_markdown(text)), summary=summary, language="de", of=keys[slug], slug=own)
    indexed()
    slugs, brand = {key: slug for slug, key in keys.items()}, default_brand().pk
    found = {
        n: [slugs[row.article_id] for row in articles_for(words, brand=brand, language=language, languages=("en", "de")).articles]
        for n, (language, words, _right) in enumerate(QUESTIONS)
    }  # fmt: skip
    missed = [
        (words, right, found[n][:3]) for n, (_l, words, right) in enumerate(QUESTIONS) if right not in found[n][:1]
    ]
    assert (recall(found, at=1) >= AT_1, recall(found, at=5) >= AT_5) == (True, True), (
        recall(found, at=1), recall(found, at=5), missed
    )  # fmt: skip
