"""Whatever a stranger puts into a mail: nothing of it runs, and nothing leaves our origin, in a real browser."""

import base64
import html
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, letter
from tests.kit.html.vectors import BEACON, VECTORS

pytestmark = pytest.mark.browser
AT_ONCE = 40
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
TOUCH_ALL = """() => {
  for (const it of document.querySelectorAll("*")) for (const name of ["mouseover", "focus", "pointerenter", "toggle", "wheel", "load"])
    it.dispatchEvent(new Event(name));
  return [typeof window.__pwned, document.scripts.length];
}"""


def test_nothing_in_a_mail_runs_or_calls_home(house: House, sit_down: Callable[..., Page]) -> None:
    for n, (name, code) in enumerate(VECTORS.items()):
        house.mail(
            letter(f"Hostile {n}", f"{name}".encode("ascii", "replace").decode(), html=code, name=f"Stranger {n}")
        )
    # a service worker would fetch the page around them past the route that makes it up
    page = sit_down("ada", service_workers="block")
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    frames = frames_of(page, len(VECTORS))
    ran = [url for n in range(0, len(frames), AT_ONCE) for url in what_ran(page, frames[n : n + AT_ONCE])]
    assert len(frames) > len(VECTORS) / 2
    assert ran == []
    assert [url for url in asked if not url.startswith(house.url)] == []
    assert BEACON not in asked


def what_ran(page: Page, urls: list[str]) -> list[str]:
    """Those of the mails in which something ran, shown side by side as a case page shows them."""
    framed = "".join(f'<iframe sandbox="allow-popups" src="{url}"></iframe>' for url in urls)
    page.route("**/frames", lambda route: route.fulfill(body=framed, content_type="text/html"))
    page.goto("/frames")
    page.unroute("**/frames")
    shown = [frame for frame in page.frames if frame != page.main_frame]
    assert len(shown) == len(urls)
    return [frame.url for frame in shown if frame.evaluate(TOUCH_ALL) != ["undefined", 0]] + (
        ["the page around them"] if page.evaluate("typeof window.__pwned") != "undefined" else []
    )


def frames_of(page: Page, wanted: int) -> list[str]:
    """The addresses of the mails as their senders made them, as the case pages offer them."""
    cases: list[str] = []
    for _ in range(60):
        cases = cases_in(page, "/views/all?q=hostile")
        if len(cases) >= wanted:
            break
        page.wait_for_timeout(400)  # each look takes the processor from who takes the mails in
    parts = (page.request.get(f"{case}/messages", headers={"HX-Request": "true"}).text() for case in cases)
    return [place for part in parts for place in re.findall(r'data-frame="([^"]+)"', part)]


def cases_in(page: Page, url: str) -> list[str]:
    """The cases of a list through all its pages."""
    found: list[str] = []
    while url:
        text = page.request.get(url).text()
        found += re.findall(r'<a href="(/conversations/\d+)" tabindex', text)
        more = re.search(r'<li class="rows-more" hx-get="([^"]+)"', text)
        url = html.unescape(more[1]) if more else ""
    return found


def test_the_frame_of_a_mail_shows_it_and_keeps_pictures_of_the_outside_away(
    house: House, sit_down: Callable[..., Page]
) -> None:
    house.mail(letter("A picture", "see it", html=f'<p>Look <b>here</b></p><img src="{BEACON}" alt="cat">'))
    page = sit_down("ada")
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.locator(".row", has_text="A picture").first.click()
    page.locator("details[data-frame] summary").click()
    expect(page.frame_locator("iframe.message-frame").locator("b")).to_have_text("here")
    assert [url for url in asked if not url.startswith(house.url)] == []


def test_a_picture_inside_the_mail_is_shown_in_its_frame(house: House, sit_down: Callable[..., Page]) -> None:
    mail = letter("Inside", "see", html='<p>Here:</p><img src="cid:crack@mail" alt="crack">')
    mail.get_payload()[1].add_related(PICTURE, "image", "png", cid="<crack@mail>")  # type: ignore[union-attr, index]
    house.mail(mail)
    page = sit_down("ada")
    page.locator(".row", has_text="Inside").first.click()
    page.locator("details[data-frame] summary").click()
    picture = page.frame_locator("iframe.message-frame").locator("img")
    expect(picture).to_be_visible()
    assert picture.evaluate("img => img.decode().then(() => img.naturalWidth, () => 0)") == 1
