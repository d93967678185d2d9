"""An editor's article on its way to a reader who cannot spell."""

from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import House

pytestmark = pytest.mark.browser


def test_an_article_goes_through_review_and_is_found_by_a_misspelt_search(
    house: House, sit_down: Callable[..., Page], chromium: Browser
) -> None:
    httpx.get(f"{house.url}/login", timeout=60)  # the first page of a new house takes longest
    ben = sit_down("ben")
    ben.goto("/articles/new")
    ben.fill("#field-title", "Mending a punctured tyre")
    ben.fill("#field-summary", "With a patch, in ten minutes.")
    ben.locator(".ProseMirror").fill("Take the tube out, roughen the rubber, and press the patch on.")
    ben.get_by_role("button", name="Save draft").click()
    state = ben.locator(".card-head .chip").first
    expect(state).to_have_text("Draft")
    ben.get_by_role("button", name="Hand in for review", exact=True).click()
    expect(state).to_have_text("In review")

    ada = sit_down("ada")
    ada.goto(ben.url)
    ada.get_by_role("button", name="Approve").click()
    expect(ada.locator(".card-head .chip").first).to_have_text("Approved")
    ada.get_by_role("button", name="Publish now").click()
    expect(ada.locator(".card-head .chip").first).to_have_text("Published")

    context = chromium.new_context(base_url=house.url, java_script_enabled=False)
    carol = context.new_page()
    found = carol.get_by_role("link", name="Mending a punctured tyre")
    for _ in range(40):  # the words of what is published are counted every two seconds
        carol.goto("/help/search?q=pucntured+tire")
        if found.count():
            break
        carol.wait_for_timeout(250)
    found.click()
    expect(carol.get_by_role("heading", name="Mending a punctured tyre")).to_be_visible()
    expect(carol.locator("main")).to_contain_text("press the patch on")
    context.close()
