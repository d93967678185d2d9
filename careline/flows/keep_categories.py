"""The shelves of a help centre: named in each language, put in order, taken away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from careline.domain.company.queries import site_of
from careline.domain.conversations.errors import NotFound
from careline.domain.history.actor import Actor
from careline.domain.knowledge.commands import articles
from careline.domain.knowledge.commands.articles import CategoryTaken
from careline.domain.knowledge.queries.articles import categories_of
from careline.domain.knowledge.rules.articles import BadArticle, is_language, slug_from
from careline.domain.staff.rules import Person, require
from careline.flows.write_article import PUBLISH

LONGEST_NAME = 100
DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category as it is to be. `key` None is a new one; `slug` empty: made of its name."""

    key: int | None
    brand: int
    names: Mapping[str, str]
    parent: int | None = None
    slug: str = ""
    position: int = 0


def keep_category(agent: Person, shelf: Shelf, *, by: Actor, at: datetime) -> int:
    """Its key. Raises Forbidden, NotFound, BadArticle."""
    require(agent, PUBLISH)
    names = {code: " ".join(name.split()) for code, name in shelf.names.items() if name.strip()}
    if not names:
        raise BadArticle("names", "Give the category a name.")
    if any(len(name) > LONGEST_NAME or not is_language(code) for code, name in names.items()):
        raise BadArticle("names", "A category's name has up to 100 characters, in a language named by its code.")
    _judge_place(shelf)
    slug = slug_from(shelf.slug or next(iter(names.values())))
    if not slug:
        raise BadArticle("slug", "Its address needs a letter or a digit.")
    try:
        return articles.save_category(
            shelf.key, brand=shelf.brand, parent=shelf.parent, slug=slug, names=names, position=shelf.position, by=by, at=at
        )  # fmt: skip
    except CategoryTaken as taken:
        raise BadArticle("slug", str(taken)) from taken


def remove_category(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Its articles and shelves go up to where it stood. Raises Forbidden, NotFound."""
    require(agent, PUBLISH)
    if key not in {row.id for row in categories_of()}:
        raise NotFound(f"There is no category {key}.")
    articles.remove_category(key, by=by, at=at)


def _judge_place(shelf: Shelf) -> None:
    """Under a category of the same brand, never under itself or what stands below it, and not too deep."""
    if site_of(shelf.brand) is None:
        raise NotFound("There is no such brand.")
    rows = {row.id: row for row in categories_of(shelf.brand)}
    if shelf.key is not None and shelf.key not in rows:
        raise NotFound(f"There is no category {shelf.key}.")
    above, place = 0, shelf.parent
    while place is not None:
        if place == shelf.key:
            raise BadArticle("parent", "A category can't stand below itself.")
        if place not in rows:
            raise BadArticle("parent", "There is no such category of this brand.")
        above, place = above + 1, rows[place].parent_id
    if above >= DEEPEST:
        raise BadArticle("parent", f"Categories stand at most {DEEPEST} deep.")
