"""An article on its way from a draft to readers, and back out of their sight."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from careline.domain.company.queries import default_brand
from careline.domain.conversations.errors import Refused
from careline.domain.history.actor import agent
from careline.domain.knowledge.commands.articles import Facts
from careline.domain.knowledge.queries.articles import Wanted, articles_page, newest_version, picture_at, versions_of
from careline.domain.knowledge.queries.opinions import helped, opinions_to_settle
from careline.domain.knowledge.queries.published import moved_to, published_articles, text_at, text_of_article
from careline.domain.knowledge.rules.articles import BadArticle
from careline.domain.staff.rules import Forbidden, Person
from careline.flows.bring_in_articles import articles_as_files, bring_in_articles
from careline.flows.hear_reader import hear_reader, settle_opinions
from careline.flows.keep_brands import add_brand
from careline.flows.keep_categories import Shelf, keep_category, remove_category
from careline.flows.publish_article import (
    archive_article,
    publish_article,
    publish_due,
    restore_article,
    schedule_article,
    withdraw_article,
)
from careline.flows.review_article import approve_article, send_back_article, set_four_eyes, submit_article
from careline.flows.write_article import Written, add_article, add_picture, change_article, give_up_draft, write_words
from careline.kit import db
from tests.world import NOON, World, make_world

STEPS = (submit_article, approve_article, publish_article)


class House:
    """Ada, who may everything, at work on articles of the default brand."""

    def __init__(self, world: World) -> None:
        self.world, self.ada = world, world.person(world.ada)
        self.by, self.brand = agent(self.ada.id), int(default_brand().pk)

    def draft(self, title: str = "Bells", html: str = "<p>Ring.</p>", **facts: Any) -> int:
        written = Written(title, html)
        return add_article(self.ada, Facts(self.brand, **facts), "en", written, by=self.by, at=NOON)

    def published(self, title: str = "Bells", html: str = "<p>Ring.</p>", **facts: Any) -> int:
        return self.brought(self.draft(title, html, **facts))

    def brought(self, key: int, language: str = "en", at: Any = NOON) -> int:
        for step in STEPS:
            step(self.ada, key, language, by=self.by, at=at)
        return key

    def read(self, slug: str = "bells", language: str = "en") -> Any:
        found = text_at(self.brand, language, slug)
        return found and (found.title, found.html)

    def state(self, key: int, language: str = "en") -> Any:
        version = newest_version(key, language)
        return version and version.state

    def ben(self) -> Person:
        return self.world.person(self.world.ben)


@pytest.fixture
def house(db: None) -> House:
    return House(make_world())


def test_readers_see_an_article_once_it_was_approved_and_published_and_never_before(house: House) -> None:
    key = house.draft()
    seen = []
    for step in STEPS:
        seen.append((house.state(key), house.read()))
        step(house.ada, key, "en", by=house.by, at=NOON)
    assert seen == [("draft", None), ("review", None), ("approved", None)]
    assert (house.state(key), house.read()) == ("published", ("Bells", "<p>Ring.</p>"))
    withdraw_article(house.ada, key, "en", by=house.by, at=NOON)
    assert (house.state(key), house.read()) == ("withdrawn", None)


def test_no_step_can_be_left_out(house: House) -> None:
    key = house.draft()
    for step in (approve_article, publish_article):
        with pytest.raises(Refused):
            step(house.ada, key, "en", by=house.by, at=NOON)
    assert (house.state(key), house.read()) == ("draft", None)


def test_readers_go_on_to_see_what_is_published_while_its_next_version_is_written(house: House) -> None:
    key = house.published()
    write_words(house.ada, key, "en", Written("Louder bells", "<p>Ring twice.</p>"), by=house.by, at=NOON)
    assert (house.state(key), house.read()) == ("draft", ("Bells", "<p>Ring.</p>"))
    house.brought(key)
    assert [(row.number, row.state) for row in versions_of(key, "en")] == [(2, "published"), (1, "replaced")]
    assert (house.read(), house.read("louder-bells")) == (None, ("Louder bells", "<p>Ring twice.</p>"))
    assert moved_to(house.brand, "en", "bells") == "louder-bells"


def test_where_the_house_asks_for_it_somebody_else_approves(house: House) -> None:
    set_four_eyes(house.ada, on=True, by=house.by, at=NOON)
    key = house.draft()
    submit_article(house.ada, key, "en", by=house.by, at=NOON)
    with pytest.raises(Refused, match="somebody else"):
        approve_article(house.ada, key, "en", by=house.by, at=NOON)
    other = replace(house.ben(), grants=house.ada.grants)
    approve_article(other, key, "en", by=agent(other.id), at=NOON)
    assert (house.state(key), newest_version(key, "en").approved_by_name) == ("approved", "Ben")


def test_what_is_changed_after_approval_has_to_be_approved_again(house: House) -> None:
    key = house.draft()
    for step in (submit_article, approve_article):
        step(house.ada, key, "en", by=house.by, at=NOON)
    write_words(house.ben(), key, "en", Written("Bells", "<p>Other.</p>"), by=agent(house.ben().id), at=NOON)
    assert house.state(key) == "draft"
    assert newest_version(key, "en").writers == [house.ada.id, house.ben().id]
    with pytest.raises(Refused):
        publish_article(house.ada, key, "en", by=house.by, at=NOON)


def test_it_is_sent_back_with_a_remark(house: House) -> None:
    key = house.draft()
    submit_article(house.ada, key, "en", by=house.by, at=NOON)
    send_back_article(house.ada, key, "en", remark="Which bell?", by=house.by, at=NOON)
    assert (house.state(key), newest_version(key, "en").remark) == ("draft", "Which bell?")


def test_what_has_a_date_is_published_at_its_moment_and_once(house: House) -> None:
    key, moment = house.draft(), NOON + timedelta(hours=2)
    for step in STEPS[:2]:
        step(house.ada, key, "en", by=house.by, at=NOON)
    with pytest.raises(Refused, match="still to come"):
        schedule_article(house.ada, key, "en", due_at=NOON, by=house.by, at=NOON)
    schedule_article(house.ada, key, "en", due_at=moment, by=house.by, at=NOON)
    assert (publish_due(at=moment - timedelta(seconds=1)), house.read()) == (0, None)
    assert (publish_due(at=moment + timedelta(hours=5)), publish_due(at=moment + timedelta(hours=6))) == (1, 0)
    assert newest_version(key, "en").published_at == moment


def test_an_article_that_goes_to_another_brand_takes_its_readers_along_unless_its_address_is_taken(
    house: House,
) -> None:
    other = add_brand(house.ada, "Rentals", by=house.by, at=NOON)
    key = house.published()
    change_article(house.ada, key, Facts(other), by=house.by, at=NOON)
    assert (house.read(), text_at(other, "en", "bells").title) == (None, "Bells")
    second = house.published()
    with pytest.raises(BadArticle, match="address already"):
        change_article(house.ada, second, Facts(other), by=house.by, at=NOON)
    assert house.read() == ("Bells", "<p>Ring.</p>")


def test_two_who_write_at_once_lose_nothing(house: House) -> None:
    key = house.draft()
    seen = newest_version(key, "en").revision
    write_words(house.ada, key, "en", Written("Bells", "<p>One.</p>", seen=seen), by=house.by, at=NOON)
    with pytest.raises(Refused, match="meanwhile"):
        write_words(
            house.ben(), key, "en", Written("Bells", "<p>Two.</p>", seen=seen), by=agent(house.ben().id), at=NOON
        )
    assert newest_version(key, "en").html == "<p>One.</p>"


def test_each_language_goes_its_own_way(house: House) -> None:
    key = house.published()
    write_words(house.ada, key, "ar", Written("كيف أضبط الجرس؟", "<p>اضغط.</p>"), by=house.by, at=NOON)
    assert (house.state(key), house.state(key, "ar"), house.read("كيف-أضبط-الجرس", "ar")) == (
        "published",
        "draft",
        None,
    )
    house.brought(key, "ar")
    assert house.read("كيف-أضبط-الجرس", "ar") == ("كيف أضبط الجرس؟", "<p>اضغط.</p>")
    give_up = write_words(house.ada, key, "ar", Written("x", ""), by=house.by, at=NOON)
    give_up_draft(house.ada, key, "ar", by=house.by, at=NOON)
    assert [(row.number, row.state) for row in versions_of(key, "ar")] == [(give_up, "withdrawn"), (1, "published")]


def test_two_articles_of_one_title_get_addresses_of_their_own(house: House) -> None:
    house.published()
    house.published(html="<p>Others.</p>")
    assert (house.read(), house.read("bells-2")) == (("Bells", "<p>Ring.</p>"), ("Bells", "<p>Others.</p>"))


def test_what_becomes_the_staffs_is_out_of_customers_sight_at_once(house: House) -> None:
    key = house.published()
    change_article(house.ada, key, Facts(house.brand, audience="staff"), by=house.by, at=NOON)
    assert (house.read(), text_of_article(key, "en").title) == (None, "Bells")
    with pytest.raises(Forbidden):
        change_article(house.ben(), key, Facts(house.brand), by=agent(house.ben().id), at=NOON)
    with pytest.raises(BadArticle, match="for staff"):
        house.draft(kind="policy")


def test_an_archived_article_is_nowhere_and_comes_back_as_a_draft(house: House) -> None:
    key = house.published()
    archive_article(house.ada, key, by=house.by, at=NOON)
    assert (house.read(), articles_page(Wanted()), len(articles_page(Wanted(state="archived")))) == (None, [], 1)
    restore_article(house.ada, key, by=house.by, at=NOON)
    assert (house.read(), len(articles_page(Wanted()))) == (None, 1)


def test_a_list_of_many_articles_takes_as_many_statements_as_of_one(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = statements_counted(monkeypatch)
    for n in (1, 3):
        for _ in range(n):
            house.published()
        asked.clear()
        articles_page(Wanted(words="Ring", state="published"))
        published_articles(house.brand, "en")
        assert len(asked) == 2


def test_shelves_stand_below_each_other_and_never_in_a_circle(house: House) -> None:
    def shelf(name: str, parent: int | None = None, key: int | None = None) -> int:
        wanted = Shelf(key, house.brand, {"en": name}, parent)
        return keep_category(house.ada, wanted, by=house.by, at=NOON)

    top = shelf("Care")
    low = shelf("Brakes", top)
    with pytest.raises(BadArticle, match="below itself"):
        shelf("Care", low, top)
    with pytest.raises(BadArticle, match="already"):
        shelf("Care")
    key = house.draft(category_id=low)
    remove_category(house.ada, low, by=house.by, at=NOON)
    assert articles_page(Wanted(category=top))[0].id == key


def test_an_opinion_is_kept_once_for_each_page_and_settled(house: House) -> None:
    key = house.published()

    def said(ticket: str, helpful: bool, reason: str = "", comment: str = "") -> None:
        hear_reader(
            house.brand, "en", "bells", ticket=ticket, is_helpful=helpful, reason=reason, comment=comment, at=NOON
        )

    said("one", False)
    said("one", False, "wrong", "<b>It hums.</b>")
    said("two", True)
    (open_one,) = opinions_to_settle()
    assert (open_one.reason, open_one.comment, helped([key])) == ("wrong", "<b>It hums.</b>", {key: (1, 2)})
    assert settle_opinions(house.ada, [open_one.id], by=house.by, at=NOON) == 1
    assert (opinions_to_settle(), settle_opinions(house.ada, [open_one.id], by=house.by, at=NOON)) == ([], 0)


def test_a_picture_is_what_its_bytes_say_and_seen_by_readers_once_its_article_is(house: House) -> None:
    key = house.draft()
    with pytest.raises(Refused, match="no picture"):
        add_picture(house.ada, key, b"<svg onload=alert(1)>", name="a.png", by=house.by, at=NOON)
    place = add_picture(house.ada, key, png(), name="a.png", by=house.by, at=NOON).rpartition("/")[2]
    before = picture_at(place).is_open
    house.brought(key)
    assert (before, picture_at(place).is_open, len(place)) == (False, True, 22)


def test_what_leaves_as_files_comes_in_again_and_twice_doubles_nothing(house: House) -> None:
    key = house.published(kind="faq")
    address = add_picture(house.ada, key, png(), name="bell.png", by=house.by, at=NOON)
    write_words(
        house.ada, key, "en", Written("Bells", f'<p>Ring.</p><img src="{address}" alt="A bell">'), by=house.by, at=NOON
    )
    write_words(house.ada, key, "de", Written("Klingeln", "<p>Läuten.</p>"), by=house.by, at=NOON)
    whole = articles_as_files(house.ada)
    again = bring_in_articles(house.ada, "all.zip", whole, brand=house.brand, language="en", by=house.by, at=NOON)
    assert (again.added, again.changed, again.left_out, len(articles_page(Wanted()))) == (0, 2, [], 1)
    html = newest_version(key, "en").html
    assert html.count("<img") == 1 and "/help/pictures/" in html and address not in html


def test_a_zip_of_markdown_with_pictures_comes_in_and_what_is_no_article_is_named(house: House) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "en/flat.md", "---\ncategory: care\n---\n# Flat tyre\n\n![hole](../pics/hole.png) <script>x</script>"
        )
        archive.writestr("de/flat.md", "# Platten\n\nFlicken.")
        archive.writestr("en/empty.md", "no heading")
        archive.writestr("pics/hole.png", png())
    given = {"brand": house.brand, "language": "en", "by": house.by, "at": NOON}
    brought = bring_in_articles(house.ada, "a.zip", out.getvalue(), **given)
    assert (brought.added, brought.left_out) == (2, [("en/empty.md", "It has no title.")])
    versions = [one for row in articles_page(Wanted()) for one in row.versions]
    assert sorted((one["language"], one["title"], one["state"]) for one in versions) == [
        ("de", "Platten", "draft"), ("en", "Flat tyre", "draft"),
    ]  # fmt: skip
    with pytest.raises(Refused, match="broken"):
        bring_in_articles(house.ada, "a.zip", out.getvalue()[:90], **given)
    with pytest.raises(Forbidden):
        bring_in_articles(replace(house.ben(), grants={}), "a.md", b"# A", **given)


def statements_counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement of ours from now on."""
    asked: list[str] = []
    ran = db._ran

    def counted(sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return ran(sql, *rest)

    monkeypatch.setattr(db, "_ran", counted)
    return asked


def png() -> bytes:
    """A white dot."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\xff\xff\xff"))
        + chunk(b"IEND", b"")
    )
