"""What axe finds on every page of the staff that has an address of its own: nothing, in both themes.

The full list is made of the addresses themselves, so that a new page is in it. One page is loaded; the others' contents are put into it.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from careline.entrypoints.web.urls import urlpatterns

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
OTHERS = {"logout", "sw.js", "manifest.webmanifest", "demo", "demo/letter", "demo/session", "offline"}
"""No pages with the rail beside them."""
A_FEW = (
    "/settings", "/settings/statuses", "/settings/hours/new", "/rules/new", "/customers", "/orders", "/complaints/new", "/reports/definitions",
    "/handover", "/practice", "/people", "/access-record",
)  # fmt: skip
"""One of each sort: half a second of a processor each, so that all of them are for the full run."""
LOOKED_THROUGH = """async ([places, themes]) => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const loaded = (sheet) => sheet.sheet || new Promise((done) => { sheet.onload = sheet.onerror = done; });
  const main = document.getElementById("main"), wrong = [], seen = [];
  for (const [n, place] of places.entries()) {
    const answer = await fetch(place);
    if (!answer.ok || !answer.headers.get("Content-Type")?.startsWith("text/html") || seen.includes(answer.url)) continue;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById("main")) continue;
    seen.push(answer.url);
    main.replaceChildren(...page.getElementById("main").childNodes);
    await Promise.all([...main.querySelectorAll("link[rel=stylesheet]")].map(loaded));
    for (const theme of themes.length ? themes : [n % 2 ? "dark" : "light"]) {
      document.documentElement.dataset.theme = theme;
      await frame();
      await Promise.allSettled(document.getAnimations().map((one) => one.finished));
      await frame();
      const { violations } = await axe.run(main, { resultTypes: ["violations"] });
      for (const one of violations) wrong.push(`${place} ${theme} ${one.id}: ${one.nodes[0].html.slice(0, 160)}`);
    }
  }
  return [seen.length, wrong];
}"""


def test_nothing_stands_in_the_way_on_a_page_of_each_sort(sit_down: Callable[..., Page]) -> None:
    assert _looked_through(sit_down, A_FEW, ()) == (len(A_FEW), [])


@pytest.mark.full
def test_nothing_stands_in_the_way_on_any_page_in_either_theme(sit_down: Callable[..., Page]) -> None:
    seen, wrong = _looked_through(sit_down, _places(), ("light", "dark"))
    assert wrong == []
    assert seen > 100


def _looked_through(
    sit_down: Callable[..., Page], places: Sequence[str], themes: Sequence[str]
) -> tuple[int, list[str]]:
    page = sit_down("ada", reduced_motion="reduce", bypass_csp=True)
    page.goto("/settings")
    page.evaluate(AXE)
    seen, wrong = page.evaluate(LOOKED_THROUGH, [list(places), list(themes)])
    return seen, wrong


def _places() -> list[str]:
    return sorted(f"/{path}" for path in _paths(urlpatterns) if path and "<" not in path and path not in OTHERS)


def _paths(patterns: list[Any], before: str = "") -> Iterator[str]:
    for one in patterns:
        if hasattr(one, "url_patterns"):
            yield from _paths(one.url_patterns, before + str(one.pattern))
        else:
            yield before + str(one.pattern)
