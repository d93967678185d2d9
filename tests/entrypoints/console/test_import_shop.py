"""A shop's products, customers and orders come in. A real one, with its worked cases: tests/stories/test_real_shop_by_api.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from careline.domain.history.actor import SYSTEM
from careline.entrypoints.console.importers.shop import MAPPING, check, read
from careline.flows.bring_in import BringingIn
from careline.kit import db
from tests.world import NOON, make_world

pytestmark = pytest.mark.django_db
SHEET = """number,mail,name,placed_at,state,currency,sku,product,quantity,price,stock,tracking,payment,last_four
#A77,dora@example.com,Dora,2026-11-01T10:00:00,delivered,EUR,B-1,Bell,2,9.90,5,T-9,visa,4242
#A77,dora@example.com,Dora,2026-11-01T10:00:00,delivered,EUR,P-1,Pump,1,20.00,,T-9,visa,4242
A78,dora@example.com,Dora,,pending,JPY,Y-1,Yen,1,100.5,,,,
A79,dora@example.com,Dora,,pending,EUR,B-1,Bell,none,9.90,,,,
"""


def test_a_sheet_of_order_lines_comes_in_once_and_says_what_it_could_not_read(tmp_path: Path) -> None:
    make_world()
    file = tmp_path / "orders.csv"
    file.write_text(SHEET, "utf-8")
    check(file)
    records = list(read(file, MAPPING))
    wrong = [record for record in records if type(record).__name__ == "Unread"]
    assert [one.where for one in wrong] == ["row 4", "row 5"]
    state = BringingIn("shop", by=SYSTEM, at=NOON)
    good = [record for record in records if record not in wrong]
    assert all(state.bring_in(record) for record in good)
    assert not any(state.bring_in(record) for record in good)
    order = db.row("SELECT number, state, total, currency FROM orders_order")
    assert tuple(order) == ("A77", "delivered", 3980, "EUR")
    assert db.value("SELECT sum(delivered) FROM orders_line") == 3
    assert tuple(db.row("SELECT amount, kind FROM orders_payment")) == (3980, "payment")
