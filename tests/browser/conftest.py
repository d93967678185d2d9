"""A real server of its own, a real mail server beside it, and a real browser in front of it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from careline.domain.channels.email.envelope import envelope_of
from careline.kit.spool import Spool
from tests.sinks import SmtpSink
from tests.throwaway import quick_folder

# Two processes share two cores here: what must be quick is measured as such, the rest only has to come.
expect.set_options(timeout=10_000)

ROOT = Path(__file__).resolve().parents[2]
SUPPORT = "support@northwind.example"
PASSWORD = "green bottles on the quay"
PEOPLE = {"ada": "administrator", "ben": "administrator"}
CHROMIUM = next((place for place in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(place).exists()), None)
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright keeps an event loop running in this thread, and then nobody else can."""
    items.sort(key=lambda item: "tests/browser/" in item.nodeid)


class House:
    """Northwind Bikes on a folder of its own: `mail` brings a raw mail, `outside` is the world's mail server."""

    def __init__(self, folder: Path, outside: SmtpSink) -> None:
        self.data, self.outside = folder / "data", outside
        self._log = (folder / "log").open("ab")
        self._command("init", "--no-input", "--company", "Northwind Bikes", "--admin", "ada@northwind.example", "--name", "Ada Lindgren",
                      "--mailbox", SUPPORT, "--password-stdin", "--data", self.data)  # fmt: skip
        self._command("user", "add", "ben@northwind.example", "--role", "administrator", "--name", "Ben Okafor", "--password-stdin",
                      "--data", self.data)  # fmt: skip
        self.process = self._start("serve", "--data", self.data, "--port", "0")
        said = self.process.stdout.readline()  # type: ignore[union-attr]
        assert said.startswith("ready"), (folder / "log").read_text()
        self.url = said.split()[1]
        self._spool = Spool(self.data / "spool")

    def mail(self, mail: EmailMessage) -> str:
        """Hands a raw mail in, as a mail server does; its Message-ID."""
        envelope = envelope_of(to=[SUPPORT], sender="carol@example.com", door="deliver", received_at=datetime.now(UTC))
        self._spool.put(mail.as_bytes(policy=SMTP), envelope=envelope)
        return str(mail["Message-ID"])

    def end(self) -> None:
        self.process.terminate()
        self.process.communicate()
        self._log.close()

    def _command(self, *words: str | Path) -> None:
        with self._start(*words, stdin=subprocess.PIPE) as asked:
            _, _ = asked.communicate(PASSWORD + "\n")
            assert asked.returncode == 0, Path(self._log.name).read_text()

    def _start(self, *words: str | Path, stdin: int | None = None) -> "subprocess.Popen[str]":
        left_out = ("CARELINE_", "DJANGO_")
        env = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
        env |= {"PYTHONPATH": str(ROOT), "CARELINE_SMTP_URL": f"smtp://127.0.0.1:{self.outside.port}?tls=none"}
        command = [sys.executable, "-m", "careline.entrypoints.console.main", *map(str, words)]
        return subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE, stderr=self._log, text=True, env=env)


def letter(subject: str, text: str, *, html: str = "", answers: str = "", name: str = "Carol Jensen") -> EmailMessage:
    """A mail of Carol's."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = f"{name} <carol@example.com>", SUPPORT, subject
    mail["Message-ID"] = f"<{os.urandom(8).hex()}@example.com>"
    if answers:
        mail["In-Reply-To"] = mail["References"] = answers
    mail.set_content(text)
    if html:
        raw = html.encode("utf-8", "surrogatepass")
        mail.add_alternative(raw, maintype="text", subtype="html", params={"charset": "utf-8"})
    return mail


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    folder = quick_folder()
    with SmtpSink() as outside:
        running = House(folder, outside)
        yield running
        running.end()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def entered() -> dict[str, list[Any]]:
    """What the browser of each person keeps from their signing in, for those that they open later."""
    return {}


@pytest.fixture
def sit_down(house: House, chromium: Browser, entered: dict[str, list[Any]]) -> Iterator[Callable[..., Page]]:
    """A person in front of a browser of their own, signed in."""
    open_ones: list[BrowserContext] = []

    def seated(who: str = "ada", **screen: object) -> Page:
        context = chromium.new_context(base_url=house.url, **{"viewport": {"width": 1440, "height": 900}, **screen})  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        open_ones.append(context)
        context.add_cookies(entered.get(who, []))
        page = context.new_page()
        page.goto("/inbox")
        if "/login" in page.url:
            page.fill("[name=email]", f"{who}@northwind.example")
            page.fill("[name=password]", PASSWORD)
            page.click("button")
            page.wait_for_url("**/inbox")
            entered[who] = context.cookies()
        return page

    yield seated
    for context in open_ones:
        context.close()
