"""A complaint by keyboard: one key records it, it is decided and answered, and somebody mends what led to it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, letter

pytestmark = pytest.mark.browser


def test_a_complaint_from_a_letter_to_a_corrective_action(house: House, sit_down: Callable[..., Page]) -> None:
    house.mail(letter("The bell is silent", "I am not satisfied: it never rang once."))
    page = sit_down("ada")
    page.goto(f"{house.url}/inbox")
    page.locator(".row", has_text="The bell is silent").click()
    expect(page.locator("#complaints")).to_be_attached()
    page.keyboard.press("Shift+D")
    expect(page.get_by_role("heading", name="COMP-")).to_be_visible()
    expect(page.get_by_text("I am not satisfied: it never rang once.").first).to_be_visible()
    page.get_by_text("Decide", exact=True).first.click()
    page.get_by_label("Upheld", exact=True).check()
    page.get_by_label("Why", exact=True).fill("The clapper was missing.")
    page.get_by_role("button", name="Decide").click()
    page.get_by_role("link", name="Final answer").click()
    expect(page.get_by_label("What it says")).to_have_value(re.compile("The clapper was missing."))
    page.get_by_role("button", name="Send, or keep it").click()
    page.get_by_label("Satisfied", exact=True).check()
    page.get_by_role("button", name="Close the complaint").click()
    page.get_by_text("Ask for a corrective action").click()
    page.get_by_label("What is to be done").fill("Ring every bell before it leaves.")
    page.get_by_label("By the end of").fill((datetime.now(UTC).date() + timedelta(days=9)).isoformat())
    page.get_by_role("button", name="Ask for it").click()
    expect(page.get_by_text("Ring every bell before it leaves.")).to_be_visible()
    expect(page.get_by_text("Closed", exact=True).first).to_be_visible()
