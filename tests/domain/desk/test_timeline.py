"""A customer's history: one row of all that happened, in order, as far as its reader may see it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from careline.domain.customers.commands.notes import add_note
from careline.domain.desk.queries.timeline import timeline_of
from careline.domain.desk.rules.timeline import KINDS, kind_of, unreadable
from careline.domain.history.actor import SYSTEM
from careline.domain.history.commands import Happening, record
from careline.domain.staff.rules import Allowed, Person
from careline.flows.refund import Refunding, refund
from careline.kit import db
from careline.kit.money import Money
from tests.shop import Shop, open_shop
from tests.world import NOON, writes_in


@pytest.fixture
def shop() -> Shop:
    return open_shop()


def names(rows: list[Any]) -> list[str]:
    return [row.name for row in rows]


@pytest.mark.django_db
def test_everything_stands_in_one_row_and_goes_on_where_it_stood(shop: Shop) -> None:
    carol = shop.world.carol
    add_note(carol, text="Likes blue.", by=shop.by, at=NOON)
    asked = Refunding(shop.world.case, "a scratch", amount=Money(500, "EUR"))
    refund(shop.ben, shop.order, asked, by=shop.by, at=NOON)
    record(Happening("tomorrows_room.opened", "tomorrow", 7, customer=carol), by=SYSTEM, at=NOON)
    whole = timeline_of(shop.ben, carol, limit=100)
    assert sorted(names(whole)) == [
        "conversation.opened", "customer.added", "customer.identified", "incoming", "note", "order.delivered", "order.placed",
        "order.processed", "order.refunded", "order.shipped", "tomorrows_room.opened",
    ]  # fmt: skip
    assert [(row.at, row.key) for row in whole] == sorted(((row.at, row.key) for row in whole), reverse=True)
    (refunded,) = [row for row in whole if row.name == "order.refunded"]
    assert (refunded.order_number, refunded.number, refunded.data["back"]) == (shop.order, shop.world.case, 500)
    found: list[Any] = []
    while page := timeline_of(shop.ben, carol, after=(found[-1].at, found[-1].key) if found else None, limit=3):
        found += page
    assert found == whole
    for code, kind in KINDS.items():
        filtered = timeline_of(shop.ben, carol, kind=code, limit=100)
        assert filtered == [row for row in whole if kind_of(row.type, row.name) == code], kind


@pytest.mark.django_db
def test_nobody_reads_what_their_grants_do_not_give(shop: Shop) -> None:
    carol, grants = shop.world.carol, shop.ben.grants
    refund(shop.ben, shop.order, Refunding(shop.world.case, "", amount=Money(500, "EUR")), by=shop.by, at=NOON)
    no_orders = replace(shop.ben, grants={verb: held for verb, held in grants.items() if verb != "order:read"})
    assert [name for name in names(timeline_of(no_orders, carol)) if name.startswith("order.")] == []
    assert "incoming" in names(timeline_of(no_orders, carol))
    cleo = shop.world.person(shop.world.cleo)
    of_others = replace(cleo, grants={"customer:read": (Allowed("all"),), "order:read": (Allowed("all"),)})
    seen = timeline_of(of_others, carol)
    assert sorted(names(seen)) == [
        "customer.added", "order.delivered", "order.placed", "order.processed", "order.refunded", "order.shipped",
    ]  # fmt: skip
    assert {(row.number, row.subject, row.text) for row in seen} == {(None, "", "")}
    narrow = replace(of_others, grants={"customer:read": (Allowed("all"),), "order:read": (Allowed("own"),)})
    assert "order.refunded" not in names(timeline_of(narrow, carol))


@pytest.mark.django_db
def test_who_was_only_copied_in_is_not_told_of_the_others_orders(shop: Shop) -> None:
    dora = writes_in("Me too", text="Hello", mailbox=shop.world.mailbox, sender="dora@example.com", name="Dora")
    key = int(db.value("SELECT customer_id FROM conversations_conversation WHERE number = %s", [dora.number]))
    db.execute(
        """INSERT INTO conversations_participant (conversation_id, customer_id, kind, value, name, role, state)
           SELECT id, %s, 'email', 'dora@example.com', 'Dora', 'cc', 'active' FROM conversations_conversation WHERE number = %s""",
        [key, shop.world.case],
    )
    refund(shop.ben, shop.order, Refunding(shop.world.case, "", amount=Money(500, "EUR")), by=shop.by, at=NOON)
    assert [name for name in names(timeline_of(shop.ben, key)) if name.startswith("order.")] == []
    assert {row.number for row in timeline_of(shop.ben, key) if row.type == "message"} == {shop.world.case, dora.number}


@pytest.mark.django_db
def test_a_full_history_asks_no_more_than_a_short_one(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = db._ran
    monkeypatch.setattr(db, "_ran", lambda sql, *rest: (asked.append(sql), real(sql, *rest))[1])

    def told() -> tuple[int, int]:
        asked.clear()
        return len(timeline_of(shop.ben, shop.world.carol)), len(asked)

    assert told() == (8, 3)
    for n in range(3):
        writes_in(f"Again {n}", text="Hello", mailbox=shop.world.mailbox)
        record(Happening("credit.given", "customer", shop.world.carol, customer=shop.world.carol), by=SYSTEM, at=NOON)
    assert told() == (17, 3)


def test_a_room_with_a_verb_of_its_own_is_read_by_those_who_hold_it() -> None:
    nobody = Person(1, "Ada", "ada@example.com", "none")
    hidden = unreadable(nobody)
    assert {"order", "return", "credit", "subscription", "complaint", "follow_up", "review"} <= set(hidden)
    holder = replace(nobody, grants={"order:read": (Allowed("all"),)})
    assert set(hidden) - set(unreadable(holder)) == {
        "order", "return", "credit", "refund", "shipment", "quote", "cart", "payment", "item", "repair",
    }  # fmt: skip
