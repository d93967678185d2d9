"""The bell in two browsers: told without a reload, seen by opening, by keyboard alone; axe on its screens in both themes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, letter
from tests.browser.test_accessibility import THEMES, faults

pytestmark = pytest.mark.browser


def test_who_is_mentioned_hears_it_at_once_and_by_keyboard_alone(house: House, sit_down: Callable[..., Page]) -> None:
    house.mail(letter("A rattling chain", "My chain rattles."))
    ben = sit_down("ben", reduced_motion="reduce")
    ada = sit_down("ada")
    ben.evaluate("window.since = 'this page'")
    bell = ben.locator("#bell [data-count=notices]")
    ada.locator(".row", has_text="A rattling chain").click()
    ada.locator("article.case").wait_for()
    ada.keyboard.press("n")
    ada.keyboard.type("Please look, @Ben Okafor ")
    ada.keyboard.press("Escape")
    ada.locator("#composer textarea, #composer [contenteditable]").first.focus()
    ada.keyboard.press("Control+Enter")

    expect(bell).to_have_text("1", timeout=15_000)
    expect(ben.locator("#toasts .toast[data-told]")).to_contain_text("You were mentioned in #")
    assert ben.evaluate("document.activeElement === document.body") is True
    expect(ben).to_have_title(re.compile(r"^\(1\) "))
    ben.locator("#bell > summary").focus()
    ben.keyboard.press("Enter")
    expect(ben.locator("#notices .told-case")).to_have_count(1)
    for theme in THEMES:
        ben.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        assert faults(ben, within="#bell") == []
    assert ben.evaluate("window.since") == "this page"
    ben.locator("#notices .told-link").focus()
    ben.keyboard.press("Enter")
    ben.locator("article.case").wait_for()
    expect(bell).to_have_text("")
    expect(ada.locator("#bell [data-count=notices]")).to_have_text("")


def test_choices_stay_and_the_screens_stand_in_nobody_s_way(house: House, sit_down: Callable[..., Page]) -> None:
    page = sit_down("ada", reduced_motion="reduce")
    page.goto(f"{house.url}/settings/notifications")
    page.get_by_label("A colleague's note: On my devices").check()
    page.get_by_label("Friday", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    page.goto(f"{house.url}/settings/notifications")
    expect(page.get_by_label("A colleague's note: On my devices")).to_be_checked()
    expect(page.get_by_label("Friday", exact=True)).to_be_checked()
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        for path in ("/settings/notifications", "/notifications"):
            page.goto(f"{house.url}{path}")
            assert faults(page) == []


def test_without_the_network_there_is_a_page_of_our_own_and_no_case_is_kept(
    house: House, sit_down: Callable[..., Page]
) -> None:
    page = sit_down("ada")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.controller")
    kept = page.evaluate(
        """async () => Promise.all((await caches.keys()).map(async (name) =>
            (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))"""
    )
    assert [re.sub(r"/[0-9a-f]{16}\.", "/HASH.", place) for place in kept[0]] == [
        "/offline",
        "/static/web/HASH.css",
        "/static/web/icon.svg",
    ]
    page.context.set_offline(True)
    page.goto(f"{house.url}/inbox")
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("link", name="Try again").click()
    page.wait_for_url("**/inbox*")
