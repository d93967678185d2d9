"""Canned replies and macros in the composer, by keyboard alone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, letter

pytestmark = pytest.mark.browser


def test_a_reply_and_a_macro_are_two_keys_away(house: House, sit_down: Callable[..., Page]) -> None:
    house.mail(letter("A bell", "My bell is broken."))
    page = sit_down("ada")
    page.goto("/replies/new")
    page.fill("[name=name]", "Greeting")
    page.fill("[name=abbreviation]", "hi")
    page.fill("[name=text-en]", "Hello {{customer.first_name}},\n{{cursor}}\n{{customer.company}}")
    page.get_by_role("button", name="Save").click()
    page.goto("/macros/new")
    page.fill("[name=name]", "Urgent")
    page.select_option("[name=priority]", "urgent")
    page.fill("[name=tag]", "bells")
    page.get_by_role("button", name="Save").click()
    page.goto("/inbox")
    page.locator(".row", has_text="A bell").click()
    page.locator("article.case").wait_for()
    text = page.locator("#composer textarea")

    page.keyboard.press("r")
    page.keyboard.type("So: ::")
    expect(page.locator(".picker [role=option]")).to_have_count(1)
    page.keyboard.type("greet")
    page.keyboard.press("Enter")
    expect(text).to_have_value("So: Hello Carol,\n\n{{customer.company}}")
    page.keyboard.type("here")
    expect(text).to_have_value("So: Hello Carol,\nhere\n{{customer.company}}")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-unfilled]")).to_contain_text("{{customer.company}}")
    page.keyboard.type("Jensen & Co")
    expect(page.locator("[data-unfilled]")).to_have_count(0)

    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")
    page.keyboard.type(";")
    page.wait_for_load_state("networkidle")
    page.keyboard.type("hi ")
    expect(text).to_have_value(re.compile("^Hello Carol,"))
    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")

    page.keyboard.press("Escape")
    page.keyboard.press("+")
    expect(page.locator(".picker [role=option]")).to_have_text([re.compile("Urgent")])
    page.keyboard.press("Enter")
    expect(page.locator(".picker .step")).to_have_text([re.compile("Add tags: bells"), re.compile("Priority: Urgent")])
    page.keyboard.press("Enter")
    expect(page.locator("#case-header")).to_contain_text("bells")
