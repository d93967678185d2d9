"""What axe finds on every page of the staff that has an address of its own: nothing, in both themes; and nothing sticks out on a phone.

The list is made of the addresses themselves, so that a new page is in it. One page is loaded; the others' contents are put into it.
"""

from collections.abc import Callable, Iterator
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
LOOKED_THROUGH = """async ([places, themes]) => {
  const settle = () => { void getComputedStyle(main).color; for (const one of document.getAnimations()) one.finish(); };
  const loaded = (sheet) => sheet.sheet || new Promise((done) => { sheet.onload = sheet.onerror = done; });
  const main = document.getElementById("main"), wrong = [], seen = [];
  const texts = await Promise.all(places.map(async (place) => {
    const answer = await fetch(place);
    return answer.ok && answer.headers.get("Content-Type")?.startsWith("text/html") ? [place, answer.url, await answer.text()] : [place, "", ""];
  }));
  for (const [place, url, text] of texts) {
    const page = new DOMParser().parseFromString(text, "text/html");
    if (!page.getElementById("main") || seen.includes(url)) continue;
    seen.push(url);
    main.replaceChildren(...page.getElementById("main").childNodes);
    await Promise.all([...main.querySelectorAll("link[rel=stylesheet]")].map(loaded));
    for (const theme of themes) {
      document.documentElement.dataset.theme = theme;
      settle();
      const only = theme === themes[0] ? {} : { runOnly: ["color-contrast"] };
      const { violations } = await axe.run(main, { resultTypes: ["violations"], ...only });
      for (const one of violations) wrong.push(`${place} ${theme} ${one.id}: ${one.nodes[0].html.slice(0, 160)}`);
    }
  }
  return [seen.length, wrong];
}"""


def test_nothing_stands_in_the_way_on_any_page(sit_down: Callable[..., Page]) -> None:
    page = sit_down("ada", reduced_motion="reduce", bypass_csp=True)
    page.goto("/settings")
    page.evaluate(AXE)
    seen, wrong = page.evaluate(LOOKED_THROUGH, [_places(), ["light", "dark"]])
    assert wrong == []
    assert seen > 100


def _places() -> list[str]:
    return sorted(f"/{path}" for path in _paths(urlpatterns) if path and "<" not in path and path not in OTHERS)


def _paths(patterns: list[Any], before: str = "") -> Iterator[str]:
    for one in patterns:
        if hasattr(one, "url_patterns"):
            yield from _paths(one.url_patterns, before + str(one.pattern))
        else:
            yield before + str(one.pattern)
