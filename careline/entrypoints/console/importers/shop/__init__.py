"""A shop's products, customers and orders: JSON, or one CSV of order lines.

PATH is a folder with `products.json`, `users.json` and `orders.json` (objects by key; see docs/how-to/import-a-shop.md), or a CSV
file with a row for each line: number, mail, name, placed_at, state, currency, sku, product, quantity, price, and if there are,
stock, tracking, payment, last_four. With {"options": {"currency": "EUR"}} in the mapping, prices without a currency are in that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from careline.entrypoints.console.importers import BadSource
from careline.entrypoints.console.importers.shop import objects, sheet
from careline.flows.brought import Record

TITLE = "a shop"
MAPPING: dict[str, dict[str, str]] = {
    "states": {name: name for name in ("pending", "processed", "shipped", "delivered", "cancelled")},
    "options": {"currency": "USD"},
}


def check(path: Path) -> None:
    """Raises BadSource where PATH is neither."""
    if path.is_dir() and (path / "orders.json").exists():
        return
    if path.suffix.lower() == ".csv" and path.is_file():
        return sheet.check(path)
    raise BadSource(f"{path} is no export of a shop: give a folder with orders.json, or a CSV of order lines.")


def read(path: Path, mapping: Mapping[str, Mapping[str, str]]) -> Iterator[Record]:
    """Products, people, ways to pay, orders."""
    yield from objects.records(path, mapping) if path.is_dir() else sheet.records(path, mapping)
