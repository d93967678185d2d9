"""A visitor on a shop's page of another origin, and Ada in the console: the talk, the leaving, the mail, and its answer."""

import re
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chat_fake import shop, until
from tests.browser.conftest import House, letter
from tests.browser.test_chat_widget import OPEN
from tests.browser.test_my_requests import newest_token

pytestmark = pytest.mark.browser
SitDown = Callable[..., Page]
SOONER_THAN_ASKED = 8_000
"""Milliseconds. The panel beside a chat also looks by itself, every 20 s: what it shows before came by the stream."""
NAME = {"key": "name", "label": {"en": "Your name"}, "kind": "text", "is_required": True}
MAIL = {"key": "email", "label": {"en": "Mail address"}, "kind": "email"}


@pytest.fixture(scope="module")
def site(house: House) -> Iterator[dict[str, Any]]:
    """A chat site, and a page that holds its chat."""
    with house._start("token", "ada@northwind.example", "--data", house.data) as asked:
        token = asked.communicate()[0].split()[-1]
    api = httpx.Client(base_url=f"{house.url}/api/v1", headers={"Authorization": f"Bearer {token}"}, timeout=60)
    api.get(f"{house.url}/login")  # the first page of a new house takes longest
    given = {"name": "Northwind Bikes", "languages": ["en"], "pre_chat": [NAME, MAIL], "gone_minutes": 1}
    made = api.post("/chat-sites", json=given).raise_for_status().json()
    with shop(house.url, site=made["token"]) as page:
        api.patch(f"/chat-sites/{made['id']}", json={"origins": [page]}).raise_for_status()
        yield {"page": page, "token": made["token"], "api": dict(api.headers)}
    api.close()


@pytest.fixture
def carol(site: dict[str, Any], chromium: Browser) -> Iterator[Page]:
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
@pytest.mark.timeout(300)  # the chat waits a minute before it mails
def test_two_suggestions_a_talk_a_leaving_a_mail_all_of_it_under_my_requests_and_a_rating(
    house: House, sit_down: SitDown, site: dict[str, Any], carol: Page, chromium: Browser
) -> None:
    asked, said, back = "Is the workshop open tomorrow?", "It opens at eight.", "Then I come at nine."
    with httpx.Client(base_url=f"{house.url}/api/v1", headers=site["api"], timeout=60) as api:
        for title in ("When the workshop is open", "What the workshop mends, and how long it takes"):
            publish(api, title)
    ada = sit_down("ada")
    suggested = suggestions(carol, asked)
    assert sorted(suggested) == ["What the workshop mends, and how long it takes", "When the workshop is open"]
    begin(carol, asked)
    ada.locator(".row", has_text=asked).click()
    ada.locator("#composer").wait_for()
    carol.close()
    ada.keyboard.press("r")
    ada.keyboard.type(said)
    ada.keyboard.press("Control+Enter")
    until(lambda: any(said.encode() in mail.raw for mail in house.outside.received), 100)
    sent = message_from_bytes(next(mail.raw for mail in house.outside.received if said.encode() in mail.raw))
    assert sent["To"].endswith("carol@example.com>") or sent["To"] == "carol@example.com"
    house.mail(letter(f"Re: {sent['Subject']}", back, answers=sent["Message-ID"]))
    expect(ada.locator(".message.incoming")).to_have_count(2)
    expect(ada.locator(".message.incoming").last).to_contain_text(back)
    context = chromium.new_context(base_url=house.url, java_script_enabled=False)
    there = context.new_page()
    there.goto("/my/requests")
    there.fill("#field-email", "carol@example.com")
    there.get_by_role("button", name="Send me a link").click()
    there.goto(f"/my/link/{newest_token(house)}")
    there.get_by_role("button", name="Show my requests").click()
    there.locator(".rows a", has_text=asked).click()
    expect(there.locator(".said .words")).to_have_text([asked, said, back])
    there.get_by_role("button", name="My problem is solved").click()
    there.get_by_label("5").check()
    there.get_by_role("button", name="Rate it").click()
    expect(there.get_by_role("status")).to_contain_text("Thank you for your rating")
    context.close()


def publish(api: httpx.Client, title: str) -> None:
    words = {
        "language": "en",
        "title": title,
        "summary": "For the workshop.",
        "html": "<p>The workshop opens at eight, also tomorrow.</p>",
    }
    one = f"/articles/{api.post('/articles', json=words).raise_for_status().json()['id']}/texts/en"
    for step in ("review", "approval", "publication"):
        api.put(f"{one}/{step}", json={}).raise_for_status()


def suggestions(guest: Page, text: str) -> list[str]:
    """What is proposed while the first message is written. The words of what is published are counted every two seconds."""
    guest.locator(".launch").click()
    field, shown = guest.locator(".start").get_by_label("Your message"), guest.locator(".start .help li b")
    for _ in range(20):
        field.fill("")
        field.press_sequentially(text)
        guest.wait_for_timeout(500)
        if shown.count() == 2:
            break
    told = shown.all_inner_texts()
    guest.locator(".launch").click()
    return told


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
