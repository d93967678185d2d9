"""A resolved case asks its customer, who is dissatisfied; it is made good, opened again, and ends well."""

import email
import email.policy
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import House, letter
from tests.waiting import eventually

pytestmark = pytest.mark.browser
SURVEY, ENTRY = re.compile(r"/survey/([a-z2-7]{32})\?answer=1\b"), re.compile(r"/my/link/([\w-]{32})")


def test_a_low_score_is_made_good(house: House, sit_down: Callable[..., Page], chromium: Browser) -> None:
    ada = sit_down("ada")
    ada.goto("/settings/surveys/new?kind=csat")
    ada.fill("#field-name", "After")
    ada.get_by_label("Switched on: customers are asked").check()
    ada.fill("#wait_minutes", "0")
    ada.get_by_role("button", name="Save").last.click()
    ada.wait_for_url("**/settings/surveys")
    house.mail(letter("The chain is rusty", "Hello, it squeaks."))
    ada.goto("/inbox")
    ada.locator(".row", has_text="The chain is rusty").click()
    ada.locator("#composer [data-writing]").click()
    ada.keyboard.type("Oil it.")
    ada.locator("#composer [data-send]").first.click()
    expect(ada.locator("article.message", has_text="Oil it.")).to_be_visible()

    context = chromium.new_context(
        base_url=house.url, java_script_enabled=False, viewport={"width": 390, "height": 800}
    )
    carol = context.new_page()
    carol.goto("/my/requests")
    before = len(links(house, ENTRY))
    carol.fill("#field-email", "carol@example.com")
    carol.get_by_role("button", name="Send me a link").click()
    carol.goto(f"/my/link/{newest(house, ENTRY, before)}")
    carol.get_by_role("button", name="Show my requests").click()
    carol.get_by_role("link", name="The chain is rusty").click()
    carol.get_by_role("button", name="My problem is solved").click()
    token = newest(house, SURVEY, 0)
    scanned(chromium, house, token)
    ada.goto("/surveys")
    expect(ada.get_by_text("No answer yet")).to_be_visible()
    carol.goto(f"/survey/{token}?answer=1")
    expect(carol.get_by_label("1", exact=True)).to_be_checked()
    carol.fill("textarea", "Nobody told me which oil.")
    carol.get_by_role("button", name="Send my answer").click()
    expect(carol.get_by_role("status")).to_contain_text("has been counted")
    context.close()

    ada.goto("/follow-ups?which=all")
    while not ada.locator(".way", has_text="Recovery: The chain is rusty").count():
        ada.wait_for_timeout(200)
        ada.reload()
    ada.locator(".way", has_text="Recovery: The chain is rusty").click()
    ada.get_by_label("Opened again").check()
    ada.get_by_role("button", name="Done").click()
    ada.wait_for_url("**/conversations/*")
    ada.goto(ada.url.rstrip("/") + "/follow-up")
    ada.get_by_label("The customer is satisfied").check()
    ada.get_by_role("button", name="Say so").click()
    expect(ada.locator("#case-header")).to_contain_text("Reopen")
    ada.goto("/surveys?which=low")
    expect(ada.locator(".way", has_text="Nobody told me which oil.")).to_contain_text("Opened again")
    ada.goto("/settings/surveys")
    ada.get_by_role("link", name="After").click()
    ada.on("dialog", lambda asked: asked.accept())
    ada.get_by_role("button", name="Put away").click()
    ada.wait_for_url("**/settings/surveys")


def scanned(chromium: Browser, house: House, token: str) -> None:
    """A scanner of mails follows each link of the letter in a real browser, looks at the whole page, and leaves without a click."""
    context = chromium.new_context(base_url=house.url)
    page = context.new_page()
    for link in (*(f"?answer={score}" for score in range(1, 6)), "/stop"):
        page.goto(f"/survey/{token}{link}", wait_until="load")
        page.get_by_role("button").last.hover()
        page.mouse.wheel(0, 2_000)
    context.close()


def newest(house: House, wanted: re.Pattern[str], before: int) -> str:
    found = eventually(lambda: links(house, wanted)[before:])
    assert found, "a letter with a link came"
    return str(found[-1])


def links(house: House, wanted: re.Pattern[str]) -> list[str]:
    """As they stand in the mails that have left, decoded."""
    found = []
    for taken in house.outside.received:
        body = email.message_from_bytes(taken.raw, policy=email.policy.default).get_body(("plain",))
        if body is not None and (word := wanted.search(body.get_content())):
            found.append(word[1])
    return found
