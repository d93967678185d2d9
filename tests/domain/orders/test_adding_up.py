"""Whatever happens to an order, in whatever order: money and stock add up."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from careline.domain.conversations.errors import Refused
from careline.domain.orders.rules.refunding import Part
from careline.domain.orders.rules.returning import CONDITIONS, Inspected
from careline.flows.cancel_order import Cancelling, cancel_order
from careline.flows.change_order import Changing, change_order
from careline.flows.inspect_goods import inspect_goods
from careline.flows.move_order import note_delivered, ship_order
from careline.flows.refund import Refunding, refund
from careline.flows.replace_goods import Replacing, replace_goods
from careline.flows.return_goods import Returning, ask_return, receive_goods, withdraw_return
from careline.kit import db
from careline.kit.money import Money
from tests.shop import Shop, make_shop
from tests.world import NOON, make_world

pytestmark = pytest.mark.django_db
UNITS, CENTS = st.integers(0, 3), st.integers(-1, 15_000)
WHERE = st.sampled_from(["", "gift", "card", "store_credit"])


class Afterwards(RuleBasedStateMachine):
    """One order of two helmets and a lock; everything that may be tried with it is tried."""

    shop: Shop

    @initialize(state=st.sampled_from(["pending", "processed", "delivered"]))
    def place(self, state: str) -> None:
        self.point = transaction.savepoint()
        self.shop = make_shop(make_world(), state=state)

    def _by(self) -> dict[str, Any]:
        return {"by": self.shop.by, "at": NOON}

    def _method(self, where: str) -> str | None:
        return {"": None, "gift": str(self.shop.gift), "card": str(self.shop.card)}.get(where, where)

    @rule(units=UNITS, locks=UNITS, whole=st.booleans(), where=WHERE)
    def cancel(self, units: int, locks: int, whole: bool, where: str) -> None:
        lines = None if whole else {self.shop.lines["Helmet"]: units, self.shop.lines["Lock"]: locks}
        asked = Cancelling(self.shop.world.case, "x", lines, self._method(where))
        self._try(lambda: cancel_order(self.shop.ben, self.shop.order, asked, **self._by()))

    @rule(where=WHERE)
    def other_helmets(self, where: str) -> None:
        asked = Changing(self.shop.world.case, {self.shop.lines["Helmet"]: self.shop.large}, self._method(where))
        self._try(lambda: change_order(self.shop.ben, self.shop.order, asked, **self._by()))

    @rule(units=UNITS, amount=CENTS, where=WHERE, kind=st.sampled_from(["units", "line", "sum", "all"]))
    def give_back(self, units: int, amount: int, where: str, kind: str) -> None:
        helmet = self.shop.lines["Helmet"]
        parts = {"units": (Part(helmet, units=units),), "line": (Part(helmet, amount=amount),)}.get(kind, ())
        money = Money(amount, "EUR") if kind == "sum" else None
        asked = Refunding(self.shop.world.case, "x", parts, money, self._method(where))
        self._try(lambda: refund(self.shop.ben, self.shop.order, asked, **self._by()))

    @rule(units=UNITS)
    def ship(self, units: int) -> None:
        lines = {self.shop.lines["Helmet"]: units} if units else {}
        self._try(lambda: ship_order(self.shop.ben, self.shop.order, lines, **self._by()))

    @rule()
    def deliver(self) -> None:
        for row in db.rows("SELECT id FROM orders_shipment WHERE state = 'shipped'"):
            self._try(lambda key=row.id: note_delivered(self.shop.ben, self.shop.order, key, **self._by()))

    @rule(units=UNITS, exchange=st.booleans(), where=WHERE)
    def take_back(self, units: int, exchange: bool, where: str) -> None:
        helmet = self.shop.lines["Helmet"]
        variants = {helmet: self.shop.large} if exchange else None
        asked = Returning(self.shop.world.case, {helmet: units}, "x", variants, self._method(where))
        self._try(lambda: ask_return(self.shop.ben, self.shop.order, asked, **self._by()))

    @rule(accepted=UNITS, condition=st.sampled_from(CONDITIONS), withdraws=st.booleans())
    def close_return(self, accepted: int, condition: str, withdraws: bool) -> None:
        row = db.row(
            "SELECT g.id, l.line_id FROM orders_return g JOIN orders_returnline l ON l.goods_id = g.id ORDER BY g.id DESC LIMIT 1"
        )
        if row is None:
            return
        if withdraws:
            self._try(lambda: withdraw_return(self.shop.ben, row.id, **self._by()))
            return
        self._try(lambda: receive_goods(self.shop.ben, row.id, **self._by()))
        self._try(
            lambda: inspect_goods(self.shop.ben, row.id, [Inspected(row.line_id, accepted, condition)], **self._by())
        )

    @rule(units=UNITS)
    def send_again(self, units: int) -> None:
        asked = Replacing(self.shop.world.case, {self.shop.lines["Helmet"]: units}, "x")
        self._try(lambda: replace_goods(self.shop.ben, self.shop.order, asked, **self._by()))

    def _try(self, act: Any) -> None:
        with suppress(Refused):
            act()

    @invariant()
    def money_adds_up(self) -> None:
        """What was paid and kept is what the lines come to; each balance is the sum of its movements; none below nothing."""
        if not hasattr(self, "shop"):
            return
        owed = db.value("SELECT sum(due - credited) FROM orders_line")
        assert self.shop.net_paid() == owed >= 0
        total, state = self.shop.row().total, self.shop.row().state
        assert state != "cancelled" or owed == 0
        assert total >= 0
        for row in db.rows(
            """SELECT m.balance, coalesce((SELECT sum(amount) FROM orders_movement v WHERE v.method_id = m.id), 0) AS moved
               FROM orders_method m WHERE m.balance IS NOT NULL"""
        ):
            assert row.balance == row.moved >= 0
        refunded = db.value("SELECT coalesce(sum(amount), 0) FROM orders_payment WHERE kind = 'refund'")
        put_down = db.value("SELECT coalesce(sum(amount), 0) FROM orders_refund")
        assert refunded == put_down

    @invariant()
    def stock_adds_up(self) -> None:
        """Every unit is in stock, with the customer or on its way to them, set aside for an exchange, or written off."""
        if not hasattr(self, "shop"):
            return
        for variant, first in ((self.shop.small, 5), (self.shop.large, 5), (self.shop.lock, 3)):
            out = db.value(
                """SELECT coalesce(sum(l.quantity - l.cancelled + l.replaced), 0) FROM orders_line l WHERE l.variant_id = %s""",
                [variant],
            )
            back = db.value(
                """SELECT coalesce(sum(rl.accepted), 0) FROM orders_returnline rl JOIN orders_line l ON l.id = rl.line_id
                   WHERE l.variant_id = %s AND rl.condition = 'good'""",
                [variant],
            )
            aside = db.value(
                """SELECT coalesce(sum(rl.quantity), 0) FROM orders_returnline rl JOIN orders_return g ON g.id = rl.goods_id
                   WHERE rl.variant_id = %s AND g.closed_at IS NULL""",
                [variant],
            )
            assert self.shop.stock(variant) == first - out + back - aside >= 0


def test_money_and_stock_always_add_up() -> None:
    _run(examples=3, steps=12)


@pytest.mark.full
@pytest.mark.timeout(600)
def test_money_and_stock_always_add_up_whatever_happens() -> None:
    _run(examples=40, steps=25)


def _run(*, examples: int, steps: int) -> None:
    class Each(Afterwards):
        def teardown(self) -> None:
            if hasattr(self, "point"):
                transaction.savepoint_rollback(self.point)

    run_state_machine_as_test(
        Each,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate],
        ),
    )  # fmt: skip
