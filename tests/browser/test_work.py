"""Two people at one desk: who is where, what came meanwhile, many cases at once, and undo."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, letter

pytestmark = pytest.mark.browser
SitDown = Callable[..., Page]


def test_who_looks_and_who_types_is_seen_in_list_and_case_until_they_leave(house: House, sit_down: SitDown) -> None:
    ada, ben = sit_down("ada"), sit_down("ben")
    place = _case(house, ada, "Is the bell in stock?")
    row = ben.locator(".row", has_text="Is the bell in stock?")
    expect(row.locator(".watcher[data-doing=view]")).to_have_text("AL")
    ben.goto(place)
    expect(ada.locator("[data-presence]")).to_contain_text("Ben Okafor is looking at this")
    ben.locator("[data-composer] textarea").press_sequentially("Yes", delay=20)
    expect(ada.locator("[data-presence]")).to_contain_text("Ben Okafor is writing an answer")
    _to_note(ben)
    ben.locator("[data-composer] textarea").press_sequentially("I ask the shop", delay=20)
    expect(ada.locator("[data-presence]")).to_contain_text("Ben Okafor is writing a note")
    ben.goto("/settings")
    expect(ada.locator("[data-presence] .watcher")).to_have_count(0, timeout=5000)


def test_whose_browser_dies_is_gone_within_seconds(house: House, sit_down: SitDown) -> None:
    ada, ben = sit_down("ada"), sit_down("ben")
    place = _case(house, ada, "Does the lamp fit?")
    ben.goto(place)
    expect(ada.locator("[data-presence] .watcher")).to_have_count(1)
    ben.route("**/presence", lambda route: route.abort())  # no farewell, as when the power goes
    ben.context.close()
    expect(ada.locator("[data-presence] .watcher")).to_have_count(0, timeout=9000)


def test_an_answer_stops_with_what_came_meanwhile_above_the_kept_text(house: House, sit_down: SitDown) -> None:
    ada, ben = sit_down("ada"), sit_down("ben")
    place = _case(house, ada, "Where is my tyre?")
    ben.goto(place)
    _write(ben, "It left today.")
    _to_note(ada)
    _write(ada, "I have told her on the telephone.")
    ada.locator("[data-send]").click()
    expect(ada.locator(".message.note")).to_have_count(1)
    ben.locator("[data-composer] > .composer-card .composer-foot [data-send]").click()
    expect(ben.locator(".guard-news")).to_contain_text("I have told her on the telephone.")
    expect(ben.locator("[data-composer] textarea")).to_have_value("It left today.")
    expect(ben.locator(".message.reply")).to_have_count(0)
    ben.locator(".guard-news [data-send]").click()
    expect(ben.locator(".message.reply")).to_contain_text("It left today.")
    expect(ben.locator("[data-composer] textarea")).to_have_value("")


def test_a_colleague_is_named_by_a_few_letters(house: House, sit_down: SitDown) -> None:
    ada = sit_down("ada")
    _case(house, ada, "Which oil?")
    _to_note(ada)
    area = ada.locator("[data-composer] textarea")
    area.press_sequentially("Ask @be", delay=20)
    expect(ada.locator(".marker-list li")).to_have_text(["Ben Okafor"])
    area.press("Enter")
    expect(area).to_have_value("Ask @Ben Okafor ")


def test_a_note_is_taken_back_into_the_composer(house: House, sit_down: SitDown) -> None:
    ada = sit_down("ada")
    _case(house, ada, "Which chain?")
    _to_note(ada)
    _write(ada, "She sounded cross.")
    ada.locator("[data-send]").click()
    ada.locator(".toast [data-toast-undo]").click()
    expect(ada.locator(".message.note")).to_have_count(0)
    expect(ada.locator("[data-composer] textarea")).to_have_value("She sounded cross.")
    expect(ada.locator("[name=kind]:checked")).to_have_value("note")


def test_cases_are_chosen_changed_and_put_back_on_a_phone_too(house: House, sit_down: SitDown) -> None:
    phone = sit_down("ada", viewport={"width": 390, "height": 844}, has_touch=True)
    for n in range(3):
        house.mail(letter(f"Recall {n}", "Is mine one of them?"))
    expect(phone.locator(".row", has_text="Recall")).to_have_count(3)
    phone.locator("[data-choose]").click()
    for n in range(3):
        phone.locator(".row", has_text=f"Recall {n}").locator("[data-pick]").check()
    expect(phone.locator("[data-selected-count]")).to_have_text("3")
    phone.locator(".bulk-acts summary").last.click()
    phone.locator("[data-do=priority][data-priority=urgent]").click()
    expect(phone.locator(".toast.bulk")).to_contain_text("3 cases changed.")
    urgent = phone.locator(".row", has_text="Recall").locator(".mark.urgent")
    expect(urgent).to_have_count(3)
    phone.locator(".toast.bulk [data-toast-undo]").click()
    expect(phone.locator(".toast.bulk")).to_contain_text("3 cases are as they were.")
    expect(urgent).to_have_count(0)


def _case(house: House, page: Page, subject: str) -> str:
    """Opens a new case of Carol's; its address."""
    house.mail(letter(subject, "Please tell me."))
    page.locator(".row", has_text=subject).locator("a").click()
    expect(page.locator("[data-case] h1")).to_contain_text(subject)
    found = re.search(r"/conversations/\d+", page.url)
    assert found
    return found.group(0)


def _to_note(page: Page) -> None:
    page.locator("label:has([name=kind][value=note])").click()
    expect(page.locator("[data-composer][data-kind=note]")).to_have_count(1)


def _write(page: Page, words: str) -> None:
    page.locator("[data-composer] [data-writing]").click()
    page.keyboard.type(words)
