"""Writing with formatting: what is pasted is cleaned, what leaves is readable everywhere, what is sent later can be called back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import House, letter
from tests.browser.test_accessibility import faults_in_both

pytestmark = pytest.mark.browser
SitDown = Callable[..., Page]

HOSTILE = (
    '<p style="background:url(https://evil.example/x)">Dear <b style="font-weight:normal">you</b>,'
    ' <span style="font-weight:700">please</span></p><img src=x onerror="window.struck=1">'
    '<a href="javascript:window.struck=1">here</a><script>window.struck=1</script><iframe src="https://evil.example"></iframe>'
    '<svg onload="window.struck=1"></svg><style>body{display:none}</style>'
)


def test_what_is_pasted_keeps_its_emphasis_and_loses_all_that_could_strike(house: House, sit_down: SitDown) -> None:
    page = sit_down("ada")
    told: list[str] = []
    page.on("console", lambda said: told.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    open_case(house, page, "A hostile paste")
    text = write(page, "Hello, ")
    paste_html(page, HOSTILE)
    page.keyboard.press("Enter")
    page.keyboard.press("Control+b")
    page.keyboard.type("at once")
    page.keyboard.press("Control+b")
    page.keyboard.press("Enter")
    page.keyboard.type("- one")
    page.keyboard.press("Enter")
    page.keyboard.type("two")
    expect(text.locator("strong")).to_have_text(["please", "at once"])
    page.keyboard.press("Control+Enter")
    said = page.locator(".message.reply .message-text")
    expect(said.locator("strong")).to_have_text(["please", "at once"])
    expect(said.locator("li")).to_have_text(["one", "two"])
    assert said.locator("img, script, iframe, svg, style, [style], a[href^='javascript']").count() == 0
    assert page.evaluate("window.struck") is None
    assert told == []


def test_what_was_taken_back_stays_a_draft_where_its_keeping_was_still_under_way(
    house: House, sit_down: SitDown
) -> None:
    page = sit_down("ada")
    open_case(house, page, "Too quick")
    address = page.locator("[data-composer]").get_attribute("data-draft").removesuffix("/drafts")
    late: list[Route] = []
    page.route(
        "**/drafts/reply", lambda route: late.append(route) if route.request.method == "PUT" else route.continue_()
    )
    with page.expect_request(lambda asked: asked.method == "PUT" and "/drafts/" in asked.url):
        write(page, "Come by at nine.")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Undo").first.click()
    expect(page.locator("#composer [data-writing]")).to_contain_text("Come by at nine.")
    with page.expect_response(lambda answer: answer.request.method == "PUT" and "/drafts/" in answer.url):
        for route in late:
            route.continue_()
    # what the page asked for because of that answer has been asked for by now, and answered before these are
    page.evaluate("async (address) => { for (const turn of [1, 2, 3]) await (await fetch(address)).text() }", address)
    page.goto("about:blank")
    page.goto(f"{house.url}{address}")
    expect(page.locator("#composer textarea")).to_have_value("Come by at nine.")


def test_the_text_stands_where_it_was_typed_before_the_editor_came(house: House, sit_down: SitDown) -> None:
    page = sit_down("ada")
    page.route("**/editor.js", lambda route: route.abort())
    open_case(house, page, "Without the editor")
    page.fill("#composer textarea", "Plain\nwords")
    page.locator("[data-send]").click()
    expect(page.locator(".message.reply .message-text")).to_have_text(re.compile("Plain.*words", re.S))


def test_leaving_tomorrow_is_seen_called_back_and_stands_in_the_composer_again(house: House, sit_down: SitDown) -> None:
    page = sit_down("ada")
    first = open_case(house, page, "Not tonight")
    text = write(page, "Good ")
    page.keyboard.press("Control+i")
    page.keyboard.type("morning")
    page.locator(".send summary").click()
    page.get_by_role("button", name="Tomorrow morning").click()
    expect(page.locator(".delivery.scheduled")).to_contain_text("Not sent if the customer writes first.")
    page.locator(".delivery.scheduled .link").click()
    expect(page.locator(".message.reply")).to_have_count(0)
    expect(page.locator("#composer textarea")).to_have_value("Good morning")
    expect(text.locator("em")).to_have_text("morning")
    page.locator(".send summary").click()
    page.get_by_role("button", name="In an hour").click()
    expect(page.locator(".delivery.scheduled")).to_be_visible()
    house.mail(letter("Re: Not tonight", "Never mind.", answers=first))
    expect(page.locator(".message.incoming")).to_have_count(2)
    expect(page.locator(".delivery.cancelled")).to_be_visible()


def test_who_speaks_of_a_file_is_asked_for_it_in_any_language(house: House, sit_down: SitDown) -> None:
    page = sit_down("ada")
    open_case(house, page, "The bill please")
    for words in (
        "It is attached.",
        "Die Rechnung ist im Anhang.",
        "Vous trouverez la pièce jointe.",
        "La factura adjunta.",
        "الفاتورة مرفقة",
    ):
        write(page, words)
        page.keyboard.press("Control+Enter")
        expect(page.locator("[data-attached-warning]")).to_be_visible()
        page.evaluate("document.querySelector('[data-attached-warning]').hidden = true")
        page.locator(".ProseMirror").click()
        page.keyboard.press("Control+a")
        page.keyboard.press("Backspace")
    write(page, "Attached it is")
    page.keyboard.press("Control+Enter")
    page.locator("[data-send-anyway]").click()
    expect(page.locator(".message.reply")).to_contain_text("Attached it is")


def test_recipients_are_changed_by_keyboard(house: House, sit_down: SitDown) -> None:
    page = sit_down("ada")
    open_case(house, page, "To whom")
    field = page.locator("[data-recipients=to] [data-chip-input]")
    field.focus()
    page.keyboard.type("dora@example.com,")
    expect(page.locator("[data-recipients=to] .chip")).to_have_count(2)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(field).to_have_value("dora@example.com")
    page.keyboard.press("Home")
    page.keyboard.type("miss.")
    page.keyboard.press("Enter")
    expect(page.locator("[data-recipients=to] .chip").last).to_contain_text("miss.dora@example.com")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Delete")
    expect(page.locator("[data-recipients=to] .chip")).to_have_text(re.compile("Carol Jensen"))


def test_a_sign_opens_one_list_and_escape_leaves_the_text_alone(house: House, sit_down: SitDown) -> None:
    page = sit_down("ada")
    open_case(house, page, "Signs")
    page.locator("label:has([name=kind][value=note])").click()
    expect(page.locator("[data-composer][data-kind=note]")).to_have_count(1)
    text = write(page, "Ask @be")
    expect(page.locator(".marker-list [role=option]")).to_have_text(["Ben Okafor"])
    expect(text).to_have_attribute("aria-activedescendant", "mention-0")
    page.keyboard.press("Escape")
    expect(page.locator(".marker-list")).to_have_count(0)
    page.keyboard.type("n")
    expect(page.locator("#composer textarea")).to_have_value("Ask @ben")
    page.keyboard.type(" and @b")
    page.keyboard.press("Tab")
    expect(page.locator("#composer textarea")).to_have_value("Ask @ben and @Ben Okafor ")


def test_nothing_stands_in_the_way_of_writing_on_the_whole_screen(house: House, sit_down: SitDown) -> None:
    page = sit_down("ada", reduced_motion="reduce")
    open_case(house, page, "Whole screen in both themes")
    write(page, "Hello")
    page.locator("[data-full]").click()
    assert page.locator("#composer").bounding_box()["height"] == 900  # type: ignore[index]
    page.locator("[data-pick=replies]").click()
    expect(page.locator(".marker-list")).to_be_visible()
    assert faults_in_both(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#composer.full")).to_have_count(0)
    page.locator("label:has([name=kind][value=note])").click()
    expect(page.locator("[data-composer][data-kind=note]")).to_have_count(1)
    assert faults_in_both(page) == []


def open_case(house: House, page: Page, subject: str) -> str:
    """Carol writes and her case is opened; the Message-ID."""
    key = house.mail(letter(subject, "Please tell me."))
    page.locator(".row", has_text=subject).locator("a").click()
    expect(page.locator("[data-case] h1")).to_contain_text(subject)
    return key


def write(page: Page, words: str):  # type: ignore[no-untyped-def]
    """Types into the composer once the editor is there; the editor's field."""
    page.locator("#composer [data-writing]").click()
    text = page.locator("#composer .ProseMirror")
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)
    return text


def paste_html(page: Page, html: str) -> None:
    page.evaluate(
        """html => { const data = new DataTransfer(); data.setData('text/html', html); data.setData('text/plain', 'plain');
           document.querySelector('.ProseMirror').dispatchEvent(
             new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); }""",
        html,
    )
