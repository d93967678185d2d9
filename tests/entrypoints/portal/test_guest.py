"""Customers see the brand by whose name they came, in a language they read."""

import re
from typing import Any

import pytest
from django.test import Client

from careline.domain.company.models import Brand, Company
from tests.world import World, make_world

HTML = re.compile(r'<html lang="([\w-]+)" dir="(\w+)"')


@pytest.fixture
def world(db: Any) -> World:
    return make_world()


def test_the_host_says_which_brand_it_is_and_any_other_host_means_the_default_one(world: World, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    Brand.objects.create(
        name="rentals", public_name="Northwind Rentals", domain="help.rentals.example", accent="#0a7d4f"
    )
    names = {
        host: _brand_on(host) for host in ("help.rentals.example:8443", "HELP.rentals.example", "other.example", "")
    }
    assert names == {
        "help.rentals.example:8443": "Northwind Rentals", "HELP.rentals.example": "Northwind Rentals",
        "other.example": "Northwind Bikes", "": "Northwind Bikes",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "cookie", "accepted", "expected"),
    [
        ("", "", "de-AT,de;q=0.9", ("de", "ltr")),
        ("", "en", "de", ("en", "ltr")),
        ("ar", "en", "de", ("ar", "rtl")),
        ("xx", "", "ja, fr;q=0.5", ("en", "ltr")),
        ("", "../", "*;q=,,;", ("en", "ltr")),
    ],
)
def test_a_page_speaks_what_was_asked_for_then_what_was_chosen_then_what_the_browser_likes(
    asked: str, cookie: str, accepted: str, expected: tuple[str, str], world: World
) -> None:
    Company.objects.update(languages=["en", "de", "ar"])
    browser = Client(headers={"Accept-Language": accepted})
    if cookie:
        browser.cookies["careline_language"] = cookie
    page = browser.get("/help/nowhere", {"lang": asked} if asked else {})
    assert HTML.search(page.content.decode()).groups() == expected  # type: ignore[union-attr]
    assert ("careline_language" in page.cookies) == (asked == "ar")


def test_a_colour_of_a_brand_comes_as_a_sheet_of_its_own_and_nothing_else_does(world: World) -> None:
    sheet = Client().get("/look/ffe100.css")
    assert (sheet.status_code, sheet.headers["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert sheet.content.decode().count("#") == 4
    assert [Client().get(f"/look/{bad}.css").status_code for bad in ("FFE100", "red", "12345g", "0000000")] == [404] * 4


def test_before_a_company_was_founded_there_is_one_plain_page(db: Any) -> None:
    page = Client().get("/help/nowhere")
    assert (page.status_code, "portal.css" in page.content.decode()) == (404, True)


def _brand_on(host: str) -> str:
    headers = {"Host": host} if host else {}
    page = Client(headers=headers).get("/help/nowhere").content.decode()
    return re.search(r'class="brand" href="/help">(?:<img[^>]*>)?<bdi>([^<]*)</bdi>', page)[1]  # type: ignore[index]
