"""A manager finds the cases behind a number: from the overview in three clicks; and nothing stands in anybody's way there."""

import re
from collections.abc import Callable

import httpx
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


def test_a_manager_finds_why_last_week_was_bad_in_three_clicks(house: House, sit_down: SitDown) -> None:
    with house._start("token", "ada@northwind.example", "--data", house.data) as asked:
        token = asked.communicate()[0].split()[-1]
    with httpx.Client(base_url=f"{house.url}/api/v1", headers={"Authorization": f"Bearer {token}"}, timeout=60) as api:
        topic = api.post("/topics", json={"name": {"en": "Lights"}}).raise_for_status().json()["id"]
        for n in range(4):
            given = {
                "from": "carol@example.com",
                "subject": f"Light {n} went dark",
                "text": "After three rides.",
                "kind": "incoming",
            }
            number = api.post("/conversations", json=given).raise_for_status().json()["number"]
            api.patch(f"/conversations/{number}", json={"topic_id": topic}).raise_for_status()
    ada = sit_down("ada")
    ada.goto("/reports")
    issue = ada.locator("section.card", has=ada.get_by_role("heading", name="Lights", exact=True))
    for _ in range(20):
        ada.get_by_role("link", name="Emerging issues", exact=True).click()
        if issue.get_by_role("link", name="4 cases", exact=True).is_visible():
            break
        ada.wait_for_timeout(250)  # the worker counts
    issue.get_by_role("link", name="4 cases", exact=True).click()
    expect(ada.locator("[data-total]")).to_have_attribute("data-total", "4")
    expect(ada.locator(".wall-rows .row")).to_have_count(4)
    ada.locator(".wall-rows .row > a").first.click()
    expect(ada.get_by_role("heading", name="Light 3 went dark")).to_be_visible()
    ada.set_viewport_size({"width": 390, "height": 844})
    ada.goto("/reports/topics")
    expect(ada.locator(".of-figures tbody tr", has_text="Lights")).to_be_visible()
    # on a phone as on paper, all columns are there
    wide = "[...document.querySelectorAll('.card.scrolls')].filter((one) => one.scrollWidth > one.clientWidth).length"
    assert ada.evaluate(wide) == 0
    ada.set_viewport_size({"width": 718, "height": 1000})  # A4 upright
    ada.emulate_media(media="print")
    expect(ada.locator(".of-paper")).to_have_text(re.compile(r"^20\d\d-\d\d-\d\d – 20\d\d-\d\d-\d\d"))
    assert ada.evaluate(wide) == 0


def test_nothing_stands_in_the_way_before_a_report(house: House, sit_down: SitDown) -> None:
    ada = sit_down("ada", reduced_motion="reduce")
    for place in ("/reports", "/reports/issues?days=90", "/reports/cases?measure=opened", "/reports/complaints", "/reports/gaps", "/reports/costs",
                  "/settings/hour-prices", "/written-report"):  # fmt: skip
        ada.goto(place)
        assert (place, faults(ada)) == (place, [])
