"""Files, drafts and colleagues in the composer."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, letter
from tests.browser.test_composer_writing import open_case, write

pytestmark = pytest.mark.browser
SitDown = Callable[..., Page]
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def test_files_survive_a_stopped_answer_and_a_picture_stands_in_the_text(house: House, sit_down: SitDown) -> None:
    page = sit_down("ada")
    first = open_case(house, page, "A picture")
    write(page, "Look: ")
    page.evaluate(
        """data => { const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0)); const carried = new DataTransfer();
           carried.items.add(new File([bytes], 'crack.png', { type: 'image/png' }));
           document.querySelector('.ProseMirror').dispatchEvent(
             new ClipboardEvent('paste', { clipboardData: carried, bubbles: true, cancelable: true })); }""",
        PIXEL,
    )
    expect(page.locator(".ProseMirror img")).to_have_attribute("src", re.compile("^/uploads/"))
    page.locator("[data-file-input]").set_input_files(
        [
            {"name": "bill.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"},
            {"name": "run.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"},
        ]
    )
    expect(page.locator(".toast")).to_contain_text("run.exe could run on the reader's computer")
    expect(page.locator(".files .chip:visible")).to_have_text(re.compile("bill.pdf"))
    house.mail(letter("Re: A picture", "One more thing.", answers=first))
    expect(page.locator(".message.incoming")).to_have_count(2)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#composer-guard .guard-news")).to_contain_text("One more thing.")
    page.locator("#composer-guard [data-send]").click()
    said = page.locator(".message.reply")
    expect(said.locator(".message-text img")).to_have_attribute("src", re.compile("^/attachments/"))
    expect(said.locator(".attachment")).to_have_text(re.compile("bill.pdf"))
    assert said.locator(".message-text img").evaluate("img => img.decode().then(() => img.naturalWidth)") == 1


def test_a_file_dropped_anywhere_in_the_case_can_be_cancelled_or_tried_again(house: House, sit_down: SitDown) -> None:
    page = sit_down("ada")
    open_case(house, page, "Dropped")
    page.route("**/uploads", lambda route: route.abort())
    page.evaluate(
        """() => { const carried = new DataTransfer(); carried.items.add(new File(['x'], 'notes.txt', { type: 'text/plain' }));
           document.querySelector('#thread').dispatchEvent(new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true })); }"""
    )
    failed = page.locator(".files .chip[data-state=failed]")
    expect(failed).to_contain_text("not uploaded")
    page.unroute("**/uploads")
    failed.locator("[data-file-retry]").click()
    expect(page.locator(".files [name=uploaded]")).to_have_count(1)
    page.locator(".files [data-file-remove]").click()
    expect(page.locator(".files .chip")).to_have_count(0)


def test_a_draft_is_ones_own_until_it_is_shared_and_then_it_can_be_taken_over(house: House, sit_down: SitDown) -> None:
    ada, ben = sit_down("ada"), sit_down("ben")
    open_case(house, ada, "Half an answer")
    write(ada, "The hub is ")
    ada.keyboard.press("Control+b")
    ada.keyboard.type("new")
    expect(ada.locator("[data-draft-state]")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
    ben.goto(re.sub(r"^https?://[^/]+", "", ada.url))
    expect(ben.locator("[data-case] h1")).to_contain_text("Half an answer")
    expect(ben.locator(".shared-draft")).to_have_count(0)
    ada.locator(".composer-foot > details summary").first.click()
    ada.locator("[data-share]").check()
    expect(ben.locator(".shared-draft")).to_contain_text("Ada Lindgren shares the draft of an answer")
    ben.locator(".shared-draft .button").click()
    expect(ben.locator("#composer textarea")).to_have_value("The hub is new")
    write(ben, "")
    expect(ben.locator(".ProseMirror strong")).to_have_text("new")
    ada.reload()
    expect(ada.locator("#composer textarea")).to_have_value("")


def test_the_new_case_is_written_in_the_same_composer(house: House, sit_down: SitDown) -> None:
    page = sit_down("ada")
    page.goto("/conversations/new")
    page.fill("[name=to]", "dora@example.com")
    page.fill("[name=subject]", "Your order is here")
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+b")
    page.keyboard.type("Come by")
    page.locator("[data-file-input]").set_input_files(
        [{"name": "map.txt", "mimeType": "text/plain", "buffer": b"left, right"}]
    )
    expect(page.locator(".files [name=uploaded]")).to_have_count(1)
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".message.reply .message-text strong")).to_have_text("Come by")
    expect(page.locator(".attachment")).to_have_text(re.compile("map.txt"))
