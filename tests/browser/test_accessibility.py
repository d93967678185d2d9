"""What axe finds on the screens that everybody sees, in both themes: nothing."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import House, letter

pytestmark = pytest.mark.browser
# A fade whose element is swapped away may never end: after five seconds the page is looked at as it stands.
STANDS_STILL = """async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const still = async () => {
        await frame(); await frame();
        const ends = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime < Infinity);
        await Promise.allSettled(ends.map((one) => one.finished));
        await frame();
    };
    await Promise.race([still(), new Promise((done) => setTimeout(done, 5_000))]);
}"""
THEMES = ("light", "dark")
# Every rule is asked all the same; each place where one holds is not written up, which takes most of the time.
ONLY_FAULTS = {"resultTypes": ["violations"]}


def test_nothing_stands_in_the_way_in_the_inbox_and_in_a_case(house: House, sit_down: Callable[..., Page]) -> None:
    house.mail(letter("Seen in both themes", "Hello, where is my bike?"))
    page = sit_down("ada", reduced_motion="reduce")
    page.locator(".row", has_text="Seen in both themes").wait_for()
    assert faults_in_both(page) == []
    page.locator(".row", has_text="Seen in both themes").click()
    page.locator("article.case").wait_for()
    assert faults_in_both(page) == []


def test_nothing_stands_in_the_way_at_the_door(house: House, chromium: Browser) -> None:
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{house.url}/login")
    assert faults_in_both(page) == []
    context.close()


def faults_in_both(page: Page) -> list[str]:
    """The same page in one theme after the other, as it follows the device's."""
    found = []
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        assert page.evaluate("theme => matchMedia(`(prefers-color-scheme: ${theme})`).matches", theme)
        found += [f"{theme}: {fault}" for fault in faults(page)]
    return found


def faults(page: Page, *, within: str | None = None) -> list[str]:
    """Each violation with the first place it is found at, once nothing moves or fades any more."""
    page.evaluate(STANDS_STILL)
    found = Axe().run(page, context=within, options=ONLY_FAULTS).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:150]} {one['nodes'][0]['failureSummary'][:300]}" for one in found]
