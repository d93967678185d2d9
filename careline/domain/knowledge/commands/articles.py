"""Articles: what holds in all their languages, the shelves they stand on, their pictures."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.knowledge.models import Article, ArticlePicture, ArticleText, ArticleVersion, Category
from careline.domain.knowledge.rules.workflow import OPEN, PUBLISHED, WITHDRAWN
from careline.kit import db


class AddressTaken(Exception):
    """Readers of the brand know another article by this address."""

    code = "address_taken"


class CategoryTaken(Exception):
    """Another category of the brand has this address."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What holds for an article in all its languages."""

    brand_id: int
    category_id: int | None = None
    kind: str = "article"
    audience: str = "public"
    product: str = ""
    owner_id: int | None = None
    review_by: date | None = None


@transaction.atomic
def add_article(facts: Facts, *, by: Actor, at: datetime) -> int:
    """Its key; it has no words yet."""
    article = Article.objects.create(created_at=at, updated_at=at, **asdict(facts))
    record(Happening("article.added", "article", article.pk, data={"kind": facts.kind}), by=by, at=at)
    return int(article.pk)


@transaction.atomic
def change_article(key: int, facts: Facts, *, by: Actor, at: datetime) -> None:
    """The words that are published follow: what is for staff from now on is out of readers' sight in the same moment.
    Raises AddressTaken where it goes to a brand that has its address already."""
    Article.objects.filter(pk=key).update(updated_at=at, **asdict(facts))
    try:
        with transaction.atomic():
            ArticleText.objects.filter(article_id=key).update(
                brand_id=facts.brand_id, audience=facts.audience, kind=facts.kind
            )
    except IntegrityError as error:
        raise AddressTaken("The other brand has an article with this address already.") from error
    record(Happening("article.changed", "article", key, data={"audience": facts.audience}), by=by, at=at)


@transaction.atomic
def archive_article(key: int, *, by: Actor, at: datetime) -> None:
    """Out of readers' sight in every language; its versions stay, and can be published again."""
    Article.objects.filter(pk=key).update(archived_at=at, updated_at=at)
    ArticleText.objects.filter(article_id=key).delete()
    ArticleVersion.objects.filter(article_id=key, state=PUBLISHED).update(state=WITHDRAWN)
    ArticleVersion.objects.filter(article_id=key, state__in=OPEN).update(state="draft", due_at=None)
    record(Happening("article.archived", "article", key), by=by, at=at)


@transaction.atomic
def restore_article(key: int, *, by: Actor, at: datetime) -> None:
    Article.objects.filter(pk=key).update(archived_at=None, updated_at=at)
    record(Happening("article.restored", "article", key), by=by, at=at)


@transaction.atomic
def save_category(
    key: int | None, *, brand: int, parent: int | None, slug: str, names: Mapping[str, str], position: int, by: Actor, at: datetime
) -> int:  # fmt: skip
    """A new category, or the one with this key as it is to be; its key. Raises CategoryTaken."""
    row = {"brand_id": brand, "parent_id": parent, "slug": slug, "names": dict(names), "position": position}
    try:
        with transaction.atomic():
            category = Category(pk=key, **row)
            category.save()
    except IntegrityError as error:
        if "category_slug_once" not in str(error):
            raise
        raise CategoryTaken(f"There is a category with the address {slug} already.") from error
    record(Happening("category.saved", "article_category", category.pk), by=by, at=at)
    return int(category.pk)


@transaction.atomic
def remove_category(key: int, *, by: Actor, at: datetime) -> None:
    """Its articles and shelves go up to where it stood."""
    db.execute(
        "UPDATE knowledge_article SET category_id = c.parent_id FROM knowledge_category c WHERE category_id = c.id AND c.id = %s",
        [key],
    )
    db.execute(
        "UPDATE knowledge_category low SET parent_id = c.parent_id FROM knowledge_category c WHERE low.parent_id = c.id AND c.id = %s",
        [key],
    )
    db.execute("DELETE FROM knowledge_category WHERE id = %s", [key])
    record(Happening("category.removed", "article_category", key), by=by, at=at)


@transaction.atomic
def add_picture(article: int, *, digest: str, name: str, media_type: str, by: Actor, at: datetime) -> str:
    """The place it is reached at, behind rules.articles.PICTURES."""
    place = secrets.token_urlsafe(16)
    ArticlePicture.objects.create(
        article_id=article, place=place, file_id=digest, name=name, media_type=media_type, added_at=at
    )
    record(Happening("article.picture_added", "article", article), by=by, at=at)
    return place
