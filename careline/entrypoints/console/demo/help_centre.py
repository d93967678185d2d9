"""The help centre of Northwind Bikes: shelves, articles in two languages, one draft, one in review, and what readers said."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from careline.domain.company.queries import default_brand
from careline.domain.history.actor import Actor, agent
from careline.domain.knowledge.commands.articles import Facts
from careline.entrypoints.console.demo.house import Northwind
from careline.entrypoints.console.demo.words import help_english, help_german
from careline.flows.hear_reader import hear_reader
from careline.flows.keep_categories import Shelf, keep_category
from careline.flows.publish_article import publish_article
from careline.flows.review_article import approve_article, set_four_eyes, submit_article
from careline.flows.write_article import Written, add_article, write_words
from careline.kit.markdown import html_of_markdown

_Row = tuple[str, str, str, str, str, str]
_NOT_HELPED = (
    ("adjust-the-brakes", "missing", "What about hydraulic ones?"), ("gears-slip", "unclear", "Which barrel? A picture would help."),
    ("delivery-times", "wrong", "It took twelve days, not seven."),
)  # fmt: skip
_PRODUCTS = {"frame-size": "Frames", "chain-care": "Chains", "flat-tyre": "Tyres", "take-out-the-battery": "E-bikes"}


def open_help_centre(house: Northwind, *, now: datetime) -> None:
    """Written by the workshop and the front over the last weeks, approved by Dora, published by Gus."""
    began = now - timedelta(days=50)
    gus, by = house.people["gus"], agent(house.people["gus"].id)
    brand = int(default_brand().pk)
    shelves = {
        slug: keep_category(gus, Shelf(None, brand, names, slug=slug, position=n), by=by, at=began)
        for n, (slug, names) in enumerate(help_english.CATEGORIES)
    }
    keys: dict[str, int] = {}
    for n, row in enumerate(help_english.ARTICLES):
        at = began + timedelta(days=n, hours=n % 5)
        keys[row[0]] = _written(house, row, brand, shelves, writer=("emil", "cleo", "ben")[n % 3], at=at)
        _brought_to_readers(house, keys[row[0]], "en", at=at)
    for slug, (own, title, summary, text) in help_german.ARTICLES.items():
        written = Written(title, html_of_markdown(text), summary, own)
        ben = house.people["ben"]
        write_words(ben, keys[slug], "de", written, by=agent(ben.id), at=now - timedelta(days=12))
        _brought_to_readers(house, keys[slug], "de", at=now - timedelta(days=12))
    _written(house, help_english.DRAFT, brand, shelves, writer="emil", at=now - timedelta(days=2))
    waiting = _written(house, help_english.IN_REVIEW, brand, shelves, writer="ben", at=now - timedelta(days=1))
    submit_article(house.people["ben"], waiting, "en", by=agent(house.people["ben"].id), at=now - timedelta(hours=20))
    set_four_eyes(gus, on=True, by=by, at=began)
    _heard(brand, now=now)


def _written(house: Northwind, row: _Row, brand: int, shelves: dict[str, int], *, writer: str, at: datetime) -> int:
    slug, shelf, kind, title, summary, text = row
    who = house.people[writer]
    facts = Facts(
        brand, shelves[shelf], kind, "staff" if kind == "policy" else "public", _PRODUCTS.get(slug, ""), who.id,
        (at + timedelta(days=40 if slug in ("error-codes", "goodwill") else 300)).date(),
    )  # fmt: skip
    return add_article(who, facts, "en", Written(title, html_of_markdown(text), summary, slug), by=agent(who.id), at=at)


def _brought_to_readers(house: Northwind, key: int, language: str, *, at: datetime) -> None:
    def by(name: str) -> Actor:
        return agent(house.people[name].id)

    submit_article(house.people["emil"], key, language, by=by("emil"), at=at + timedelta(hours=1))
    approve_article(house.people["dora"], key, language, by=by("dora"), at=at + timedelta(hours=3))
    publish_article(house.people["gus"], key, language, by=by("gus"), at=at + timedelta(hours=4))


def _heard(brand: int, *, now: datetime) -> None:
    chance = random.Random(23)  # noqa: S311  the same readers every time
    public = [row[0] for row in help_english.ARTICLES if row[2] != "policy"]
    for n in range(60):
        slug, at = chance.choice(public), now - timedelta(hours=chance.randrange(1, 400))
        hear_reader(brand, "en", slug, ticket=f"reader {n}", is_helpful=True, at=at)
    for n, (slug, reason, comment) in enumerate(_NOT_HELPED):
        hear_reader(
            brand, "en", slug, ticket=f"critic {n}", is_helpful=False, reason=reason, comment=comment, at=now - timedelta(hours=5 + 9 * n)
        )  # fmt: skip
