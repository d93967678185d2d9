"""A quote leaves a case, its customer accepts it and pays, and the order stands beside the case."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, expect

from careline.domain.history.actor import agent
from careline.domain.orders.commands import selling_terms
from careline.domain.orders.gateways.fake import KEY, WEBHOOK_SECRET
from careline.entrypoints.hooks.fake_stripe import server
from careline.kit import db
from tests.shop import open_shop
from tests.world import NOON

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module", autouse=True)
def beside_the_loop() -> None:
    """The browser's loop runs in this thread, where Django's database would refuse to; until the database is taken down in it."""
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def test_a_quote_is_sent_accepted_and_paid(live_server: Any, chromium: Browser, settings: Any, tmp_path: Path) -> None:
    settings.DEMO, settings.PUBLIC_URL, settings.DATA, settings.STATIC_ROOT = (
        True,
        live_server.url,
        tmp_path,
        str(tmp_path),
    )
    server.cache_clear()
    shop = open_shop()
    secrets = {"key": KEY, "webhook": WEBHOOK_SECRET}
    selling_terms.set_gateway("fake", settings={}, secrets=secrets, is_active=True, by=agent(0), at=NOON)
    entered = Client()
    entered.force_login(shop.world.ben)
    cookie = entered.cookies[settings.SESSION_COOKIE_NAME].value
    desk = chromium.new_context(base_url=live_server.url)
    desk.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = desk.new_page()
    page.goto(f"/conversations/{shop.world.case}/cart?q=lock")
    page.get_by_role("button", name="Put in Lock").click()
    page.get_by_role("button", name="Send the quote").click()
    expect(page.get_by_text("Waits for the customer").first).to_be_visible()
    address = page.locator("a[href*='/quotes/']", has_text="/quotes/").inner_text()

    customer = chromium.new_context(locale="en-GB").new_page()
    customer.goto(address)
    customer.get_by_role("button", name="Accept and order").click()
    customer.get_by_role("button", name="Pay €20.00").click()
    customer.get_by_role("button", name="Pay", exact=True).click()
    expect(customer.get_by_text("Thank you: it is paid.")).to_be_visible()

    page.goto(f"/conversations/{shop.world.case}/orders")
    number = str(db.value("SELECT max(number::int) FROM orders_order"))
    expect(page.get_by_role("link", name=f"#{number}")).to_be_visible()
    shop.order = number
    assert (shop.row().total, shop.net_paid()) == (2000, 2000)
    customer.context.close()
    desk.close()
