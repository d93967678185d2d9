"""Panes, boards, one after the other, many at once: by pointer, by keyboard and by thumb."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, letter

pytestmark = pytest.mark.browser
# The board's script comes after the page: a key that moves nothing tells that it is there.
BOARD_LISTENS = """() => !document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", { key: "ArrowUp", shiftKey: true, bubbles: true, cancelable: true }))"""
SitDown = Callable[..., Page]


def test_panes_are_widened_by_keys_and_by_drag_put_away_and_remembered(house: House, sit_down: SitDown) -> None:
    ada = sit_down("ada")
    border = ada.locator("[data-splitter=list]")
    border.focus()
    width, beside = _width(ada, "#list"), _width(ada, "#views")
    ada.keyboard.press("ArrowRight")
    ada.keyboard.press("ArrowRight")
    assert _width(ada, "#list") == width + 32
    expect(border).to_have_attribute("aria-valuenow", str(width + 32))
    views = ada.locator("[data-splitter=views]").bounding_box()
    assert views
    ada.mouse.move(views["x"], 400)
    ada.mouse.down()
    ada.mouse.move(views["x"] + 40, 400)
    ada.mouse.up()
    ada.reload()
    assert (_width(ada, "#list"), _width(ada, "#views")) == (width + 32, beside + 40)
    ada.locator("#main").focus()
    ada.keyboard.press("[")
    expect(ada.locator("#views")).to_be_hidden()
    ada.reload()
    expect(ada.locator("#views")).to_be_hidden()
    ada.locator("#main").focus()
    ada.keyboard.press("[")
    expect(ada.locator("#views")).to_be_visible()


def test_one_line_or_two_and_the_case_beside_below_or_instead(house: House, sit_down: SitDown) -> None:
    ada = sit_down("ada")
    house.mail(letter("A row", "With words."))
    row = ada.locator(".row", has_text="A row")
    row.locator("a").click()
    two = _box(ada, f"#{row.get_attribute('id')}")["height"]
    _look(ada, "density:compact")
    assert _box(ada, f"#{row.get_attribute('id')}")["height"] < two * 0.7
    _look(ada, "reading:bottom")
    assert _box(ada, "#case")["y"] >= _box(ada, "#list")["y"] + _box(ada, "#list")["height"]
    _look(ada, "reading:off")
    expect(ada.locator("#list")).to_be_hidden()
    ada.locator("[data-back]").click()
    expect(row).to_be_visible()
    expect(ada.locator("#case")).to_be_hidden()


def test_a_card_goes_to_another_column_by_keys_and_by_drag(house: House, sit_down: SitDown) -> None:
    ada = sit_down("ada")
    house.mail(letter("On the board", "Please."))
    expect(ada.locator(".row", has_text="On the board")).to_be_visible()
    ada.goto("/inbox?kind=board&split=priority")
    card = ada.locator(".slip", has_text="On the board")
    card.locator("a").focus()
    ada.wait_for_function(BOARD_LISTENS)
    with ada.expect_response(re.compile("/priority$")):
        ada.keyboard.press("Shift+ArrowLeft")
    expect(ada.locator(".column[data-value=high] .slip", has_text="On the board")).to_have_count(1)
    expect(card.locator("a")).to_be_focused()
    with ada.expect_response(re.compile("/priority$")):
        card.drag_to(ada.locator(".column[data-value=low]"))
    expect(ada.locator(".column[data-value=low] .slip", has_text="On the board")).to_have_count(1)
    ada.goto("/inbox?kind=list")
    expect(ada.locator("#row-list")).to_be_visible()


def test_one_after_the_other_the_next_comes_when_one_is_done(house: House, sit_down: SitDown) -> None:
    ada = sit_down("ada")
    for n in range(3):
        house.mail(letter(f"In turn {n}", "Please."))
    expect(ada.locator(".row", has_text="In turn")).to_have_count(3)
    ada.goto("/inbox?kind=play&sort=updated")
    first = ada.locator("[data-case]")
    expect(first).to_have_count(1)
    one = first.get_attribute("data-case")
    ada.locator("#case-header > .line > [data-key=e]").click()
    expect(first).not_to_have_attribute("data-case", str(one))
    two = first.get_attribute("data-case")
    ada.locator("[data-skip]").click()
    expect(first).not_to_have_attribute("data-case", str(two))
    assert first.get_attribute("data-case") not in (one, two)
    ada.goto("/inbox?kind=list&sort=updated")


def test_cases_are_chosen_by_shift_and_j_by_x_and_by_a_long_press(house: House, sit_down: SitDown) -> None:
    ada = sit_down("ada")
    for n in range(3):
        house.mail(letter(f"Chosen {n}", "Please."))
    rows = ada.locator(".row", has_text="Chosen")
    expect(rows).to_have_count(3)
    rows.first.locator("a").focus()
    ada.keyboard.press("x")
    ada.keyboard.press("Shift+J")
    expect(ada.locator("[data-selected-count]")).to_have_text("2")
    phone = sit_down("ada", viewport={"width": 390, "height": 844}, has_touch=True)
    link = phone.locator(".row", has_text="Chosen 1").locator("a")
    link.dispatch_event("pointerdown", {"pointerType": "touch", "bubbles": True})
    expect(phone.locator("[data-selected-count]")).to_have_text("1")


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_is_wider_than_a_phone_and_thumbs_find_their_marks(house: House, sit_down: SitDown, width: int) -> None:
    ada = sit_down("ada", viewport={"width": width, "height": 800}, has_touch=True)
    house.mail(letter("Averylongsubjectwithoutanyspaceinit" * 3, "https://example.com/" + "a" * 200))
    row = ada.locator(".row", has_text="Averylong").first
    row.wait_for()
    wide = {}
    for place in (
        "/inbox",
        str(row.locator("a").get_attribute("href")),
        "/inbox?kind=board",
        "/settings",
        "/customers",
        "/inbox?kind=list",
    ):
        ada.goto(place)
        wide[place] = ada.evaluate("document.documentElement.scrollWidth")
    assert set(wide.values()) == {width}, wide
    small = ada.evaluate("""() => [...document.querySelectorAll(".rail a, .rail summary, .list-head :is(a, button, summary), .row > a")]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML.slice(0, 90))""")
    assert small == []


def _look(page: Page, wanted: str) -> None:
    page.locator("#list .looks").evaluate("one => { one.closest('details').open = true; }")
    page.locator(f"#list [data-look='{wanted}']").click()


def _box(page: Page, place: str) -> dict[str, float]:
    box = page.locator(place).bounding_box()
    assert box
    return dict(box)


def _width(page: Page, place: str) -> int:
    return round(_box(page, place)["width"])
