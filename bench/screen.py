"""The agent's screen in Chromium: from a key to what is painted, the first paint, and what a page weighs."""

from __future__ import annotations

import shutil
from typing import Any
from urllib.parse import urlsplit

from bench.figures import Figure, Part, percentile
from bench.live import web
from bench.pages import session_of
from careline.kit import db

QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
MOVES, OPENED, WORST, PAINTS = 60, 30, 5, 5
MOVE_MS, OPEN_MS, PAINT_MS = 50, 100, 1000
LIGHT_KB, WITH_EDITOR_KB = 100, 285
# When the frame after the change is on the screen: a frame is asked for, and what runs after it comes after the paint.
PAINTED = """() => {
  window.took = [];
  const painted = (from) => requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => window.took.push(performance.now() - from);
    after.port2.postMessage(0);
  });
  let asked = 0;
  addEventListener("keydown", (event) => {
    if (event.key === "j") painted(event.timeStamp);
    if (event.key === "Enter") asked = event.timeStamp;
  }, true);
  new MutationObserver(() => {
    if (asked && document.querySelector("#case [data-case]")) { painted(asked); asked = 0; }
  }).observe(document.getElementById("case"), { childList: true });
}"""


class Screen:
    """A browser with an empty cache in which somebody is signed in; it weighs all that comes over the wire."""

    def __init__(self, browser: Any, port: int, cookie: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        context = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=self.url)
        context.add_cookies([{"name": "careline", "value": cookie, "url": self.url}])
        self.context, self.page = context, context.new_page()
        self.bytes, self.ahead, self.others, self.requests = 0.0, 0.0, 0, 0
        self.seen_ahead: set[str] = set()
        wire = context.new_cdp_session(self.page)
        wire.send("Network.enable")
        wire.on("Network.requestWillBeSent", self._see)
        wire.on("Network.loadingFinished", self._weigh)
        self.page.on("request", self._note)

    def _weigh(self, told: dict[str, Any]) -> None:
        if told["requestId"] in self.seen_ahead:
            self.ahead += told["encodedDataLength"]
        else:
            self.bytes += told["encodedDataLength"]

    def _see(self, told: dict[str, Any]) -> None:
        """What is fetched ahead, while the page has nothing else to do, is weighed apart."""
        if told["request"]["headers"].get("Purpose") == "prefetch":
            self.seen_ahead.add(told["requestId"])

    def _note(self, request: Any) -> None:
        self.requests += 1
        self.others += urlsplit(request.url).netloc not in ("", urlsplit(self.url).netloc)

    def open(self, place: str) -> float:
        """When the first thing of the page was painted, in ms after it was asked for."""
        self.page.goto(place)
        self.page.wait_for_timeout(1500)
        paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 1e9"
        return float(self.page.evaluate(paint))


def measure(part: Part) -> None:
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    cookie = session_of(db.value("SELECT id FROM staff_agent WHERE email = 'all@northwind.example'"))
    with web() as (_, port), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        # A browser of 200 MB that comes from the disk first is told apart: people open the inbox in one that runs.
        began = Screen(browser, port, cookie).open("/inbox")
        screens = [Screen(browser, port, cookie) for _ in range(PAINTS)]
        paints = [screen.open("/inbox") for screen in screens]
        part.add(Figure("Inbox, empty cache: first paint in a browser just started", began, "ms"))
        _add_weights(part, screens[-1], paints)
        moves = _moves(screens[0].page)
        part.add(
            Figure("Key → painted move in the list, p95", percentile(moves, 0.95), "ms", MOVE_MS, True, _said(moves))
        )
        opened, worst = _opened(Screen(browser, port, cookie))
        part.add(
            Figure(
                "Key → painted case, fetched ahead, p95", percentile(opened, 0.95), "ms", OPEN_MS, True, _said(opened)
            )
        )
        if worst:
            part.add(
                Figure("The same, five of the worst mails in it", percentile(worst, 0.95), "ms", remark=_said(worst))
            )
        browser.close()


def _add_weights(part: Part, screen: Screen, paints: list[float]) -> None:
    part.add(
        Figure(
            "Inbox, empty cache: first paint, worst of five",
            max(paints),
            "ms",
            PAINT_MS,
            True,
            "warm server and browser",
        )
    )
    part.add(
        Figure(
            "Inbox, empty cache: weight as served",
            screen.bytes / 1024,
            "KB",
            LIGHT_KB,
            True,
            f"{screen.requests} requests; and {screen.ahead / 1024:.0f} KB of cases fetched ahead, when the page is idle",
        )
    )
    case = screen.ahead / 1024 / max(1, len(screen.seen_ahead))
    screen.page.locator(".row > a").first.click()
    screen.page.wait_for_selector("[data-composer]")
    screen.page.wait_for_timeout(500)
    screen.page.keyboard.press("r")
    screen.page.wait_for_timeout(2500)
    part.add(
        Figure(
            "The same with a case and the composer open",
            screen.bytes / 1024 + case,
            "KB",
            WITH_EDITOR_KB,
            True,
            f"with the case itself ({case:.0f} KB, fetched ahead)",
        )
    )
    part.add(Figure("Requests to other origins", screen.others, "", 0, True))


def _moves(page: Any) -> list[float]:
    page.evaluate(PAINTED)
    page.locator(".row > a").first.focus()
    for _ in range(MOVES):
        page.keyboard.press("j")
        page.wait_for_timeout(60)
    page.wait_for_timeout(200)
    return list(page.evaluate("window.took"))


def _opened(screen: Screen) -> tuple[list[float], list[float]]:
    """Down the list, case by case: each is opened when it has been fetched ahead. Those of the worst mails (bench/worst.py:
    half a megabyte of text and more in each), which the bench of live events leaves in the list, are told apart."""
    screen.open("/inbox")
    page = screen.page
    page.evaluate(PAINTED)
    usual, worst = [], []
    for n in range(page.locator(".row").count()):
        row = page.locator(".row").nth(n)
        is_worst = "The worst" in (row.text_content() or "")
        if len(worst if is_worst else usual) >= (WORST if is_worst else OPENED):
            continue
        row.locator("> a").focus()
        page.wait_for_selector(f".row:nth-child({n + 1})[data-ahead]", timeout=10_000)
        page.evaluate("window.took = []")
        page.keyboard.press("Enter")
        page.wait_for_timeout(300)
        while not (took := page.evaluate("window.took")):
            page.wait_for_timeout(100)
        (worst if is_worst else usual).extend(took)
    return usual, worst


def _said(values: list[float]) -> str:
    return f"median {percentile(values, 0.5):.0f} ms, n = {len(values)}"
