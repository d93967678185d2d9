"""Servers that speak like Shopify's and WooCommerce's public interfaces, for trying out and for tests: no shop and no money anywhere.

They can be told to fail as real ones do (`faults`): to be busy, to break, or to time out after they have done what was asked.
"""

from careline.domain.orders.shops.fake.kept import FakeShop, Sold, Told
from careline.domain.orders.shops.fake.standing import KEY, SECRET, WEBHOOK_SECRET, standing

__all__ = ["KEY", "SECRET", "WEBHOOK_SECRET", "FakeShop", "Sold", "Told", "standing"]
