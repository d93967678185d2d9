"""The inbox goes about at once: nothing is loaded anew, nothing moves under the eyes, and it works again by itself."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import House, letter

pytestmark = pytest.mark.browser
SitDown = Callable[..., Page]
REFUSED = '<div hx-swap-oob="beforeend:#toasts"><div class="toast" data-seconds="6"><span>A step is still open.</span></div></div>'


def test_from_case_to_case_and_view_to_view_no_page_is_loaded_and_back_goes_back(
    house: House, sit_down: SitDown
) -> None:
    ada = sit_down("ada")
    _two(house, ada, "Whose lamp")
    ada.evaluate("window.here = 1")
    ada.locator(".row", has_text="Whose lamp 0").locator("a").click()
    expect(ada.locator("[data-case] h1")).to_contain_text("Whose lamp 0")
    first = ada.url
    ada.locator(".row", has_text="Whose lamp 1").locator("a").click()
    expect(ada.locator("[data-case] h1")).to_contain_text("Whose lamp 1")
    ada.locator(".views .view[data-view=unassigned]").click()
    expect(ada.locator("#list")).to_have_attribute("data-view", "unassigned")
    expect(ada.locator(".views [aria-current=page]")).to_contain_text("Unassigned")
    expect(ada.locator("[data-case]")).to_have_count(0)
    ada.go_back()
    expect(ada.locator("[data-case] h1")).to_contain_text("Whose lamp 1")
    ada.go_back()
    expect(ada.locator("[data-case] h1")).to_contain_text("Whose lamp 0")
    assert (ada.url, ada.evaluate("window.here")) == (first, 1)


def test_the_next_case_is_there_before_it_is_asked_for_and_is_unread_until_then(
    house: House, sit_down: SitDown
) -> None:
    ada = sit_down("ada")
    _two(house, ada, "Which tube")
    row = ada.locator(".row", has_text="Which tube 0")
    number = row.get_attribute("data-number")
    row.locator("a").focus()
    expect(row).to_have_attribute("data-ahead", "")
    expect(row).to_have_class(re.compile("unread"))
    ada.route(f"**/conversations/{number}", lambda route: route.abort())
    with ada.expect_request(re.compile("/reading$")):
        ada.keyboard.press("Enter")
    expect(ada.locator("[data-case] h1")).to_contain_text("Which tube 0")
    expect(row.locator("a")).to_be_focused()


def test_what_happened_in_the_meantime_is_in_the_case_that_was_fetched_ahead(house: House, sit_down: SitDown) -> None:
    ada = sit_down("ada")
    first = house.mail(letter("Which saddle?", "The wide one?"))
    row = ada.locator(".row", has_text="Which saddle?")
    row.locator("a").focus()
    expect(row).to_have_attribute("data-ahead", "")
    house.mail(letter("Re: Which saddle?", "No, the narrow one.", answers=first))
    expect(row).to_contain_text("No, the narrow one.")
    row.locator("a").click()
    expect(ada.locator(".message.incoming")).to_have_count(2)


def test_an_act_is_painted_at_once_and_put_back_where_the_server_refuses(house: House, sit_down: SitDown) -> None:
    ada = sit_down("ada")
    number = _open(house, ada, "A bent rim")
    held: list[Route] = []
    # a method of its own, for Playwright cannot mark a built-in one
    ada.route("**/resolution", lambda route: held.append(route))  # noqa: PLW0108
    ada.locator("#case-header > .line > [data-key=e]").click()
    expect(ada.locator(".case-facts > .bare-chip").first).to_have_text("Resolved")
    expect(ada.locator(f"#row-{number}")).to_have_class(re.compile("gone"))
    held[0].fulfill(status=422, content_type="text/html", body=REFUSED)
    expect(ada.locator(".case-facts > .bare-chip").first).to_have_text("Open")
    expect(ada.locator(f"#row-{number}")).not_to_have_class(re.compile("gone"))
    expect(ada.locator(".toast")).to_contain_text("A step is still open.")


def test_an_undo_is_pressed_when_the_next_case_is_open(house: House, sit_down: SitDown) -> None:
    ada = sit_down("ada")
    _two(house, ada, "A squeak")
    first, second = (ada.locator(".row", has_text=f"A squeak {n}") for n in range(2))
    first.locator("a").click()
    expect(ada.locator("[data-case] h1")).to_contain_text("A squeak 0")
    ada.locator("#case-header > .line > [data-key=e]").click()
    ada.locator(".toast [data-toast-undo]").wait_for()
    second.locator("a").click()
    expect(ada.locator("[data-case] h1")).to_contain_text("A squeak 1")
    ada.locator(".toast [data-toast-undo]").click()
    expect(ada.locator(".toast")).to_contain_text("Undone.")
    expect(ada.locator("#case-header h1")).to_contain_text("A squeak 1")
    expect(first).not_to_have_class(re.compile("gone|resolved"))


def test_new_rows_wait_behind_a_pill_while_somebody_is_in_the_list(house: House, sit_down: SitDown) -> None:
    ada = sit_down("ada")
    _two(house, ada, "My order")
    row = ada.locator(".row", has_text="My order 0")
    row.locator("a").focus()
    before = row.bounding_box()
    house.mail(letter("Something new", "While you read."))
    pill = ada.locator("#row-news")
    expect(pill).to_contain_text("1 new")
    assert row.bounding_box() == before
    expect(row.locator("a")).to_be_focused()
    pill.click()
    expect(ada.locator(".row").first).to_contain_text("Something new")
    expect(pill).to_be_hidden()


def test_it_says_that_the_network_is_gone_refuses_and_goes_on_by_itself(house: House, sit_down: SitDown) -> None:
    ada = sit_down("ada")
    number = _open(house, ada, "Before the tunnel")
    ada.context.set_offline(True)
    expect(ada.locator("#connection")).to_be_visible()
    ada.evaluate("htmx.ajax('GET', '/counts', '#heard').catch(() => null)")
    assert ada.locator(".toast").count() == 0
    ada.locator("#case-header > .line > [data-key=e]").click()
    expect(ada.locator(".toast")).to_contain_text("this was not done")
    expect(ada.locator(".case-facts > .bare-chip").first).to_have_text("Open")
    house.mail(letter("From the tunnel", "Are you there?"))
    ada.mouse.move(1000, 400)
    ada.evaluate("document.activeElement.blur()")
    ada.context.set_offline(False)
    expect(ada.locator(".row", has_text="From the tunnel")).to_be_visible()
    expect(ada.locator("#connection")).to_be_hidden()
    ada.locator("#case-header > .line > [data-key=e]").click()
    expect(ada.locator(f"#row-{number}")).to_have_class(re.compile("resolved"))


def _open(house: House, page: Page, subject: str) -> str:
    house.mail(letter(subject, "Please tell me."))
    page.locator(".row", has_text=subject).locator("a").click()
    expect(page.locator("[data-case] h1")).to_contain_text(subject)
    return str(page.locator("[data-case]").get_attribute("data-case"))


def _two(house: House, page: Page, subject: str) -> None:
    for n in range(2):
        house.mail(letter(f"{subject} {n}", "Please tell me."))
    expect(page.locator(".row", has_text=subject)).to_have_count(2)
