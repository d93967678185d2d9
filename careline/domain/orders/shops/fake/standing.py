"""A fake shop on a port of its own, for tests and for trying a real install out against it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qsl

from careline.domain.orders.shops.fake.kept import Answered, FakeShop
from careline.domain.orders.shops.fake.secrets import KEY, SECRET, WEBHOOK_SECRET
from careline.domain.orders.shops.fake.shopify import ShopifyDialect
from careline.domain.orders.shops.fake.woocommerce import WooDialect
from careline.kit.stand_in import standing_in

__all__ = ["KEY", "SECRET", "WEBHOOK_SECRET", "standing"]


@contextmanager
def standing(kind: str, *, port: int = 0, page: int = 250) -> Iterator[FakeShop]:
    """Answers on 127.0.0.1 until the end; `kind`: shopify or woocommerce."""
    fake = FakeShop(ShopifyDialect() if kind == "shopify" else WooDialect(), page=page)

    def answer(method: str, path: str, words: str, headers: dict[str, str], body: bytes) -> Answered:
        return fake.answer(method, path, headers, dict(parse_qsl(words)), body)

    with standing_in(answer, port=port) as fake.url:
        yield fake
