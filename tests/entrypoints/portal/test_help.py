"""The help centre as readers meet it."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.test import Client

from careline.domain.company.models import Brand, Company
from careline.domain.knowledge.queries.opinions import helped
from careline.entrypoints.portal.help.tickets import is_good, new_ticket
from careline.flows.keep_brands import Look, dress_brand
from careline.flows.keep_categories import Shelf, keep_category
from careline.flows.write_article import Written, write_words
from careline.kit import clock
from tests.flows.test_articles import House, statements_counted
from tests.world import NOON, make_world

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def house(db: None) -> House:
    return House(make_world())


def page(address: str, **headers: str) -> Any:
    return Client(headers=headers).get(address)


def words(address: str) -> str:
    return str(page(address).content.decode())


def test_a_reader_finds_an_article_by_its_shelf_and_reads_it(house: House) -> None:
    shelf = keep_category(house.ada, Shelf(None, house.brand, {"en": "Care", "de": "Pflege"}), by=house.by, at=NOON)
    house.published("Ring it", "<h2>How</h2><p>Press.</p>", category_id=shelf)
    house.published("Oil it", category_id=shelf)
    assert 'href="/help/en/c/care"' in words("/help/en")
    assert 'href="/help/en/ring-it"' in words("/help/en/c/care")
    found = words("/help/en/ring-it")
    assert "<h2>How</h2><p>Press.</p>" in found
    assert re.search(r'Related articles.*href="/help/en/oil-it"', found, re.S)
    assert 'href="/help/en/c/care"><bdi>Care</bdi>' in found


def test_drafts_and_what_is_for_staff_are_told_like_what_is_not_there(house: House) -> None:
    house.draft("A draft")
    house.published("For us", audience="staff")
    answers = [page(f"/help/en/{slug}") for slug in ("a-draft", "for-us", "nothing")]
    bodies = {re.sub(r"/help/en/[a-z-]+", "", answer.content.decode()) for answer in answers}
    assert ([answer.status_code for answer in answers], len(bodies)) == ([404] * 3, 1)
    assert "For us" not in words("/help") + words("/help/sitemap.xml") + words("/help/en/feed.xml")


def test_html_in_every_field_stays_words(house: House) -> None:
    hostile = '"><script>alert(1)</script>'
    shelf = keep_category(house.ada, Shelf(None, house.brand, {"en": hostile}), by=house.by, at=NOON)
    house.published(hostile, f"<p>a</p>{hostile}", category_id=shelf, kind="faq")
    slug = "script-alert-1-script"
    pages = [
        words(at)
        for at in ("/help/en", f"/help/en/c/{slug}", f"/help/en/{slug}", "/help/en/feed.xml", "/help/sitemap.xml")
    ]
    assert [found.count("<script>") for found in pages] == [0] * 5
    assert [
        json.loads(block) is not None for found in pages[:3] for block in re.findall(r'ld\+json">(.*?)</script>', found)
    ] == [True, True]
    ElementTree.fromstring(pages[3])


def test_an_article_that_links_to_itself_leads_nowhere_in_a_circle(house: House) -> None:
    house.published("Bells", '<p>See <a href="/help/en/bells">Bells</a> and <a href="/help/en/oil">Oil</a>.</p>')
    body = re.search(r'class="prose"[^>]*>(.*?)</div>', words("/help/en/bells"), re.S)[1]  # type: ignore[index]
    assert body == '<p>See Bells and <a href="/help/en/oil" rel="noopener">Oil</a>.</p>'


def test_each_language_names_the_others_and_is_read_from_right_to_left_where_it_is(house: House) -> None:
    Company.objects.update(languages=["en", "ar"])
    key = house.published("Bells")
    write_words(house.ada, key, "ar", Written("جرس الدراجة", "<p>اضغط.</p>"), by=house.by, at=NOON)
    house.brought(key, "ar")
    arabic = f"/help/ar/{quote('جرس-الدراجة')}"
    found = words("/help/en/bells")
    assert re.findall(r'rel="alternate" hreflang="([\w-]+)" href="([^"]+)"', found) == [
        ("ar", f"http://127.0.0.1:8000{arabic}"), ("en", "http://127.0.0.1:8000/help/en/bells"), ("x-default", f"http://127.0.0.1:8000{arabic}"),
    ]  # fmt: skip
    assert '<html lang="ar" dir="rtl">' in words(arabic)
    assert f'href="{arabic}" lang="ar"' in found


def test_an_address_of_before_leads_to_where_it_is_read_now(house: House) -> None:
    key = house.published("Bells")
    write_words(house.ada, key, "en", Written("Horns", "<p>Toot.</p>"), by=house.by, at=NOON)
    house.brought(key)
    moved = page("/help/en/bells")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/help/en/horns")


def test_whether_it_helped_is_heard_without_a_cookie_and_once(house: House) -> None:
    key = house.published("Bells")
    shown = page("/help/en/bells")
    ticket = re.search(r'name="ticket" value="([^"]+)"', shown.content.decode())[1]  # type: ignore[index]
    browser = Client(enforce_csrf_checks=True)
    why = browser.post("/help/en/bells/opinion", {"ticket": ticket, "helped": "no"})
    assert (why.status_code, "What is missing?" in why.content.decode(), len(shown.cookies)) == (200, True, 0)
    for _ in range(2):
        done = browser.post(
            "/help/en/bells/opinion", {"ticket": ticket, "helped": "no", "why": "1", "reason": "wrong", "comment": "x"}
        )
    assert (done.status_code, done.headers["Location"], helped([key])) == (
        302,
        "/help/en/bells?thanks=no#helpful",
        {key: (0, 1)},
    )
    assert browser.post("/help/en/bells/opinion", {"ticket": "1.2.3.4", "helped": "no"}).status_code == 422
    assert helped([key]) == {key: (0, 1)}


def test_a_ticket_is_good_for_its_article_and_for_a_week() -> None:
    from datetime import timedelta

    ticket = new_ticket(7, at=NOON)
    assert [is_good(ticket, article=n, at=NOON + timedelta(days=d)) for n, d in ((7, 0), (7, 6), (7, 8), (8, 0))] == [
        True,
        True,
        False,
        False,
    ]
    assert [is_good(bad, article=7, at=NOON) for bad in ("", "7.1.x", ticket[:-1], ticket + "é", "a.b.c.d")] == [
        False
    ] * 5


def test_feed_and_site_map_can_be_read_by_machines(house: House) -> None:
    house.published("Bells & <horns>")
    feed = ElementTree.fromstring(words("/help/en/feed.xml"))
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == ["Bells & <horns>"]
    urls = ElementTree.fromstring(words("/help/sitemap.xml"))
    assert [one.text for one in urls.iter() if one.tag.endswith("loc")] == [
        "http://127.0.0.1:8000/help/en", "http://127.0.0.1:8000/help/en/bells-horns",
    ]  # fmt: skip
    assert page("/help/de/feed.xml").status_code == 404


def test_a_page_takes_few_statements_and_little_room(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(12):
        house.published(f"Bells {n}", "<p>Ring.</p>" * 200)
    asked = statements_counted(monkeypatch)
    answer = page("/help/en/bells-3", **{"Accept-Encoding": "gzip"})
    assert len(asked) <= 4
    sheet = page("/static/portal/portal.css", **{"Accept-Encoding": "gzip"})
    size = len(answer.content) + len(b"".join(sheet) if sheet.streaming else sheet.content)
    assert size < 50_000
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_a_brand_on_its_own_domain_shows_its_articles_alone_and_takes_its_own_forms(
    house: House, settings: Any
) -> None:
    other = Brand.objects.create(name="Rentals")
    dress_brand(
        house.ada, other.pk, Look("Northwind Rentals", "help.rentals.example", "#ffe100", ("de",)), by=house.by, at=NOON
    )
    house.published("Bells")
    shown = page("/help", Host="help.rentals.example")
    found = shown.content.decode()
    assert ("Northwind Rentals" in found, "/help/en/bells" in found, "/look/ffe100.css" in found) == (True, False, True)
    assert page("/help/en/bells", Host="help.rentals.example").status_code == 404


@pytest.mark.parametrize(
    "look",
    [
        Look(domain="https://x.example"),
        Look(domain="localhost"),
        Look(accent="red"),
        Look(languages=("english",)),
        Look(logo=b"GIF8"),
        Look("x" * 101),
    ],
)
def test_a_look_that_cannot_be_is_refused_and_changes_nothing(look: Look, house: House) -> None:
    from careline.domain.conversations.errors import Refused

    before = Brand.objects.values().get(pk=house.brand)
    with pytest.raises(Refused):
        dress_brand(house.ada, house.brand, look, by=house.by, at=NOON)
    assert Brand.objects.values().get(pk=house.brand) == before
