"""A shop that sells from a case: what is put into carts, ordered, offered and paid at a gateway, in one line each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from careline.domain.conversations.errors import Refused
from careline.domain.history.actor import agent
from careline.domain.orders.commands import selling_terms
from careline.domain.orders.gateways.fake import KEY, WEBHOOK_SECRET, FakeStripe
from careline.domain.orders.gateways.fake.standing import standing
from careline.domain.orders.queries.selling import Terms
from careline.domain.orders.rules.selling import Tax
from careline.flows.fill_cart import CartChange, change_cart
from careline.flows.place_cart import Paying, place_cart
from careline.flows.quote import Quoting, send_quote
from careline.kit import db
from tests.shop import Shop, open_shop
from tests.world import NOON

TERMS = Terms(Tax("VAT", 190_000), ({"name": "Parcel", "amount": 500, "currency": "EUR"},))


def selling_shop() -> Shop:
    made = open_shop()
    selling_terms.set_terms(TERMS, by=made.by, at=NOON)
    return made


@contextmanager
def paying_desk() -> Iterator[FakeStripe]:
    """A gateway that stands in for Stripe, set up for the cards of this install."""
    with standing(now=int(NOON.timestamp())) as server:
        secrets = {"key": KEY, "webhook": WEBHOOK_SECRET}
        ada = agent(0)
        selling_terms.set_gateway(
            "fake", settings={"url": server.url}, secrets=secrets, is_active=True, by=ada, at=NOON
        )
        yield server


def put(shop: Shop, **change: Any) -> Any:
    return change_cart(shop.ben, shop.world.case, CartChange(**change), by=shop.by, at=NOON)


def place(shop: Shop, way: str, method: int | None = None, **more: Any) -> Any:
    return place_cart(shop.ben, shop.world.case, Paying(way, method), by=shop.by, at=NOON, **more)


def quoted(shop: Shop) -> Any:
    done = send_quote(shop.ben, shop.world.case, Quoting(), by=shop.by, at=NOON)
    return db.row("SELECT * FROM orders_quote WHERE id = %s", [done.id])


def letters() -> list[str]:
    return [row.text for row in db.rows("SELECT text FROM conversations_message WHERE kind = 'reply' ORDER BY id")]


def refuses(code: str, act: Callable[[], Any]) -> None:
    with pytest.raises(Refused) as raised:
        act()
    assert getattr(raised.value, "code", "") == code
