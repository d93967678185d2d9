"""A manager finds the cases behind a number: from the overview in three clicks; and nothing stands in anybody's way there."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, letter
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.browser
SitDown = Callable[..., Page]


def test_from_the_overview_to_the_cases_in_three_clicks(house: House, sit_down: SitDown) -> None:
    ada = sit_down("ada")
    house.mail(letter("Behind a number", "Please."))
    ada.goto("/reports")
    ada.get_by_role("link", name="7 days").click()
    tile = ada.locator(".tile", has=ada.get_by_role("heading", name="New cases", exact=True)).locator(".tile-value a")
    told = tile.inner_text()
    tile.click()
    expect(ada.locator("[data-total]")).to_have_attribute("data-total", re.sub(r"\D", "", told))
    ada.locator(".wall-rows .row > a").first.click()
    expect(ada).to_have_url(re.compile(r"/conversations/\d+"))


def test_nothing_stands_in_the_way_before_a_report(house: House, sit_down: SitDown) -> None:
    ada = sit_down("ada", reduced_motion="reduce")
    for place in ("/reports", "/reports/issues?days=90", "/reports/cases?measure=opened"):
        ada.goto(place)
        assert (place, faults(ada)) == (place, [])
