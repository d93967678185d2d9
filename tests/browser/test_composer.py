"""The composer: each kind keeps its own words and recipients."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from tests.browser.conftest import House, letter

pytestmark = pytest.mark.browser


def test_each_kind_keeps_its_own_words_and_a_forward_does_not_inherit_the_customer(
    house: House, sit_down: Callable[..., Page]
) -> None:
    house.mail(letter("A crack", "There is a crack in the frame."))
    page = sit_down("ada")
    page.locator(".row", has_text="A crack").click()
    page.locator("article.case").wait_for()
    page.keyboard.press("r")
    page.keyboard.type("Dear Carol,")
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    expect(page.locator("#composer")).to_have_attribute("data-kind", "forward")
    expect(page.locator("#composer textarea")).to_have_value("")
    expect(page.locator("[data-recipients=to] .chip")).to_have_count(0)
    page.locator("[data-recipients=to] input[data-chip-input]").fill("workshop@example.org")
    page.locator("#composer [data-writing]").click()
    page.keyboard.type("Can you look at it?")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".message.reply")).to_contain_text("Can you look at it?")
    expect(page.locator(".message.reply .message-to")).to_have_text(re.compile("To workshop@example.org"))
    page.locator(".composer-tabs label", has_text="Reply").click()
    expect(page.locator("#composer textarea")).to_have_value("Dear Carol,")
    expect(page.locator("[data-recipients=to] .chip")).to_have_text(re.compile("Carol Jensen"))


def test_what_is_typed_right_after_the_key_for_a_note_stands_in_the_note(
    house: House, sit_down: Callable[..., Page]
) -> None:
    house.mail(letter("In a hurry", "Quick please"))
    page = sit_down("ada")
    page.locator(".row", has_text="In a hurry").click()
    page.locator("article.case").wait_for()
    page.keyboard.press("n")
    page.keyboard.type("She called twice", delay=5)
    expect(page.locator("#composer")).to_have_attribute("data-kind", "note")
    expect(page.locator("#composer textarea")).to_have_value("She called twice")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".message.note")).to_contain_text("She called twice")


def test_a_note_that_the_stream_brings_before_its_answer_stands_once(
    house: House, sit_down: Callable[..., Page]
) -> None:
    house.mail(letter("A slow line", "Hello?"))
    page = sit_down("ada")
    page.locator(".row", has_text="A slow line").click()
    page.locator("article.case").wait_for()
    on_the_way: list[tuple[Route, APIResponse]] = []
    page.route(
        "**/conversations/*/messages",
        lambda route: (
            on_the_way.append((route, route.fetch())) if route.request.method == "POST" else route.continue_()
        ),
    )
    page.keyboard.press("n")
    page.keyboard.type("Rang her")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".message.note", has_text="Rang her")).to_have_count(1)
    route, answer = on_the_way[0]
    route.fulfill(response=answer)
    expect(page.locator("#composer textarea")).to_have_value("")
    expect(page.locator(".message.note", has_text="Rang her")).to_have_count(1)
