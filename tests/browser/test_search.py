"""Searching by keyboard: suggestions are walked and filled in, a hit opens its case at the message."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, letter

pytestmark = pytest.mark.browser


def test_from_a_key_to_the_message(house: House, sit_down: Callable[..., Page]) -> None:
    house.mail(letter("The squeaking hub", "The rear hub squeaks like a frightened marmot."))
    page = sit_down()
    expect(page.get_by_text("The squeaking hub").first).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_url("**/search")
    field = page.locator("[data-search]")
    expect(field).to_be_focused()

    page.keyboard.type("is:un")
    expect(page.locator("#suggestions a")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("is:unassigned ")

    page.keyboard.type("marmots")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=is*")
    expect(page.locator(".hit mark")).to_have_text("marmot")
    page.locator(".hit a").click()

    expect(page.locator(".message.found")).to_contain_text("frightened marmot")
    expect(page.locator(".message.found")).to_be_in_viewport()


def test_what_is_typed_into_the_field_stays_text(house: House, sit_down: Callable[..., Page]) -> None:
    page = sit_down()
    page.goto('/search?q="><img src=x onerror=document.title=1>')

    expect(page.locator("[data-search]")).to_have_value('"><img src=x onerror=document.title=1>')
    assert page.locator("img").count() == 0
