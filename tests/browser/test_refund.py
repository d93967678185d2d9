"""Money goes back: within one's limit by keyboard alone, and above it by a supervisor's telephone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from careline.domain.approvals.commands import limits, policies
from careline.domain.approvals.rules.limits import Limit
from careline.domain.approvals.rules.policies import rules_from
from careline.domain.history.actor import SYSTEM
from careline.domain.knowledge.commands.canned import add_reply
from careline.domain.staff.models import Agent
from careline.kit import db
from careline.kit.money import Money
from tests.shop import Shop, open_shop
from tests.world import NOON

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEY, THOUGHT, LEAST = 0.28, 1.35, 10.0
"""Seconds, as in the keystroke-level model (Card, Moran, Newell 1980): one key of somebody who types 40 words a minute, and one
moment of thought before it is decided what comes next."""


@dataclass
class Hands:
    """A keyboard and nothing else; each key is counted, a chord as its keys."""

    page: Page
    keys: int = 0
    thoughts: int = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keys += len(key.split("+"))
            self.page.keyboard.press(key)

    def write(self, words: str) -> None:
        self.keys += len(words)
        self.page.keyboard.type(words)

    def think(self) -> None:
        self.thoughts += 1

    @property
    def seconds(self) -> float:
        return self.keys * KEY + self.thoughts * THOUGHT


@pytest.fixture(scope="module", autouse=True)
def beside_the_loop() -> None:
    """The browser's loop runs in this thread, where Django's database would refuse to; until the database is taken down in it."""
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@dataclass
class Desks:
    url: str
    cookie: str
    chromium: Browser
    shop: Shop
    open_ones: list[BrowserContext]

    def sit_down(self, who: Agent, **screen: Any) -> Page:
        entered = Client()
        entered.force_login(who)
        context = self.chromium.new_context(base_url=self.url, locale="en-GB", **screen)
        context.add_cookies([{"name": self.cookie, "value": entered.cookies[self.cookie].value, "url": self.url}])
        self.open_ones.append(context)
        return context.new_page()


@pytest.fixture
def desks(live_server: Any, chromium: Browser, settings: Any, tmp_path: Path) -> Iterator[Desks]:
    settings.PUBLIC_URL, settings.DATA, settings.STATIC_ROOT = live_server.url, tmp_path, str(tmp_path)
    found = Desks(live_server.url, settings.SESSION_COOKIE_NAME, chromium, open_shop(), [])
    yield found
    for context in found.open_ones:
        context.close()


def test_a_refund_within_ones_limit_is_given_by_keyboard_in_less_than_ten_seconds(desks: Desks) -> None:
    shop = desks.shop
    page = desks.sit_down(shop.world.ben)
    page.goto(f"/conversations/{shop.world.case}")
    expect(page.locator("#orders")).to_contain_text(f"#{shop.order}")
    hands = Hands(page)
    hands.think()  # the lock has to be paid back
    hands.press("Shift+R")
    expect(page.get_by_label("How many of Helmet")).to_be_focused()
    hands.press("Tab")
    expect(page.get_by_label("How many of Lock")).to_be_focused()
    hands.think()  # one, and why
    hands.press("1", "Tab", "Tab")
    expect(page.get_by_label("Reason")).to_be_focused()
    hands.write("scratched")
    hands.press("Enter")
    expect(page.get_by_text("€21.81 goes back to Visa •••• 4242")).to_be_visible()
    hands.think()  # that is right
    hands.press("Enter")
    expect(page.get_by_role("heading", name=f"Order #{shop.order}")).to_be_visible()
    assert shop.net_paid() == 13685 - 2181
    assert (hands.keys, hands.thoughts) == (17, 3)
    assert hands.seconds < LEAST


def test_a_refund_above_the_limit_is_approved_on_a_telephone_and_the_customer_is_told(desks: Desks) -> None:
    shop = desks.shop
    _ben_may_give(2000)
    page = desks.sit_down(shop.world.ben)
    page.goto(f"/conversations/{shop.world.case}/acts/refund")
    page.get_by_label("How many of Helmet").fill("1")
    page.get_by_label("Reason").fill("dented")
    page.get_by_role("button", name="Show what will happen").click()
    expect(page.locator("main .banner")).to_contain_text("This will wait for the approval of Ada")
    expect(page.locator("main .banner")).to_contain_text("It is more than you may give at once.")
    assert (shop.net_paid(), db.value("SELECT count(*) FROM approvals_request")) == (13685, 0)
    page.get_by_role("button", name="Ask Ada").click()
    expect(page.get_by_text("Waiting", exact=True)).to_be_visible()

    phone = desks.sit_down(shop.world.ada, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    phone.goto("/approvals")
    phone.get_by_role("link", name="€54.54").tap()
    expect(phone.get_by_text("dented").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    box = phone.get_by_role("button", name="Approve").bounding_box()
    assert box is not None and box["height"] >= 44
    again = phone.context.new_page()
    again.goto(phone.url)
    phone.get_by_role("button", name="Approve").tap()
    expect(phone.get_by_text("Ada approved it.")).to_be_visible()
    expect(phone.get_by_text("The customer was told.")).to_be_visible()
    again.get_by_role("button", name="Approve").tap()
    expect(again.get_by_role("alert")).to_have_text("Ada has approved this already.")

    page.goto(f"/conversations/{shop.world.case}")
    expect(page.locator("article.message", has_text="Your money is on its way.")).to_have_count(1)
    assert shop.net_paid() == 13685 - 5454
    assert db.value("SELECT count(*) FROM orders_refund") == 1


def _ben_may_give(minor: int) -> None:
    """Refunds up to so much; the customer hears by itself when more was approved."""
    texts = {"en": {"text": "Your money is on its way.", "html": ""}}
    told = add_reply(name="Approved", texts=texts, by=SYSTEM, at=NOON)
    db.execute("DELETE FROM approvals_limit")
    limits.save_limit(Limit("refund", money=Money(minor, "EUR"), role="representative"), by=SYSTEM, at=NOON)
    rule = {"id": "refunds", "name": "Refunds", "actions": ["refund"], "outcome": "allow", "tells": {"approved": told}}
    policies.save_draft(rules_from([rule]), note="", author=None, by=SYSTEM, at=NOON)
    policies.switch_on(valid_from=NOON, by=SYSTEM, at=NOON)
    assert datetime.now(UTC) > NOON
