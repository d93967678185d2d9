"""A case is tied to a known issue from its menu, which closes, and the issue stays in sight above a long thread."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, letter

pytestmark = pytest.mark.browser


def test_a_case_is_tied_to_a_known_issue_from_its_menu(house: House, sit_down: Callable[..., Page]) -> None:
    house.mail(letter("The straps are missing", "No straps in the box.\n\n" + "And more.\n\n" * 60))
    page = sit_down("ada")
    page.goto(f"{house.url}/problems/new")
    page.locator("input[name=title]").fill("Boxes without brackets")
    page.get_by_role("button", name="Save").click()
    page.goto(f"{house.url}/inbox")
    page.locator(".row", has_text="The straps are missing").click()
    menu = page.locator("summary[aria-label=More]")
    menu.click()
    page.get_by_role("button", name="Tie to a known issue").click()
    expect(page.locator("details[data-menu][open]")).to_have_count(0)
    page.locator("#known-issue").get_by_role("button", name="Boxes without brackets").click()
    tied = page.locator("#known-issue").get_by_role("link", name="Boxes without brackets")
    expect(tied).to_be_in_viewport()
    page.locator("#thread").evaluate("thread => thread.scrollTo(0, thread.scrollHeight)")
    expect(tied).to_be_in_viewport()
