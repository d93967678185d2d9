"""Whatever happens to an order, in whatever order: money and stock add up, and nothing goes back beyond a limit unapproved."""

from __future__ import annotations

from contextlib import suppress
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from careline.domain.approvals.commands.limits import save_limit
from careline.domain.approvals.rules.limits import ACTION, CASE, Limit
from careline.domain.conversations.errors import Refused
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.orders.rules.refunding import Part
from careline.domain.orders.rules.returning import CONDITIONS, Inspected
from careline.flows.cancel_order import Cancelling, cancel_order
from careline.flows.change_order import Changing, change_order
from careline.flows.decide_approval import decide_approval
from careline.flows.inspect_goods import inspect_goods
from careline.flows.move_order import note_delivered, ship_order
from careline.flows.refund import Refunding, refund
from careline.flows.replace_goods import Replacing, replace_goods
from careline.flows.return_goods import Returning, ask_return, receive_goods, withdraw_return
from careline.flows.settle_payment import Result, refund_again, settle_payment
from careline.kit import db
from careline.kit.money import Money
from tests.shop import GIVEN, Shop, open_shop
from tests.world import NOON

pytestmark = pytest.mark.django_db
UNITS, CENTS = st.sampled_from([1, 2, 1, 3, 0]), st.integers(-1, 15_000)
WHERE = st.sampled_from(["", "gift", "card", "store_credit"])
EACH, CASE_IN_ALL = 6000, 9000
"""What Ben may give back alone: each time, and on one case."""


