"""What lies in stock goes out and comes back."""

from __future__ import annotations

from collections.abc import Mapping

from careline.domain.orders.errors import OrderRefused
from careline.kit import db


def move(moved: Mapping[int, int]) -> None:
    """By variant, in one order for all: above 0 comes back. Raises OrderRefused where there is not enough, or it is not sold."""
    for variant, units in sorted(moved.items()):
        if units < 0 and not db.execute(
            """UPDATE orders_variant SET stock = stock + %(units)s
               WHERE id = %(variant)s AND is_available AND (stock IS NULL OR stock + %(units)s >= 0)""",
            {"variant": variant, "units": units},
        ):
            name = db.value(
                "SELECT p.name || ' (' || v.sku || ')' FROM orders_variant v JOIN orders_product p ON p.id = v.product_id WHERE v.id = %s",
                [variant],
            )
            raise OrderRefused("out_of_stock", f"{name} is not there in this quantity.")
        if units > 0:
            db.execute("UPDATE orders_variant SET stock = stock + %s WHERE id = %s", [units, variant])


def take(taken: Mapping[int, int]) -> None:
    move({variant: -units for variant, units in taken.items()})
