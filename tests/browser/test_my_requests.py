"""A customer signs in by the link in a mail, writes on a request, is seen by an agent at once, and rates how it was solved."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import House, letter
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.browser
LIVE_WITHIN = 3_000
LINK = re.compile(rb"/my/link/([\w-]{32})")


def test_a_customer_comes_by_a_link_writes_and_rates_while_an_agent_looks_on(
    house: House, sit_down: Callable[..., Page], chromium: Browser
) -> None:
    house.mail(letter("The saddle is loose", "Hello, it turns by itself."))
    ada = sit_down("ada")
    ada.locator(".row", has_text="The saddle is loose").click(timeout=LIVE_WITHIN)
    # without scripts, on a phone
    context = chromium.new_context(
        base_url=house.url, java_script_enabled=False, viewport={"width": 390, "height": 800}
    )
    carol = context.new_page()
    carol.goto("/my/requests")
    carol.fill("#field-email", "carol@example.com")
    carol.get_by_role("button", name="Send me a link").click()
    expect(carol.get_by_role("status")).to_contain_text("carol@example.com")
    carol.goto(f"/my/link/{newest_token(house)}")
    carol.get_by_role("button", name="Show my requests").click()
    carol.get_by_role("link", name="The saddle is loose").click()
    expect(carol.locator(".said .words")).to_have_text("Hello, it turns by itself.")

    carol.fill("#field-text", "It fell off on the way home.")
    carol.get_by_role("button", name="Send", exact=True).click()
    expect(ada.locator("article.message", has_text="It fell off on the way home.")).to_be_visible(timeout=LIVE_WITHIN)

    carol.get_by_role("button", name="My problem is solved").click()
    carol.get_by_label("4 · Good").check()
    carol.get_by_role("button", name="Rate it").click()
    expect(carol.get_by_role("status")).to_contain_text("Thank you for your rating")
    context.close()


@pytest.mark.full
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_stands_in_the_way_on_the_customers_pages(house: House, chromium: Browser, theme: str) -> None:
    house.mail(letter(f"A bell in {theme}", "Hello, does it ring?"))
    context = chromium.new_context(base_url=house.url, color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/my/sign-in")
    assert faults(page) == []
    page.fill("#field-email", "carol@example.com")
    page.get_by_role("button", name="Send me a link").click()
    assert faults(page) == []
    page.goto(f"/my/link/{newest_token(house)}")
    assert faults(page) == []
    page.get_by_role("button", name="Show my requests").click()
    assert faults(page) == []
    page.locator(".rows a").first.click()
    assert faults(page) == []
    page.get_by_role("button", name="My problem is solved").click()
    assert faults(page) == []
    page.goto("/my/account")
    assert faults(page) == []
    context.close()


def newest_token(house: House, *, within: float = 8.0) -> str:
    """Of the newest mail with a link."""
    end = time.monotonic() + within
    seen = len(_links(house))
    while time.monotonic() < end:
        found = _links(house)
        if len(found) > seen or (found and time.monotonic() > end - within + 1.5):
            return found[-1]
        time.sleep(0.05)
    raise AssertionError("No link came.")


def _links(house: House) -> list[str]:
    return [found[1].decode() for taken in house.outside.received if (found := LINK.search(taken.raw))]