class Afterwards(RuleBasedStateMachine):
    """One order of two helmets and a lock; everything that may be tried with it is tried."""

    shop: Shop

    @initialize(state=st.sampled_from(["delivered", "pending", "delivered", "processed"]))
    def place(self, state: str) -> None:
        self.point = transaction.savepoint()
        self.shop = open_shop(state=state)
        for action in GIVEN:
            for per, minor in ((ACTION, EACH), (CASE, CASE_IN_ALL)):
                save_limit(Limit(action, per, Money(minor, "EUR"), role="representative"), by=SYSTEM, at=NOON)

    def is_in(self, *states: str) -> bool:
        """Mostly what can be done is tried; what can't is refused by tests of its own."""
        return not hasattr(self, "shop") or self.shop.row().state in states

    def _by(self) -> dict[str, Any]:
        return {"by": self.shop.by, "at": NOON}

    def _method(self, where: str) -> str | None:
        return {"": None, "gift": str(self.shop.gift), "card": str(self.shop.card)}.get(where, where)

    @precondition(lambda self: self.is_in("pending"))
    @rule(units=UNITS, locks=UNITS, whole=st.booleans(), where=WHERE)
    def cancel(self, units: int, locks: int, whole: bool, where: str) -> None:
        lines = None if whole else {self.shop.lines["Helmet"]: units, self.shop.lines["Lock"]: locks}
        asked = Cancelling(self.shop.world.case, "x", lines, self._method(where))
        self._try(lambda: cancel_order(self.shop.ben, self.shop.order, asked, **self._by()))

    @precondition(lambda self: self.is_in("pending"))
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

    @precondition(lambda self: self.is_in("pending", "processed"))
    @rule(units=UNITS)
    def ship(self, units: int) -> None:
        lines = {self.shop.lines["Helmet"]: units} if units else {}
        self._try(lambda: ship_order(self.shop.ben, self.shop.order, lines, **self._by()))

    @precondition(lambda self: self.is_in("processed", "shipped"))
    @rule()
    def deliver(self) -> None:
        for row in db.rows("SELECT id FROM orders_shipment WHERE state = 'shipped'"):
            self._try(lambda key=row.id: note_delivered(self.shop.ben, self.shop.order, key, **self._by()))

    @precondition(lambda self: self.is_in("delivered", "shipped"))
    @rule(units=UNITS, exchange=st.booleans(), where=WHERE)
    def take_back(self, units: int, exchange: bool, where: str) -> None:
        helmet = self.shop.lines["Helmet"]
        variants = {helmet: self.shop.large} if exchange else None
        asked = Returning(self.shop.world.case, {helmet: units}, "x", variants, self._method(where))
        self._try(lambda: ask_return(self.shop.ben, self.shop.order, asked, **self._by()))

    @rule(accepted=UNITS, condition=st.sampled_from(CONDITIONS), withdraws=st.sampled_from([False, False, True]))
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

    @precondition(lambda self: self.is_in("delivered", "shipped"))
    @rule(units=UNITS)
    def send_again(self, units: int) -> None:
        asked = Replacing(self.shop.world.case, {self.shop.lines["Helmet"]: units}, "x")
        self._try(lambda: replace_goods(self.shop.ben, self.shop.order, asked, **self._by()))

    @precondition(lambda self: self.is_in("delivered", "shipped"))
    @rule(units=UNITS)
    def mend(self, units: int) -> None:
        asked = Returning(self.shop.world.case, {self.shop.lines["Lock"]: units}, "loose", is_repair=True)
        self._try(lambda: ask_return(self.shop.ben, self.shop.order, asked, **self._by()))

    @rule(price=st.integers(0, 9000))
    def prices_change(self, price: int) -> None:
        db.execute("UPDATE orders_variant SET price = %s WHERE id = %s", [price, self.shop.large])

    @rule(outcome=st.sampled_from(["approve", "deny"]), less=st.integers(1, 100), newest=st.booleans())
    def decide(self, outcome: str, less: int, newest: bool) -> None:
        order = "DESC" if newest else "ASC"
        row = db.row(f"SELECT id, amount FROM approvals_request WHERE state = 'waiting' ORDER BY id {order} LIMIT 1")
        if row is None:
            return
        ada = self.shop.world.person(self.shop.world.ada)
        minor = None if row.amount is None else max(1, row.amount * less // 100)
        self._try(lambda: decide_approval(ada, row.id, outcome, minor=minor, by=agent(ada.id), at=NOON))
        self._try(lambda: decide_approval(ada, row.id, outcome, by=agent(ada.id), at=NOON))

    @rule(outcome=st.sampled_from(["settled", "failed"]), again=st.booleans())
    def bank_answers(self, outcome: str, again: bool) -> None:
        ada = self.shop.world.person(self.shop.world.ada)
        for row in db.rows("SELECT id FROM orders_payment WHERE kind = 'refund' AND state <> 'settled' ORDER BY id"):
            self._try(
                lambda key=row.id: settle_payment(ada, self.shop.order, key, Result(outcome), by=agent(ada.id), at=NOON)
            )
            if again:
                self._try(
                    lambda key=row.id: refund_again(
                        self.shop.ben, self.shop.order, key, "store_credit", case=self.shop.world.case, **self._by()
                    )
                )

    @rule(seed=st.integers(0, 10_000))
    def goes_on(self, seed: int) -> None:
        """A walk of some acts, so that long stories happen as often as short ones."""
        for name, values in walk(Random(seed), acts=10):
            getattr(self, name)(**values)
            self.money_adds_up()
            self.nothing_goes_back_beyond_a_limit_unless_somebody_agreed()
            self.stock_adds_up()

    def _try(self, act: Any) -> None:
        with suppress(Refused):
            act()

    @invariant()
    def money_adds_up(self) -> None:
        """What was paid and kept is what the lines come to; each balance is the sum of its movements; none below nothing."""
        if not hasattr(self, "shop"):
            return
        owed = db.value("SELECT sum(due - credited) FROM orders_line")
        failed = db.value(
            """SELECT coalesce(sum(p.amount), 0) FROM orders_payment p WHERE p.state = 'failed' AND p.kind = 'refund'
               AND NOT EXISTS (SELECT FROM orders_payment a WHERE a.instead_of_id = p.id)"""
        )
        assert self.shop.net_paid() - failed == owed >= 0
        total, state = self.shop.row().total, self.shop.row().state
        assert state != "cancelled" or owed == 0
        assert total >= 0
        for row in db.rows(
            """SELECT m.balance, coalesce((SELECT sum(amount) FROM orders_movement v WHERE v.method_id = m.id), 0) AS moved
               FROM orders_method m WHERE m.balance IS NOT NULL"""
        ):
            assert row.balance == row.moved >= 0
        refunded = db.value(
            "SELECT coalesce(sum(amount), 0) FROM orders_payment WHERE kind = 'refund' AND instead_of_id IS NULL"
        )
        put_down = db.value("SELECT coalesce(sum(amount), 0) FROM orders_refund")
        assert refunded == put_down

    @invariant()
    def nothing_goes_back_beyond_a_limit_unless_somebody_agreed(self) -> None:
        if not hasattr(self, "shop"):
            return
        given = db.value("SELECT coalesce(sum(amount), 0) FROM approvals_use WHERE action <> 'replacement'")
        assert given == db.value("SELECT coalesce(sum(amount), 0) FROM orders_refund")
        alone = db.rows(
            """SELECT max(amount) AS most, sum(amount) AS whole FROM approvals_use WHERE agent_id = %s AND request_id IS NULL
               GROUP BY action""",
            [self.shop.ben.id],
        )
        assert all(row.most <= EACH and row.whole <= CASE_IN_ALL for row in alone)
        agreed = db.value(
            """SELECT count(*) FROM approvals_use u WHERE u.agent_id <> %s AND NOT EXISTS (
                   SELECT FROM approvals_request q WHERE q.id = u.request_id AND q.state = 'approved' AND q.decided_by_id = u.agent_id)""",
            [self.shop.ben.id],
        )
        assert agreed == 0

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
                   JOIN orders_return g ON g.id = rl.goods_id AND g.state = 'done' AND g.kind <> 'repair'
                   WHERE l.variant_id = %s AND rl.condition = 'good'""",
                [variant],
            )
            aside = db.value(
                """SELECT coalesce(sum(rl.quantity), 0) FROM orders_returnline rl JOIN orders_return g ON g.id = rl.goods_id
                   WHERE rl.variant_id = %s AND g.closed_at IS NULL""",
                [variant],
            )
            assert self.shop.stock(variant) == first - out + back - aside >= 0


def walk(chance: Random, *, acts: int) -> list[tuple[str, dict[str, Any]]]:
    """Acts with what they are about, whether they can be done or not."""
    few = lambda: chance.choice((1, 1, 2, 3, 0))  # noqa: E731
    where = lambda: chance.choice(("", "gift", "card", "store_credit"))  # noqa: E731
    coin = lambda: chance.random() < 0.5  # noqa: E731
    kinds = {
        "cancel": lambda: {"units": few(), "locks": few(), "whole": coin(), "where": where()},
        "other_helmets": lambda: {"where": where()},
        "give_back": lambda: {
            "units": few(), "amount": chance.randint(1, 9000), "where": where(), "kind": chance.choice(("units", "line", "sum", "all")),
        },
        "ship": lambda: {"units": few()},
        "deliver": dict,
        "take_back": lambda: {"units": few(), "exchange": coin(), "where": where()},
        "close_return": lambda: {"accepted": few(), "condition": chance.choice(CONDITIONS), "withdraws": chance.random() < 0.2},
        "mend": lambda: {"units": 1},
        "send_again": lambda: {"units": few()},
        "prices_change": lambda: {"price": chance.randint(1000, 9000)},
        "decide": lambda: {"outcome": chance.choice(("approve", "approve", "deny")), "less": chance.randint(30, 100), "newest": coin()},
        "bank_answers": lambda: {"outcome": chance.choice(("settled", "failed")), "again": coin()},
    }  # fmt: skip
    chosen = chance.choices(list(kinds), weights=(1, 1, 2, 2, 2, 4, 5, 1, 1, 1, 4, 1), k=acts)
    return [(name, kinds[name]()) for name in chosen]


@pytest.mark.parametrize("state", ["pending", "delivered"])
def test_in_a_long_story_money_and_stock_add_up(state: str) -> None:
    told = Afterwards()
    told.place(state)
    for seed in range(2):
        told.goes_on(seed)


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
