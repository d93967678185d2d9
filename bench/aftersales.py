"""What is done about an order by the API, from the request to its answer: shown before, refunded, taken back and inspected."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.test import Client

from bench.figures import Figure, Part, cpu_ms
from careline.domain.approvals.commands import limits
from careline.domain.approvals.rules.limits import Limit
from careline.domain.company.queries import default_brand
from careline.domain.conversations.commands import cases
from careline.domain.conversations.commands.identifying import note_identified
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.history.actor import SYSTEM
from careline.domain.orders.commands.catalogue import NewProduct, NewVariant, add_product, add_variant
from careline.domain.orders.commands.money import add_method
from careline.domain.orders.commands.placing import NewLine, NewOrder, place
from careline.domain.staff import commands as staff
from careline.domain.staff.models import Agent
from careline.kit import clock, db

MOST_MS, TIMES = 40.0, 30


def measure(part: Part) -> None:
    """What it writes is undone: the install is kept between runs."""
    with transaction.atomic():
        _measured(part)
        transaction.set_rollback(True)


def _measured(part: Part) -> None:
    now = clock.now()
    agent = Agent.objects.filter(is_active=True, role__code="administrator").order_by("id").first()
    customer = db.value("SELECT min(id) FROM customers_customer")
    assert agent is not None and customer is not None, "the install has people and customers"
    case = cases.open_case(
        subject="It does not fit",
        channel_id=None,
        brand_id=default_brand().pk,
        customer_id=customer,
        team_id=None,
        by=SYSTEM,
        at=now,
    )
    for action in ("refund", "return"):
        limits.save_limit(Limit(action, agent=agent.pk), by=SYSTEM, at=now)
    note_identified(conversation_by_number(case.number), customer, how="questions", by=SYSTEM, at=now)
    client = Client(headers={"Authorization": f"Bearer {staff.issue_token(agent, by=SYSTEM, at=now)}"})
    orders = iter(list(islice(_orders(customer, at=now), 3 * (TIMES + 2))))  # none is made while it is measured

    def post(path: str, body: dict[str, Any]) -> Any:
        answer = client.generic("POST", f"/api/v1{path}", json.dumps(body).encode(), content_type="application/json")
        assert answer.status_code < 300, answer.content
        return answer.json()

    def refunding(*, preview: bool) -> Callable[[], object]:
        return lambda: post("/refunds", _refund(next(orders), case.number, preview=preview))

    def returning() -> None:
        number, line = next(orders)
        post(
            "/returns", {"order": number, "conversation": case.number, "lines": [{"line": line}], "reason": "too small"}
        )

    for name, act in (
        ("A refund, shown before it is done", refunding(preview=True)), ("A refund", refunding(preview=False)), ("A return is agreed", returning),
    ):  # fmt: skip
        median, p99, took = cpu_ms(act, times=TIMES)
        part.add(Figure(name, median, "ms CPU", MOST_MS, True, f"p99 {p99:.1f} ms, took {took:.0f} ms"))


def _refund(order: tuple[str, str], case: int, *, preview: bool) -> dict[str, Any]:
    number, line = order
    lines = [{"line": line, "quantity": 1}]
    return {"order": number, "conversation": case, "reason": "scratched", "lines": lines, "preview": preview}


def _orders(customer: int, *, at: Any) -> Iterator[tuple[str, str]]:
    """As many as are asked for, each delivered and paid by card: (its number, its first line)."""
    product = add_product(NewProduct("BENCH-1", "Helmet"), by=SYSTEM, at=at)
    assert product is not None
    variant = add_variant(product, NewVariant("BENCH-1-S", 5000, "EUR", {}, 100_000), by=SYSTEM, at=at)
    card = add_method(customer, "card", code="bench", label="Visa", last_four="4242", at=at)
    while True:
        lines = (NewLine("item", "Helmet", 10_000, variant, quantity=2, unit_price=5000),)
        key = place(NewOrder(customer, "EUR", lines, {card: 10_000}), by=SYSTEM, at=at)
        db.execute(
            "UPDATE orders_order SET state = 'delivered', shipped_at = %s, delivered_at = %s WHERE id = %s",
            [at, at, key],
        )
        db.execute("UPDATE orders_line SET shipped = quantity, delivered = quantity WHERE order_id = %s", [key])
        row = db.row(
            "SELECT o.number, l.id FROM orders_order o JOIN orders_line l ON l.order_id = o.id WHERE o.id = %s", [key]
        )
        yield row.number, str(row.id)
