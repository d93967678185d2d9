"""The supervisor's wall in a browser: cases move by drag and by key, news come by themselves, nothing stands in anybody's way."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, letter
from tests.browser.test_accessibility import faults, faults_in_both

pytestmark = pytest.mark.browser
SitDown = Callable[..., Page]


def test_a_case_goes_to_a_colleague_by_drag_and_by_key_and_comes_back(house: House, sit_down: SitDown) -> None:
    ada = sit_down("ada")
    queue = team(ada, "Wall")
    house.mail(letter("On the wall", "Please."))
    to_team(ada, "On the wall", queue)
    ada.goto(f"/wall/cases?about=waiting&queue={queue}")
    row = ada.locator(".wall-rows .row", has_text="On the wall")
    held = ada.locator("[data-drop-agent]", has_text="Ben Okafor").locator(".held a")
    before = int(held.inner_text().split()[0])
    with ada.expect_response(re.compile("/assignee$")):
        row.drag_to(ada.locator("[data-drop-agent]", has_text="Ben Okafor"))
    expect(row).to_have_count(0)
    expect(held).to_have_text(re.compile(f"^{before + 1} case"))
    ada.locator("[data-toast-undo]").click()
    expect(row).to_have_count(1)
    row.locator("> a").focus()
    ada.keyboard.press("Shift+A")
    ada.locator("#chooser[open] [role=option]", has_text="Ben Okafor").wait_for()
    ada.keyboard.type("Ben")
    ada.keyboard.press("Enter")
    expect(row).to_have_count(0)


def test_what_happens_is_on_the_wall_without_a_reload_and_the_focus_stays(house: House, sit_down: SitDown) -> None:
    ada, ben = sit_down("ada"), sit_down("ben")
    queue = team(ada, "Wall by itself")
    house.mail(letter("Comes by itself", "Please."))
    ada.goto(f"/wall/cases?about=waiting&queue={queue}")
    ada.evaluate("window.same = true")
    place = ada.locator(".wall-side a").first
    place.focus()
    to_team(ben, "Comes by itself", queue)
    expect(ada.locator(".wall-rows .row", has_text="Comes by itself")).to_be_visible()
    expect(place).to_be_focused()
    assert ada.evaluate("window.same") is True


def test_nothing_stands_in_the_way_before_the_wall(house: House, sit_down: SitDown) -> None:
    ada = sit_down("ada", reduced_motion="reduce")
    for place in ("/wall", "/wall?big=1", "/wall/cases?about=help", "/handover"):
        ada.goto(place)
        assert (place, faults_in_both(ada)) == (place, [])


def test_on_a_phone_nothing_sticks_out_and_the_customer_comes_as_a_sheet(house: House, sit_down: SitDown) -> None:
    ada = sit_down("ada", viewport={"width": 390, "height": 844}, has_touch=True)
    house.mail(letter("In the sheet", "Please."))
    for place in ("/wall", "/wall/cases?about=waiting", "/handover"):
        ada.goto(place)
        assert ada.evaluate("document.documentElement.scrollWidth <= innerWidth"), place
    ada.goto("/inbox")
    ada.locator(".row", has_text="In the sheet").first.click()
    ada.locator(".facts-toggle").click()
    expect(ada.locator("#facts .rail-fold").first).to_be_visible()
    assert faults(ada) == []
    ada.locator("#facts .sheet-close").click()
    expect(ada.locator("#facts")).to_be_hidden()


def to_team(page: Page, subject: str, queue: str) -> None:
    """The other tests leave hundreds of cases: a queue of its own holds this one alone."""
    page.goto("/inbox")
    row = page.locator(".row", has_text=subject)
    row.wait_for()
    row.locator("> a").click()
    page.locator("#case-header").wait_for()
    url = page.url.split("?")[0]
    with page.expect_response(re.compile("/team$")):
        page.evaluate(
            "([url, team]) => htmx.ajax('PUT', url, { values: { team }, swap: 'none' })", [f"{url}/team", queue]
        )


def team(page: Page, name: str) -> str:
    """Both are in it, so that both stand on the wall; its key."""
    page.goto("/teams/new")
    page.fill("[name=name]", name)
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    page.locator("main form button:not([type=button])").last.click()
    page.wait_for_url(lambda url: not url.endswith("/teams/new"))
    return page.url.rpartition("/")[2]
