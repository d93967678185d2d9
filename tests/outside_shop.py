"""The named shop elsewhere of tests: Carol's order of two helmets and a lock, 70.00 with shipping, as Shopify or WooCommerce keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from careline.domain.history.actor import agent
from careline.domain.orders.queries.shops import shop_by_id
from careline.domain.orders.shops.fake import KEY, SECRET, WEBHOOK_SECRET, FakeShop, Sold, standing
from careline.domain.staff.queries import person
from careline.flows.follow_shop import take_shop_event, work_on_shops
from careline.flows.keep_shops import ShopChange, add_shop
from careline.kit import db
from tests.world import NOON, World

SOLD_AT = NOON - timedelta(days=2)
SECRETS = {"key": KEY, "secret": SECRET, "webhook": WEBHOOK_SECRET}


def sold(key: int = 1001, **more: Any) -> Sold:
    lines = [
        {"key": 11, "name": "Helmet", "sku": "", "quantity": 2, "price": "25.00"},
        {"key": 12, "name": "Lock", "sku": "", "quantity": 1, "price": "15.00"},
    ]
    given = {"lines": lines, "placed_at": SOLD_AT, "updated_at": SOLD_AT, "total": "70.00", "shipping": "5.00"} | more
    return Sold(key, **given)


@dataclass(slots=True)
class Elsewhere:
    kind: str
    fake: FakeShop
    key: int

    @property
    def row(self) -> Any:
        return shop_by_id(self.key)

    def tell(self, key: int = 1001, *, event: str = "e-1", topic: str = "", at: datetime = NOON) -> bool:
        words = topic or ("orders/updated" if self.kind == "shopify" else "order.updated")
        told = self.fake.tell(key, words, event=event)
        return take_shop_event(self.row.token, told.body, told.headers, at=at)

    def change(self, key: int = 1001, *, at: datetime, **more: Any) -> None:
        for name, value in more.items():
            setattr(self.fake.orders[str(key)], name, value)
        self.fake.orders[str(key)].updated_at = at


@contextmanager
def elsewhere(world: World, kind: str, *, page: int = 250, is_asked: bool = False) -> Iterator[Elsewhere]:
    """`is_asked`: by the clock too, not only after a webhook."""
    with standing(kind, page=page) as fake:
        fake.now = NOON
        said = ShopChange(kind, "Northwind Web", "WEB", fake.url, kind != "shopify", True, SECRETS)
        ada = person(world.ada.id)
        assert ada is not None
        key = add_shop(ada, said, by=agent(world.ada.id), at=NOON)
        if not is_asked:
            db.execute("UPDATE orders_outsideshop SET due_at = NULL")
        yield Elsewhere(kind, fake, key)


def worked(at: datetime = NOON) -> int:
    return work_on_shops(at=at)


def orders() -> list[tuple[Any, ...]]:
    return [
        tuple(row)
        for row in db.rows(
            "SELECT number, state, total, currency FROM orders_order WHERE number LIKE 'WEB%%' ORDER BY id"
        )
    ]


def order_key(number: str = "WEB-1001") -> int:
    return int(db.value("SELECT id FROM orders_order WHERE number = %s", [number]))


def payments(number: str = "WEB-1001") -> list[tuple[Any, ...]]:
    found = db.rows(
        "SELECT kind, state, amount FROM orders_payment WHERE order_id = %s ORDER BY id", [order_key(number)]
    )
    return [tuple(row) for row in found]


def credited(number: str = "WEB-1001") -> list[int]:
    found = db.rows("SELECT credited FROM orders_line WHERE order_id = %s ORDER BY position", [order_key(number)])
    return [row.credited for row in found]
