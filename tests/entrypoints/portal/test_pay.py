"""Pages that a token opens: a quote is accepted or declined, an order is paid, and nobody else's address helps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from careline.domain.desk.queries.selling import items_page
from careline.domain.history.actor import agent
from careline.domain.orders.commands import selling_terms
from careline.domain.orders.gateways.fake import KEY, WEBHOOK_SECRET, FakeStripe
from careline.domain.orders.gateways.fake.standing import standing
from careline.flows.collect_payment import work_on_payments
from careline.flows.fill_cart import CartChange, change_cart
from careline.flows.keep_items import Registering, change_item, register_item
from careline.flows.quote import Quoting, change_quote, send_quote
from careline.kit import clock, db
from tests.shop import Shop, open_shop
from tests.world import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here_and_now(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA = tmp_path
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def shop() -> Shop:
    return open_shop()


@pytest.fixture
def fake() -> Iterator[FakeStripe]:
    with standing(now=int(NOON.timestamp())) as server:
        secrets = {"key": KEY, "webhook": WEBHOOK_SECRET}
        selling_terms.set_gateway(
            "fake", settings={"url": server.url}, secrets=secrets, is_active=True, by=agent(0), at=NOON
        )
        yield server


def quoted(shop: Shop) -> Any:
    change_cart(shop.ben, shop.world.case, CartChange({shop.lock: 1}), by=shop.by, at=NOON)
    key = send_quote(shop.ben, shop.world.case, Quoting(), by=shop.by, at=NOON).id
    return db.row("SELECT * FROM orders_quote WHERE id = %s", [key])


def test_a_quote_is_seen_accepted_and_paid_and_the_order_stands(shop: Shop, fake: FakeStripe, client: Client) -> None:
    quote = quoted(shop)
    page = client.get(f"/quotes/{quote.token}")
    assert (page.status_code, page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == (
        200,
        "same-origin",
        "no-store",
    )
    assert "€20.00" in page.content.decode() and "noindex" in page.content.decode()
    to_pay = client.post(f"/quotes/{quote.token}/acceptance").headers["Location"]
    assert to_pay.startswith("/pay/")
    assert client.post(f"/quotes/{quote.token}/acceptance").headers["Location"] == to_pay
    assert "https:" in client.get(to_pay).headers["Content-Security-Policy"]
    gateway = client.post(to_pay).headers["Location"]
    assert gateway.startswith(f"{fake.url}/pay/cs_test_")
    waits = client.get(f"{to_pay}?done=1").content.decode()
    assert "has not arrived yet" in waits
    fake.pay(gateway.rpartition("/")[2], now=int(NOON.timestamp()))
    assert "it is paid" in client.get(f"{to_pay}?done=1").content.decode()
    shop.order = str(db.value("SELECT max(number::int) FROM orders_order"))
    assert (shop.row().total, shop.net_paid(), shop.row().state) == (2000, 2000, "pending")
    assert "Thank you: you accepted" in client.get(f"/quotes/{quote.token}").content.decode()


def test_a_quote_is_declined_with_a_reason(shop: Shop, client: Client) -> None:
    quote = quoted(shop)
    assert client.post(f"/quotes/{quote.token}/refusal", {"reason": "غالٍ جدا\0"}).status_code == 302
    row = db.row("SELECT state, reason FROM orders_quote")
    assert (tuple(row), shop.stock(shop.lock)) == (("declined", "غالٍ جدا"), 2)
    assert client.post(f"/quotes/{quote.token}/acceptance").status_code == 422


def test_an_older_version_says_so_and_can_do_nothing(shop: Shop, client: Client) -> None:
    first = quoted(shop)
    change_quote(shop.ben, first.id, by=shop.by, at=NOON)
    send_quote(shop.ben, shop.world.case, Quoting(), by=shop.by, at=NOON)
    page = client.get(f"/quotes/{first.token}").content.decode()
    assert "There is a newer version of this quote" in page and "acceptance" not in page


def test_who_guesses_finds_nothing(shop: Shop, client: Client) -> None:
    quote = quoted(shop)
    tried = [
        client.get(f"/quotes/{quote.id}"), client.get(f"/quotes/{quote.token[:-1]}"), client.post("/quotes/x/acceptance"),
        client.post("/quotes/x/refusal"), client.get("/quotes/x/paper.pdf"), client.get("/pay/x"), client.post("/pay/x"), client.get("/quotes/%00"),
    ]  # fmt: skip
    assert [answer.status_code for answer in tried] == [404] * len(tried)
    assert len(quote.token) >= 22


def test_a_webhook_is_taken_once_and_refused_unsigned(shop: Shop, fake: FakeStripe, client: Client) -> None:
    quote = quoted(shop)
    to_pay = client.post(f"/quotes/{quote.token}/acceptance").headers["Location"]
    answers: list[tuple[int, str]] = []

    def post(body: bytes, headers: Any) -> None:
        said = {"Stripe-Signature": headers["Stripe-Signature"]}
        answer = client.post("/hooks/payments/fake", body, content_type="application/json", headers=said)
        answers.append((answer.status_code, answer.content.decode()))

    fake._post = post
    fake.pay(client.post(to_pay).headers["Location"].rpartition("/")[2], now=int(NOON.timestamp()))
    fake.tell_again(fake.events[0]["id"])
    assert answers == [(200, "taken"), (200, "known")]
    unsigned = client.post("/hooks/payments/fake", b"{}", content_type="application/json")
    nobody = client.post("/hooks/payments/paypal", b"{}", content_type="application/json")
    assert (unsigned.status_code, nobody.status_code, client.get("/hooks/payments/fake").status_code) == (400, 404, 405)
    work_on_payments(at=NOON)
    assert db.value("SELECT state FROM orders_paymentlink") == "paid"


def test_a_piece_is_registered_with_its_order_and_found_by_how_it_begins(shop: Shop) -> None:
    product = db.value("SELECT product_id FROM orders_variant WHERE id = %s", [shop.small])
    said = Registering(shop.world.carol, product, "sn 100-a", order=shop.order)
    key = register_item(shop.ben, said, by=shop.by, at=NOON)
    row = db.row("SELECT serial, bought_on, warranty_until, line_id FROM orders_item WHERE id = %s", [key])
    delivered = shop.row().delivered_at.date()
    assert tuple(row) == ("SN100-A", delivered, delivered.replace(year=delivered.year + 2), shop.lines["Helmet"])
    assert [one.serial for one in items_page(shop.ben, words="SN1")] == ["SN100-A"]
    assert [one.order_number for one in items_page(shop.ben, customer=shop.world.carol)] == [shop.order]
    change_item(shop.ben, key, customer=None, version="2.1", warranty_until=None, by=shop.by, at=NOON)
    assert db.value("SELECT version FROM orders_item") == "2.1"


@pytest.mark.full
def test_a_quote_is_a_paper(shop: Shop, client: Client) -> None:
    quote = quoted(shop)
    answer = client.get(f"/quotes/{quote.token}/paper.pdf")
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
