"""An article is written: what holds in all its languages, the words of each, its pictures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.company.queries import site_of
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.history.actor import Actor
from careline.domain.knowledge.commands import articles, versions
from careline.domain.knowledge.commands.articles import AddressTaken, Facts
from careline.domain.knowledge.commands.versions import ChangedMeanwhile, NothingOpen
from careline.domain.knowledge.queries.articles import article_by_id, categories_of
from careline.domain.knowledge.rules.articles import AUDIENCES, KINDS, PICTURES, BadArticle, is_language, words_from
from careline.domain.staff.queries import agents
from careline.domain.staff.rules import Person, require
from careline.flows.uploaded import keep_upload
from careline.kit.images import raster_of

WRITE, PUBLISH = "knowledge:write", "knowledge:publish"
LARGEST_PICTURE = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Written:
    """One language as somebody wrote it. `slug` empty: made of the title. `seen`: the revision it was begun from, None for any."""

    title: str
    html: str
    summary: str = ""
    slug: str = ""
    seen: int | None = None


def add_article(agent: Person, facts: Facts, language: str, written: Written, *, by: Actor, at: datetime) -> int:
    """A new article, a draft in one language; its key. Raises Forbidden, BadArticle."""
    require(agent, WRITE)
    _judge(facts)
    with transaction.atomic():
        key = articles.add_article(facts, by=by, at=at)
        _write(key, language, written, by=by, at=at)
    return key


def change_article(agent: Person, key: int, facts: Facts, *, by: Actor, at: datetime) -> None:
    """Shelf, kind, audience, owner, date. What readers see already changes hands with the right to publish only.
    Raises Forbidden, NotFound, BadArticle."""
    require(agent, WRITE)
    row = found_article(key)
    if row.audience != facts.audience and any(one["state"] == "published" for one in row.versions):
        require(agent, PUBLISH)
    _judge(facts)
    try:
        articles.change_article(key, facts, by=by, at=at)
    except AddressTaken as taken:
        raise BadArticle("brand", str(taken)) from taken


def write_words(agent: Person, key: int, language: str, written: Written, *, by: Actor, at: datetime) -> int:
    """The words of one language as a draft; the version's number. Raises Forbidden, NotFound, BadArticle, Refused."""
    require(agent, WRITE)
    found_article(key)
    return _write(key, language, written, by=by, at=at)


def give_up_draft(agent: Person, key: int, language: str, *, by: Actor, at: datetime) -> None:
    """What was on its way to readers is given up; they go on to see what they saw. Raises Forbidden, NotFound, Refused."""
    require(agent, WRITE)
    found_article(key)
    try:
        versions.drop_draft(key, language, by=by, at=at)
    except NothingOpen as nothing:
        raise Refused(str(nothing)) from nothing


def add_picture(agent: Person, key: int, content: bytes, *, name: str, by: Actor, at: datetime) -> str:
    """The address it is reached at from the article's words. Raises Forbidden, NotFound, Refused."""
    require(agent, WRITE)
    found_article(key)
    if len(content) > LARGEST_PICTURE:
        raise Refused("A picture has up to 5 MB: make it smaller first.")
    raster = raster_of(content)
    if raster is None:
        raise Refused("This is no picture that browsers show: PNG, JPEG, GIF and WebP are.")
    digest = keep_upload(content, at=at)
    return PICTURES + articles.add_picture(
        key, digest=digest, name=name[:200], media_type=raster.media_type, by=by, at=at
    )


def found_article(key: int) -> Any:
    """Its row. Raises NotFound."""
    row = article_by_id(key)
    if row is None:
        raise NotFound(f"There is no article {key}.")
    return row


def _write(key: int, language: str, written: Written, *, by: Actor, at: datetime) -> int:
    if not is_language(language):
        raise BadArticle("language", "Name the language by its code, as in en or de.")
    words = words_from(title=written.title, summary=written.summary, slug=written.slug, html=written.html)
    try:
        return versions.write(key, language, words, seen=written.seen, by=by, at=at)
    except ChangedMeanwhile as changed:
        raise Refused(
            "Somebody else changed these words meanwhile: copy yours, open the article anew, and put both together."
        ) from changed


def _judge(facts: Facts) -> None:
    if site_of(facts.brand_id) is None:
        raise BadArticle("brand", "There is no such brand.")
    if facts.kind not in KINDS:
        raise BadArticle("kind", f"There is no such kind; there are {', '.join(KINDS)}.")
    if facts.audience not in AUDIENCES:
        raise BadArticle("audience", "An article is for the public or for staff.")
    if facts.kind == "policy" and facts.audience != "staff":
        raise BadArticle("audience", "A policy of the company is for staff.")
    if facts.category_id is not None and facts.category_id not in {row.id for row in categories_of(facts.brand_id)}:
        raise BadArticle("category", "There is no such category of this brand.")
    if facts.owner_id is not None and facts.owner_id not in {row.id for row in agents() if row.is_active}:
        raise BadArticle("owner", "There is nobody of this number who works here.")
    if len(facts.product) > 100:
        raise BadArticle("product", "A product's name has up to 100 characters.")
