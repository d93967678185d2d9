"""A visitor on a shop's page of another origin, and Ada in the console: the talk, the leaving, the mail, and its answer."""

import re
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chat_fake import shop, until
from tests.browser.conftest import House, letter
from tests.browser.test_chat_widget import OPEN

pytestmark = pytest.mark.browser
SitDown = Callable[..., Page]
SOONER_THAN_ASKED = 8_000
"""Milliseconds. The panel beside a chat also looks by itself, every 20 s: what it shows before came by the stream."""
NAME = {"key": "name", "label": {"en": "Your name"}, "kind": "text", "is_required": True}
MAIL = {"key": "email", "label": {"en": "Mail address"}, "kind": "email"}


@pytest.fixture(scope="module")
def site(house: House) -> Iterator[dict[str, str]]:
    """A chat site, and a page that holds its chat."""
    with house._start("token", "ada@northwind.example", "--data", house.data) as asked:
        token = asked.communicate()[0].split()[-1]
    api = httpx.Client(base_url=f"{house.url}/api/v1", headers={"Authorization": f"Bearer {token}"}, timeout=60)
    api.get(f"{house.url}/login")  # the first page of a new house takes longest
    given = {"name": "Northwind Bikes", "languages": ["en"], "pre_chat": [NAME, MAIL], "gone_minutes": 1}
    made = api.post("/chat-sites", json=given).raise_for_status().json()
    with shop(house.url, site=made["token"]) as page:
        api.patch(f"/chat-sites/{made['id']}", json={"origins": [page]}).raise_for_status()
        yield {"page": page, "token": made["token"]}
    api.close()


@pytest.fixture
def carol(site: dict[str, str], chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    context.set_default_timeout(10_000)
    context.add_init_script(OPEN)
    page = context.new_page()
    page.goto(site["page"])
    yield page
    context.close()


def test_a_visitor_is_answered_within_a_second_and_nobody_reloads(house: House, sit_down: SitDown, carol: Page) -> None:
    ada = sit_down("ada")
    begin(carol, "Which tyre fits my tandem?")
    ada.locator(".row", has_text="Which tyre fits my tandem?").click()
    ada.locator("#composer").wait_for()
    panel = ada.locator("#visitor")
    expect(panel.get_by_role("listitem")).to_have_count(1)  # the page where the chat is
    carol.get_by_label("Write a message").press_sequentially("It is")
    expect(panel).to_contain_text("Types", timeout=SOONER_THAN_ASKED)
    write(carol, "It is a 28 inch one.")
    expect(ada.locator(".message.incoming")).to_have_count(2)
    expect(panel).not_to_contain_text("Types", timeout=SOONER_THAN_ASKED)
    took = answer(ada, carol, "Then 40 mm fits.")
    assert took < 2, took
    carol.reload()
    expect(carol.locator(".bubble")).to_have_text(
        ["Which tyre fits my tandem?", "It is a 28 inch one.", "Then 40 mm fits."]
    )
    carol.get_by_role("button", name="More").click()
    carol.get_by_role("button", name="End the chat").click()
    carol.get_by_role("button", name="Yes, end it").click()
    expect(panel).not_to_have_attribute("data-number", re.compile("."), timeout=SOONER_THAN_ASKED)
    carol.locator(".stars label").nth(4).click()
    carol.locator(".rating button").click()
    expect(carol.locator(".thanks")).to_have_text("Thank you for your rating.")


@pytest.mark.full
def test_who_has_left_is_answered_by_mail_and_their_mail_comes_into_the_same_case(
    house: House, sit_down: SitDown, carol: Page
) -> None:
    ada = sit_down("ada")
    begin(carol, "Is the workshop open tomorrow?")
    ada.locator(".row", has_text="Is the workshop open tomorrow?").click()
    ada.locator("#composer").wait_for()
    carol.close()
    said = "It opens at eight."
    ada.keyboard.press("r")
    ada.keyboard.type(said)
    ada.keyboard.press("Control+Enter")
    until(lambda: any(said.encode() in mail.raw for mail in house.outside.received), 100)
    sent = message_from_bytes(next(mail.raw for mail in house.outside.received if said.encode() in mail.raw))
    assert sent["To"].endswith("carol@example.com>") or sent["To"] == "carol@example.com"
    house.mail(letter(f"Re: {sent['Subject']}", "Then I come at nine.", answers=sent["Message-ID"]))
    expect(ada.locator(".message.incoming")).to_have_count(2)
    expect(ada.locator(".message.incoming").last).to_contain_text("Then I come at nine.")


def begin(guest: Page, text: str) -> None:
    guest.locator(".launch").click()
    form = guest.locator(".start")
    form.get_by_label("Your name").fill("Carol Jensen")
    form.get_by_label("Mail address").fill("carol@example.com")
    form.get_by_label("Your message").fill(text)
    form.get_by_role("button", name="Start the chat").click()
    expect(guest.locator(".message.mine:not(.pending)")).to_have_count(1, timeout=20_000)


def write(guest: Page, text: str) -> None:
    guest.get_by_label("Write a message").fill(text)
    guest.keyboard.press("Enter")


def answer(agent: Page, guest: Page, text: str) -> float:
    """Seconds from the key to the visitor's screen."""
    agent.keyboard.press("r")
    agent.keyboard.type(text)
    expect(guest.locator(".typing")).to_contain_text(re.compile("Ada.* is writing"))
    began = time.monotonic()
    agent.keyboard.press("Control+Enter")
    guest.locator(".message.theirs", has_text=text).wait_for()
    return time.monotonic() - began
