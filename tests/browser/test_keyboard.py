"""An agent at the keyboard: cases worked without a mouse, on any layout, with keys of their own, and by the palette."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, letter
from tests.browser.test_accessibility import faults_in_both

pytestmark = pytest.mark.browser
SitDown = Callable[..., Page]
TYPED = """(init) => {
    const event = new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init });
    (document.activeElement ?? document.body).dispatchEvent(event);
    return event.defaultPrevented;
}"""


def test_a_case_is_worked_by_keys_alone_and_each_step_can_be_undone(house: House, sit_down: SitDown) -> None:
    ada = sit_down("ada")
    _cases(house, ada, "Worked by keys")
    ada.keyboard.press("o")
    expect(ada.locator("#case-header h1")).to_contain_text("Worked by keys")
    header = ada.locator("#case-header")
    ada.keyboard.press("i")
    expect(header.locator("[data-fact=assignee]")).to_contain_text("Ada Lindgren")
    ada.keyboard.press("p")
    expect(ada.locator("#chooser [role=option]").first).to_have_text("Urgent")
    ada.keyboard.type("hig")
    ada.keyboard.press("Enter")
    expect(header.locator("[data-fact=priority]")).to_contain_text("High")
    ada.keyboard.press("t")
    expect(ada.locator("#chooser [data-title]")).to_have_text("Tags")
    ada.keyboard.type("by hand")
    expect(ada.locator("#chooser [role=option]").last).to_contain_text("Add the tag “by hand”")
    ada.keyboard.press("Enter")
    expect(ada.locator("#chooser [aria-selected=true]")).to_contain_text("by hand")
    ada.keyboard.press("Escape")
    expect(header.locator(".chip", has_text="by hand")).to_be_visible()
    ada.keyboard.press("n")
    expect(ada.locator("[data-composer][data-kind=note]")).to_have_count(1)
    ada.keyboard.press("Escape")
    ada.keyboard.press("e")
    expect(header.locator(".chip.resolved")).to_be_visible()
    ada.keyboard.press("Control+z")
    expect(header.locator(".chip.open")).to_be_visible()


def test_what_is_chosen_is_what_keys_act_on(house: House, sit_down: SitDown) -> None:
    ada = sit_down("ada")
    _cases(house, ada, "Chosen by keys", "Chosen as well")
    row = ada.locator(".row", has_text="Chosen")
    row.first.locator(":scope > a").focus()  # two mails of one moment may stand in either order
    ada.keyboard.press("Shift+J")
    expect(ada.locator("[data-selected-count]")).to_have_text("2")
    ada.keyboard.press("p")
    ada.locator("#chooser [role=option]", has_text="Urgent").wait_for()
    ada.keyboard.press("Enter")
    expect(ada.locator(".toast.bulk")).to_contain_text("2 cases changed.")
    expect(row.locator(".mark.urgent")).to_have_count(2)
    ada.locator(".toast.bulk [data-toast-undo]").wait_for()
    ada.keyboard.press("Control+z")
    expect(row.locator(".mark.urgent")).to_have_count(0)
    ada.keyboard.press("x")
    expect(ada.locator("[data-selected-count]")).to_have_text("1")
    ada.keyboard.press("Escape")
    expect(ada.locator("#bulk-bar")).to_be_hidden()


def test_keys_mean_the_same_on_every_layout_and_nothing_while_composing(house: House, sit_down: SitDown) -> None:
    ada = sit_down("ada")
    _cases(house, ada, "First by layout", "Second by layout")
    here = "document.activeElement.closest('.row')?.querySelector('.subject').textContent"
    first = ada.evaluate(here)

    def typed(**event: Any) -> bool:
        return bool(ada.evaluate(TYPED, event))

    assert [typed(key=key, code=code) for key, code in (("ت", "KeyJ"), ("о", "KeyJ"))] == [
        True,
        True,
    ]  # Arabic, Cyrillic
    assert ada.evaluate(here) != first
    ada.keyboard.press("k")
    ada.keyboard.press("k")
    ignored: list[dict[str, Any]] = [
        {"key": "e", "code": "KeyE", "isComposing": True}, {"key": "e", "code": "KeyE", "keyCode": 229},
        {"key": "€", "code": "KeyE", "modifierAltGraph": True}, {"key": "e", "code": "KeyE", "altKey": True},
        {"key": "Dead", "code": "KeyE"}, {"key": "e", "code": "KeyE", "ctrlKey": True}, {"key": "ö", "code": "Semicolon"},
    ]  # fmt: skip
    assert [event for event in ignored if typed(**event)] == []
    assert ada.evaluate(here) == first
    assert typed(key="/", code="Digit7", shiftKey=True)  # where a German keyboard has it
    assert ada.evaluate("document.activeElement.matches('[data-search]')")
    ada.keyboard.type("jex")
    expect(ada.locator("[data-search]")).to_have_value("jex")
    ada.keyboard.press("Escape")
    assert typed(key="؟", code="Slash", shiftKey=True)
    expect(ada.locator("#keys")).to_be_visible()
    assert not typed(key="j", code="KeyJ")


def test_keys_of_ones_own_count_at_once_and_in_every_tab(house: House, sit_down: SitDown) -> None:
    ben = sit_down("ben")
    _cases(house, ben, "Keys of one's own")
    other = ben.context.new_page()
    other.goto("/settings/keys")
    take = other.locator("[data-name=take]")
    take.locator("[data-set-key]").click()
    other.keyboard.press("j")
    expect(other.locator(".toast")).to_contain_text("j is in the way of “Next case”.")
    take.locator("[data-set-key]").click()
    other.keyboard.press("w")
    expect(take.locator(".key-now")).to_have_text("w")
    expect(take.locator("[data-set-key]")).to_be_focused()
    ben.bring_to_front()
    ben.keyboard.press("i")
    row = ben.locator(".row", has_text="Keys of one's own")
    expect(row.locator(".avatar.nobody")).to_have_count(1)
    ben.keyboard.press("w")
    expect(row.locator(".avatar.nobody")).to_have_count(0)
    ben.keyboard.press("?")
    expect(ben.locator("#keys li", has_text="Take it").locator("kbd")).to_have_text("w")
    ben.locator("#keys [data-keys-switch]").uncheck()
    ben.keyboard.press("Escape")
    expect(other.locator("[data-keys-switch]").last).not_to_be_checked()
    ben.keyboard.press("?")
    ben.keyboard.press("/")
    expect(ben.locator("#keys")).to_be_hidden()
    assert ben.evaluate("document.activeElement.closest('.row') !== null")
    ben.keyboard.press("Control+k")
    expect(ben.locator("#palette")).to_be_visible()
    with other.expect_response("**/settings/keys/switch"):
        other.locator("[data-keys-switch]").first.check()  # Ben works on with keys in other stories


def test_the_palette_does_finds_and_goes_and_gives_the_focus_back(house: House, sit_down: SitDown) -> None:
    ada = sit_down("ada")
    _cases(house, ada, "A basket for the palette")
    number = str(ada.evaluate("document.activeElement.closest('.row').dataset.number"))
    ada.keyboard.press("Control+k")
    ada.keyboard.type("prio")
    expect(ada.locator("#palette [aria-selected=true]")).to_have_text(re.compile("Priority…p"))
    expect(ada.locator("#palette [role=status]")).to_have_text(re.compile(r"^Found: \d+$"))
    assert (
        ada.evaluate("document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.role")
        == "option"
    )
    ada.keyboard.press("Escape")
    assert ada.evaluate("document.activeElement.closest('.row')?.dataset.number") == number
    ada.keyboard.press("Control+k")
    ada.keyboard.type("basket for")
    expect(ada.locator("#palette [role=option]", has_text=f"#{number}")).to_be_visible()
    ada.locator("#palette input").fill(number)
    expect(ada.locator("#palette [aria-selected=true]")).to_contain_text(number)
    ada.keyboard.press("Enter")
    expect(ada.locator("#case-header h1")).to_contain_text("A basket for the palette")
    ada.keyboard.press("Control+k")
    ada.keyboard.type("carol")
    ada.locator("#palette [role=group]", has_text="Customers").locator("[role=option]").first.click()
    ada.wait_for_url("**/customers/*")
    ada.keyboard.press("g")
    ada.keyboard.press("i")
    ada.wait_for_url("**/inbox")
    ada.keyboard.press("Control+k")
    expect(ada.locator("#palette [role=group]", has_text="Cases opened last")).to_contain_text(
        "A basket for the palette"
    )


def test_what_is_in_the_page_is_listed_within_fifty_milliseconds(house: House, sit_down: SitDown) -> None:
    ada = sit_down("ada")
    ada.keyboard.press("Control+k")
    expect(ada.locator("#palette [role=option]").first).to_be_visible()
    spans = ada.evaluate("""async () => {
        const field = document.querySelector("#palette input"), spans = [];
        for (const typed of ["g", "go", "go t", "res", "rvw", "mark", "unread", "n", "ne"]) {
            const began = performance.now();
            field.value = typed;
            field.dispatchEvent(new Event("input", { bubbles: true }));
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
            spans.push(performance.now() - began);
        }
        return spans.sort((a, b) => a - b);
    }""")
    assert spans[len(spans) // 2] <= 50


def test_words_fit_by_beginnings_and_letters_without_their_accents(sit_down: SitDown) -> None:
    page = sit_down("ada")
    ranked = page.evaluate("""async () => {
        const { rank, score } = await import("/static/web/js/fuzzy.js");
        const lines = ["Resolve and go to the next", "Réglages", "Mark unread", "Go to the outbox", "Remarks", "Größe"].map((label) => ({ label }));
        const of = (query) => rank(query, lines).map((one) => one.label);
        return [
            of("mark"), of("regl"), of("ragn"), of("gto"), of("grosse"), of("xyz"), of("next go"), of("").length,
            score("go", "Go") > score("go", "Cargo"),
        ];
    }""")
    assert ranked == [
        ["Mark unread", "Remarks"], ["Réglages"], ["Resolve and go to the next"], ["Go to the outbox", "Resolve and go to the next"], ["Größe"], [],
        ["Resolve and go to the next"], 6, True,
    ]  # fmt: skip


def test_on_a_phone_everything_is_behind_more(house: House, sit_down: SitDown) -> None:
    phone = sit_down("ada", viewport={"width": 390, "height": 844}, has_touch=True)
    house.mail(letter("Behind more", "Is it?"))
    phone.locator(".rail [data-palette]").tap()
    phone.locator("#palette input").fill("unass")
    phone.locator("#palette [role=option]", has_text="unassigned").tap()
    phone.wait_for_url("**/views/unassigned")
    phone.locator(".row", has_text="Behind more").locator("a").tap()
    phone.locator("#case-header details:has([data-palette]) > summary").tap()
    phone.locator("#case-header [data-palette]").tap()
    phone.locator("#palette input").fill("take")
    phone.locator("#palette [role=option]", has_text="Take it").first.tap()
    expect(phone.locator("#case-header [data-fact=assignee]")).to_contain_text("Ada")


def test_nothing_stands_in_the_way_in_palette_lists_sheet_and_settings(house: House, sit_down: SitDown) -> None:
    ada = sit_down("ada", reduced_motion="reduce")
    _cases(house, ada, "Seen by keys in both themes")
    found = {}
    for name, key in (("palette", "Control+k"), ("chooser", "s"), ("keys", "?")):
        ada.keyboard.press(key)
        ada.locator(f"#{name} :is([role=option], li)").first.wait_for()
        found[name] = faults_in_both(ada)
        ada.keyboard.press("Escape")
        expect(ada.locator(f"#{name}")).to_be_hidden()
    ada.goto("/settings/keys")
    assert {**found, "settings": faults_in_both(ada)} == {"palette": [], "chooser": [], "keys": [], "settings": []}


def _cases(house: House, page: Page, *subjects: str) -> None:
    """Cases of Carol's, the first of them in focus."""
    for subject in subjects:
        house.mail(letter(subject, "Please tell me."))
    for subject in subjects:
        page.locator(".row", has_text=subject).wait_for()
    link = page.locator(".row", has_text=subjects[-1]).locator(":scope > a")
    link.focus()
    expect(link).to_be_focused()
    assert json.loads(page.locator("#my-keys").get_attribute("data-keys") or "{}")["on"] is True
