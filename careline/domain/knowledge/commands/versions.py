"""The words of an article: written, moved along the way to readers, published, withdrawn."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.knowledge.commands.articles import AddressTaken
from careline.domain.knowledge.models import Article, ArticleText, ArticleVersion
from careline.domain.knowledge.rules.articles import Words
from careline.domain.knowledge.rules.workflow import (
    APPROVE,
    DRAFT,
    OPEN,
    PUBLISH,
    PUBLISHED,
    REPLACED,
    SCHEDULE,
    SCHEDULED,
    SEND_BACK,
    SUBMIT,
    WITHDRAWN,
    after,
)
from careline.kit import db

_TOLD = {
    SUBMIT: "article.submitted", SEND_BACK: "article.sent_back", APPROVE: "article.approved", SCHEDULE: "article.scheduled",
    PUBLISH: "article.published",
}  # fmt: skip


class ChangedMeanwhile(Exception):
    """Somebody else changed the words since they were read."""

    code = "changed_meanwhile"


class NothingOpen(Exception):
    """There is no version of this language that is on its way."""

    code = "nothing_open"


@transaction.atomic
def write(article: int, language: str, words: Words, *, seen: int | None = None, by: Actor, at: datetime) -> int:
    """The words as a draft; the version's number. What waited for review, approval or its date is a draft again.

    `seen` is the revision the writer began from (0: there was nothing open); None asks nothing. Raises ChangedMeanwhile.
    """
    held = _touched(article, at=at)
    version = ArticleVersion.objects.filter(article_id=article, language=language, state__in=OPEN).first()
    if seen is not None and seen != (version.revision if version else 0):
        raise ChangedMeanwhile("Somebody else changed these words meanwhile.")
    if version is None:
        version = ArticleVersion(article_id=article, language=language, number=_next(article, language), revision=0)
    slug = _free_slug(held.brand_id, article, language, words.slug)
    for name, value in {**asdict(words), "slug": slug}.items():
        setattr(version, name, value)
    version.state, version.due_at, version.approved_by_id, version.changed_at = DRAFT, None, None, at
    version.revision += 1
    if by.kind == "agent" and by.id not in version.writers:
        version.writers = [*version.writers, by.id]
    version.save()
    _tell("article.written", version, by=by, at=at)
    return int(version.number)


@transaction.atomic
def move(
    article: int, language: str, act: str, *, seen: int | None = None, due_at: datetime | None = None, remark: str = "",
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    """One step: submit, send back (with a remark), approve, schedule (for `due_at`). Raises NothingOpen, ChangedMeanwhile, ValueError."""
    version = _held(article, language, seen=seen, at=at)
    version.state = after(version.state, act)
    version.due_at, version.remark, version.changed_at = due_at, remark, at
    if act == APPROVE:
        version.approved_by_id = by.id if by.kind == "agent" else None
    version.revision += 1
    version.save()
    _tell(_TOLD[act], version, by=by, at=at)


@transaction.atomic
def publish(article: int, language: str, *, seen: int | None = None, by: Actor, at: datetime) -> None:
    """Readers see these words from now on, in place of those they saw. Raises NothingOpen, ChangedMeanwhile, ValueError."""
    version = _held(article, language, seen=seen, at=at)
    version.state = after(version.state, PUBLISH)
    ArticleVersion.objects.filter(article_id=article, language=language, state=PUBLISHED).update(state=REPLACED)
    version.due_at, version.published_at, version.changed_at = None, at, at
    version.revision += 1
    version.save()
    try:
        with transaction.atomic():
            _show(version, at=at)
    except IntegrityError as error:
        raise AddressTaken("Another article of the brand has this address already: give it another one.") from error
    _tell("article.published", version, by=by, at=at)


@transaction.atomic
def withdraw(article: int, language: str, *, by: Actor, at: datetime) -> None:
    """Readers no longer see this language. Raises NothingOpen where they did not."""
    _touched(article, at=at)
    version = ArticleVersion.objects.filter(article_id=article, language=language, state=PUBLISHED).first()
    if version is None:
        raise NothingOpen("It is not published in this language.")
    ArticleText.objects.filter(version=version).delete()
    version.state = WITHDRAWN
    version.save()
    _tell("article.withdrawn", version, by=by, at=at)


@transaction.atomic
def drop_draft(article: int, language: str, *, by: Actor, at: datetime) -> None:
    """What was on its way is given up; it stays among the versions. Raises NothingOpen."""
    version = _held(article, language, seen=None, at=at)
    version.state, version.due_at, version.changed_at = WITHDRAWN, None, at
    version.save()
    _tell("article.given_up", version, by=by, at=at)


def due(*, at: datetime, limit: int = 50) -> list[tuple[int, str, datetime]]:
    """(article, language, when) of what is to be published by now, the earliest first."""
    rows = db.rows(
        """SELECT article_id, language, due_at FROM knowledge_articleversion WHERE state = %s AND due_at <= %s
           ORDER BY due_at, id LIMIT %s""",
        [SCHEDULED, at, limit],
    )
    return [(row.article_id, row.language, row.due_at) for row in rows]


def _show(version: ArticleVersion, *, at: datetime) -> None:
    article = version.article
    row: dict[str, Any] = {name: getattr(version, name) for name in ("slug", "title", "summary", "html", "text")}
    row |= {"brand_id": article.brand_id, "audience": article.audience, "kind": article.kind, "version": version}
    found = ArticleText.objects.filter(article_id=article.pk, language=version.language)
    if not found.update(updated_at=at, **row):
        first = ArticleVersion.objects.filter(
            article_id=article.pk, language=version.language, published_at__isnull=False
        )
        began = first.order_by("published_at").values_list("published_at", flat=True).first() or at
        ArticleText.objects.create(
            article_id=article.pk, language=version.language, published_at=began, updated_at=at, **row
        )


def _touched(article: int, *, at: datetime) -> Article:
    held = Article.objects.select_for_update().get(pk=article)
    Article.objects.filter(pk=article).update(updated_at=at)
    return held


def _held(article: int, language: str, *, seen: int | None, at: datetime) -> ArticleVersion:
    _touched(article, at=at)
    version = ArticleVersion.objects.filter(article_id=article, language=language, state__in=OPEN).first()
    if version is None:
        raise NothingOpen("There is no draft in this language.")
    if seen is not None and seen != version.revision:
        raise ChangedMeanwhile("Somebody else changed these words meanwhile.")
    return version


def _next(article: int, language: str) -> int:
    return int(
        db.value(
            "SELECT coalesce(max(number), 0) + 1 FROM knowledge_articleversion WHERE article_id = %s AND language = %s",
            [article, language],
        )
    )


def _free_slug(brand: int, article: int, language: str, wanted: str) -> str:
    """The wanted one, or with a number behind it where another article of the brand has or had it."""
    db.lock_words([f"article slug {brand} {language} {wanted}"])
    taken = {
        row.slug
        for row in db.rows(
            """SELECT v.slug FROM knowledge_articleversion v JOIN knowledge_article a ON a.id = v.article_id
               WHERE a.brand_id = %s AND v.language = %s AND v.article_id <> %s AND (v.slug = %s OR v.slug LIKE %s)""",
            [brand, language, article, wanted, wanted.replace("\\", "").replace("%", "").replace("_", "") + "-%"],
        )
    }
    if wanted not in taken:
        return wanted
    return next(slug for n in range(2, len(taken) + 3) if (slug := f"{wanted}-{n}") not in taken)


def _tell(name: str, version: ArticleVersion, *, by: Actor, at: datetime) -> None:
    data = {"language": version.language, "version": version.number}
    record(Happening(name, "article", version.article_id, data=data), by=by, at=at)
