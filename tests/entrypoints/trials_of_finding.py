"""How finding is tried, by the API and on the pages: gaps, articles in answers, articles made of cases."""

from typing import Any

from tests.domain.knowledge.library import indexed, published
from tests.world import World

CASE, HOUSE = "case", "house"
_ARTICLES = "/conversations/{case}/articles"
_SUGGESTED = "/conversations/{case}/suggested-articles"
_DRAFT = {"title": "Bells", "summary": "It does not ring", "text": "Oil it.", "language": "en"}

TRIALS_OF_FINDING: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("flows.close_gap.answer_gap", "knowledge:write"): (
        HOUSE,
        ("PUT", "/article-gaps", {"words": "bell rings", "article": "id {found_article}"}),
        ("POST", "/gaps", {"words": "bell rings", "article": "{found_article}", "language": "en"}),
    ),
    ("flows.close_gap.settle_gap", "knowledge:write"): (
        HOUSE,
        ("PUT", "/article-gaps", {"words": "bell rings"}),
        ("DELETE", "/gaps?words=bell", {}),
    ),
    ("flows.insert_article.articles_to_insert", "knowledge:read"): (
        CASE,
        ("GET", _SUGGESTED, None),
        ("GET", _ARTICLES, None),
    ),
    ("flows.insert_article.insert_article", "knowledge:read"): (
        CASE,
        ("POST", _SUGGESTED, {"article": "id {found_article}"}),
        ("POST", _ARTICLES + "/{found_article}", {"how": "text"}),
    ),
    ("flows.article_from_case.propose_article", "knowledge:write"): (
        CASE,
        None,
        ("GET", "/conversations/{case}/article/new", None),
    ),
    ("flows.article_from_case.keep_article", "knowledge:write"): (
        CASE,
        None,
        ("POST", "/conversations/{case}/article/new", _DRAFT),
    ),
}


def keys_of_finding(world: World) -> dict[str, int]:
    key = published("Bells", "A bell that does not ring wants oil.")
    indexed()
    return {"found_article": key}
