"""How articles are tried, by the API and on the pages: one article for each state on its way."""

import base64
from typing import Any

from careline.domain.company.queries import default_brand
from careline.domain.history.actor import agent
from careline.domain.knowledge.commands.articles import Facts
from careline.domain.knowledge.commands.opinions import give_opinion
from careline.domain.knowledge.queries.opinions import opinions_to_settle
from careline.flows.keep_categories import Shelf, keep_category
from careline.flows.publish_article import archive_article, publish_article
from careline.flows.review_article import approve_article, submit_article
from careline.flows.write_article import Written, add_article
from tests.world import NOON, World

HOUSE = "house"
_NEW = {"title": "Bells", "html": "<p>Ring.</p>", "language": "en"}
_FORM = {"title": "Bells", "html": "<p>Ring it.</p>", "language": "en", "kind": "article", "audience": "public"}
_SHELF = {"names": {"en": "Saddles"}}
_PICTURE = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


def _both(method: str, article: str, step: str, form: Any = None, body: Any = None) -> tuple[str, Any, Any]:
    return (
        HOUSE,
        (method, f"/articles/{{{article}}}/texts/en/{step}", body),
        (method, f"/articles/{{{article}}}/{step}?lang=en", {} if form is None else form),
    )


TRIALS_OF_ARTICLES: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("queries.articles.articles_page", "knowledge:write"): (HOUSE, ("GET", "/articles", None), ("GET", "/articles", None)),
    ("queries.published.published_articles", "knowledge:read"): (HOUSE, None, ("GET", "/handbook", None)),
    ("queries.opinions.opinions_to_settle", "knowledge:write"): (
        HOUSE, ("GET", "/article-opinions", None), ("GET", "/articles/opinions", None),
    ),
    ("flows.write_article.add_article", "knowledge:write"): (
        HOUSE, ("POST", "/articles", _NEW), ("POST", "/articles/new", _FORM),
    ),
    ("flows.write_article.change_article", "knowledge:write"): (
        HOUSE, ("PATCH", "/articles/{article_draft}", {"kind": "faq"}), ("POST", "/articles/{article_draft}", {**_FORM, "kind": "faq", "seen": "1"}),
    ),
    ("flows.write_article.change_article", "knowledge:publish"): (
        HOUSE, ("PATCH", "/articles/{article_published}", {"audience": "staff"}),
        ("POST", "/articles/{article_published}", {**_FORM, "audience": "staff", "html": "<p>It rings.</p>"}),
    ),
    ("flows.write_article.write_words", "knowledge:write"): (
        HOUSE, ("PUT", "/articles/{article_draft}/texts/de", {"title": "Klingeln", "html": "<p>Läuten.</p>"}),
        ("POST", "/articles/{article_draft}", {**_FORM, "title": "Louder bells", "seen": "1"}),
    ),
    ("flows.write_article.give_up_draft", "knowledge:write"): _both("DELETE", "article_draft", "draft"),
    ("flows.write_article.add_picture", "knowledge:write"): (HOUSE, ("POST", "/articles/{article_draft}/pictures", _PICTURE), None),
    ("queries.articles.pictures_of", "knowledge:write"): (HOUSE, ("GET", "/articles/{article_draft}/pictures", None), None),
    ("flows.hear_reader.hear_reader_elsewhere", "knowledge:write"): (
        HOUSE, ("POST", "/articles/{article_published}/opinions", {"language": "en", "is_helpful": False, "reader": "r1"}), None,
    ),
    ("flows.review_article.submit_article", "knowledge:write"): _both("PUT", "article_draft", "review"),
    ("flows.review_article.send_back_article", "knowledge:approve"): _both("DELETE", "article_review", "review"),
    ("flows.review_article.approve_article", "knowledge:approve"): _both("PUT", "article_review", "approval"),
    ("flows.review_article.set_four_eyes", "knowledge:publish"): (HOUSE, None, ("PUT", "/articles/four-eyes", {"on": "yes"})),
    ("flows.publish_article.publish_article", "knowledge:publish"): _both("PUT", "article_approved", "publication", body={}),
    ("flows.publish_article.schedule_article", "knowledge:publish"): _both(
        "PUT", "article_approved", "publication", {"due_at": "2031-01-01T09:00"}, {"due_at": "2031-01-01T09:00:00Z"}
    ),
    ("flows.publish_article.withdraw_article", "knowledge:publish"): _both("DELETE", "article_published", "publication"),
    ("flows.publish_article.archive_article", "knowledge:publish"): (
        HOUSE, ("PATCH", "/articles/{article_draft}", {"archived": True}), ("PUT", "/articles/{article_draft}/archive", {}),
    ),
    ("flows.publish_article.restore_article", "knowledge:publish"): (
        HOUSE, ("PATCH", "/articles/{article_archived}", {"archived": False}), ("DELETE", "/articles/{article_archived}/archive", {}),
    ),
    ("flows.keep_categories.keep_category", "knowledge:publish"): (
        HOUSE, ("POST", "/article-categories", _SHELF), ("POST", "/articles/categories", {"name.en": "Saddles"}),
    ),
    ("flows.keep_categories.remove_category", "knowledge:publish"): (
        HOUSE, ("DELETE", "/article-categories/{shelf}", None), ("DELETE", "/articles/categories/{shelf}", {}),
    ),
    ("flows.hear_reader.settle_opinions", "knowledge:write"): (
        HOUSE, ("DELETE", "/article-opinions/{opinion}", None), ("DELETE", "/articles/opinions?key=1", {}),
    ),
    ("flows.keep_brands.dress_brand", "brand:manage"): (
        HOUSE, None, ("POST", "/settings/brands/{brand}", {"public_name": "Northwind", "languages": "en"}),
    ),
    ("flows.keep_brands.add_brand", "brand:manage"): (HOUSE, None, ("POST", "/settings/brands", {"name": "Northwind Rentals"})),
    ("flows.bring_in_articles.bring_in_articles", "knowledge:write"): (HOUSE, None, None),
    ("flows.bring_in_articles.articles_as_files", "knowledge:write"): (HOUSE, None, ("GET", "/articles/export", None)),
}  # fmt: skip


def keys_of_articles(world: World) -> dict[str, int]:
    ada, by = world.person(world.ada), agent(world.ada.pk)
    brand = int(default_brand().pk)

    def made(title: str, *steps: Any) -> int:
        key = add_article(ada, Facts(brand), "en", Written(title, "<p>It rings.</p>"), by=by, at=NOON)
        for step in steps:
            step(ada, key, "en", by=by, at=NOON)
        return key

    published = made("Bells", submit_article, approve_article, publish_article)
    give_opinion(published, language="en", version=1, reader="r0", is_helpful=False, by=by, at=NOON)
    archived = made("Old bells")
    archive_article(ada, archived, by=by, at=NOON)
    return {
        "article_draft": made("Loud bells"), "article_review": made("Small bells", submit_article), "article_archived": archived,
        "article_approved": made("Big bells", submit_article, approve_article), "brand": brand,
        "article_published": published, "opinion": opinions_to_settle(article=published)[0].id,
        "shelf": keep_category(ada, Shelf(None, brand, {"en": "Bells"}), by=by, at=NOON),
    }  # fmt: skip
