"""From a customer's mail to our answer and back, with two people looking on, in a real browser."""

import re
import time
from collections.abc import Callable
from email import message_from_bytes

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, letter

pytestmark = pytest.mark.browser
LIVE_WITHIN = 3_000


def test_a_mail_is_seen_by_both_answered_once_and_its_answer_opens_the_same_case(
    house: House, sit_down: Callable[..., Page]
) -> None:
    ada, ben = sit_down("ada"), sit_down("ben")
    first = house.mail(letter("The bracket is missing", "Hello, the small black bracket is not in the parcel."))
    for page in (ada, ben):
        expect(page.locator(".row", has_text="The bracket is missing")).to_be_visible(timeout=LIVE_WITHIN)

    ada.locator(".row", has_text="The bracket is missing").click()
    expect(ada.locator("[data-recipients=to] .chip")).to_have_text(re.compile("Carol Jensen"))
    ada.keyboard.press("r")
    ada.keyboard.type("It leaves today.")
    ada.keyboard.press("Control+Enter")
    ada.locator(".message.reply .delivery.held button").click()
    expect(ada.locator("#composer textarea")).to_have_value("It leaves today.")
    expect(ada.locator(".message.reply")).to_have_count(0)
    ada.locator("[data-send]").click()
    expect(ada.locator(".message.reply .delivery")).to_have_class(re.compile("sent"), timeout=20_000)

    left = [taken for taken in house.outside.received if b"Subject: Re: The bracket is missing" in taken.raw]
    assert [taken.recipients for taken in left] == [["carol@example.com"]]
    sent = message_from_bytes(left[0].raw)
    assert (sent["In-Reply-To"], sent["To"]) == (first, "Carol Jensen <carol@example.com>")
    expect(ben.locator(".row:not(.gone)", has_text="The bracket is missing")).to_have_count(0)

    house.mail(letter("Re: The bracket is missing", "It has come, thank you!", answers=sent["Message-ID"]))
    expect(ada.locator(".message.incoming")).to_have_count(2, timeout=LIVE_WITHIN)
    expect(ben.locator(".row:not(.gone)", has_text="It has come, thank you!")).to_be_visible(timeout=LIVE_WITHIN)
    expect(ada.locator("#case-header .chip.open")).to_be_visible()


def test_the_row_of_a_new_mail_is_on_the_screen_within_a_second(house: House, sit_down: Callable[..., Page]) -> None:
    page = sit_down("ada")
    page.wait_for_timeout(1500)  # the page has fetched what it wanted, and listens
    began = time.monotonic()
    house.mail(letter("Now", "At once?"))
    page.locator(".row", has_text="At once?").wait_for()
    assert time.monotonic() - began < 1.5


def test_somebody_wrote_meanwhile_and_the_text_is_kept(house: House, sit_down: Callable[..., Page]) -> None:
    first = house.mail(letter("Which size?", "Does 34 mm fit?"))
    page = sit_down("ada")
    page.locator(".row", has_text="Which size?").click()
    page.locator("#composer [data-writing]").click()
    page.keyboard.type("It does.")
    house.mail(letter("Re: Which size?", "I mean 36 mm.", answers=first))
    expect(page.locator(".message.incoming")).to_have_count(2, timeout=LIVE_WITHIN)
    page.locator("[data-send]").click()
    expect(page.locator("#composer-guard .guard-news")).to_contain_text("came while you were writing")
    expect(page.locator("#composer textarea")).to_have_value("It does.")
    page.locator("#composer-guard [data-send]").click()
    expect(page.locator(".message.reply")).to_have_count(1)


def test_on_a_phone_from_the_list_to_an_answer_and_back(house: House, sit_down: Callable[..., Page]) -> None:
    house.mail(letter("From my phone", "Can you call me?"))
    page = sit_down("ada", viewport={"width": 390, "height": 844}, has_touch=True)
    page.locator(".row", has_text="From my phone").tap()
    expect(page.locator("article.case h1")).to_contain_text("From my phone")
    page.locator("[data-back]").tap()
    expect(page.locator(".row", has_text="From my phone")).to_be_visible()
    page.locator(".row", has_text="From my phone").tap()
    page.locator(".composer-tabs label", has_text="Reply").tap()
    page.locator("#composer [data-writing]").tap()
    page.keyboard.type("Gladly.")
    page.locator("[data-send]").tap()
    expect(page.locator(".message.reply")).to_contain_text("Gladly.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
