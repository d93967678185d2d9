"""Tiers, referrals and offers, as they happen to customers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from careline.domain.customers.commands import known_by
from careline.domain.customers.commands.people import change
from careline.domain.desk.queries.offers import offers_for
from careline.domain.desk.queries.referrals import referrals_seen
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.loyalty.commands.offers import Told, note_offer, prefer_offers
from careline.domain.loyalty.commands.scheme import ask_counting
from careline.domain.loyalty.errors import LoyaltyRefused
from careline.domain.loyalty.queries.referrals import referrals_by
from careline.domain.loyalty.queries.scheme import Scheme, due, earliest_loyalty, scheme
from careline.domain.loyalty.queries.tiers import standing_of, standings_of
from careline.domain.loyalty.rules.tiers import Tier
from careline.domain.orders.queries.held import store_credit_of
from careline.domain.staff.rules import Allowed, Forbidden
from careline.entrypoints.worker.loyalty import Counts
from careline.flows import count_pairs, keep_loyalty, refer
from careline.flows.merge_customers import merge_customers
from careline.flows.refund import Refunding, refund
from careline.kit import db
from careline.kit.money import Money
from tests.shop import Shop, open_shop
from tests.world import NOON, writes_in

pytestmark = pytest.mark.django_db
SILVER = Tier(0, "silver", "Silver", 0, 12, Money(10_000, "EUR"))
GOLD = Tier(0, "gold", "Gold", 0, 12, Money(100_000, "EUR"))
REWARDS = Scheme(refers=True, currency="EUR", referrer_gets=1000, referred_gets=500, least_count=2, least_percent=10)


@pytest.fixture
def shop() -> Shop:
    return open_shop()


def test_a_tier_is_counted_written_once_and_lost_when_the_money_goes_back(shop: Shop) -> None:
    ada, by, carol = shop.world.person(shop.world.ada), agent(shop.world.ada.pk), shop.world.carol
    with pytest.raises(Forbidden):
        keep_loyalty.keep_programme(shop.ben, Scheme(), [SILVER], by=shop.by, at=NOON)
    keep_loyalty.keep_programme(ada, Scheme(), [SILVER, GOLD], by=by, at=NOON)
    assert due().tiers_due_at == NOON
    count_all(NOON)
    assert (field(carol), standing_of(carol).code, standing_of(carol).value) == ("silver", "silver", 13685)
    assert due().tiers_due_at == NOON + timedelta(days=1)
    count_all(NOON)
    assert len(standings_of(carol)) == 1, "counting twice changes nothing"
    refund(shop.ben, shop.order, Refunding(shop.world.case, "", amount=Money(5_000, "EUR")), by=shop.by, at=NOON)
    count_all(NOON + timedelta(days=1))
    assert (field(carol), standing_of(carol)) == ("", None)
    assert [(row.code, row.until is None) for row in standings_of(carol)] == [(None, True), ("silver", False)]
    told = db.rows("SELECT name FROM history WHERE subject_key = %s AND name LIKE 'tier.%%' ORDER BY id", [carol])
    assert [row.name for row in told] == ["tier.reached", "tier.lost"]


def test_a_tier_that_was_given_by_hand_stays_until_it_is_taken_back(shop: Shop) -> None:
    ada, by, carol = shop.world.person(shop.world.ada), agent(shop.world.ada.pk), shop.world.carol
    keep_loyalty.keep_programme(ada, Scheme(), [SILVER, GOLD], by=by, at=NOON)
    keep_loyalty.give_tier(ada, carol, "gold", by=by, at=NOON)
    count_all(NOON)
    assert (field(carol), standing_of(carol).is_given, standing_of(carol).agent_name) == ("gold", True, "Ada")
    keep_loyalty.give_tier(ada, carol, "", by=by, at=NOON)
    assert (field(carol), standing_of(carol).is_given) == ("silver", False)
    change(carol, fields={"tier": "gold"}, by=by, at=NOON)
    count_all(NOON)
    assert (field(carol), standing_of(carol).code, standing_of(carol).is_given) == ("gold", "gold", True), (
        "written on the card"
    )
    refuses("no_such_tier", lambda: keep_loyalty.give_tier(ada, carol, "tin", by=by, at=NOON))
    refuses("tier_twice", lambda: keep_loyalty.keep_programme(ada, Scheme(), [SILVER, SILVER], by=by, at=NOON))
    keep_loyalty.keep_programme(ada, Scheme(), [SILVER], by=by, at=NOON)
    count_all(NOON)
    assert (field(carol), standing_of(carol).code) == ("silver", "silver"), "gold has ended"


def test_both_are_rewarded_once_when_the_first_order_is_there(shop: Shop) -> None:
    ada, by, carol = shop.world.person(shop.world.ada), agent(shop.world.ada.pk), shop.world.carol
    refuses("no_programme", lambda: refer.give_code(shop.ben, carol, by=shop.by, at=NOON))
    keep_loyalty.keep_programme(ada, REWARDS, [], by=by, at=NOON)
    code = refer.give_code(shop.ben, carol, by=shop.by, at=NOON)
    assert refer.give_code(shop.ben, carol, by=shop.by, at=NOON) == code
    dora = newcomer("dora")
    refer.refer(ada, dora, f" {code.lower()} ", by=by, at=NOON)
    assert refer.reward_referral(dora, at=NOON) == "", "nothing was ordered yet"
    buys(dora, shop.lock)
    assert refer.reward_referral(dora, at=NOON) == "rewarded"
    assert refer.reward_referral(dora, at=NOON) == ""
    assert (balance(carol), balance(dora)) == (1000, 500)
    (row,) = referrals_by(carol)
    assert (row.state, row.referred_name, row.amount) == ("rewarded", "dora", 1000)


def test_whom_a_customer_brought_is_named_to_those_who_see_that_one(shop: Shop) -> None:
    ada, by, carol = shop.world.person(shop.world.ada), agent(shop.world.ada.pk), shop.world.carol
    keep_loyalty.keep_programme(ada, REWARDS, [], by=by, at=NOON)
    code = refer.give_code(ada, carol, by=by, at=NOON)
    writes_in("My bell", text="Rings", mailbox=shop.world.mailbox, sender="dora@example.org", at=NOON)
    dora = int(db.value("SELECT customer_id FROM customers_address WHERE value = 'dora@example.org'"))
    refer.refer(ada, dora, code, by=by, at=NOON)
    stranger = replace(ada, grants={**ada.grants, "customer:read": (Allowed("own"),)})
    ((seen,), (unseen,)) = (referrals_seen(one, carol) for one in (ada, stranger))
    assert (seen.referred_id, unseen.referred_id, unseen.referred_name, unseen.state) == (dora, None, "", "waiting")


def test_abuse_of_a_code_is_refused_and_stands_in_the_history(shop: Shop) -> None:
    ada, by, carol = shop.world.person(shop.world.ada), agent(shop.world.ada.pk), shop.world.carol
    keep_loyalty.keep_programme(ada, REWARDS, [], by=by, at=NOON)
    code = refer.give_code(shop.ben, carol, by=shop.by, at=NOON)
    twin = known_by("email", "carol+new@example.net", name="C", by=SYSTEM, at=NOON)
    old = newcomer("old")
    buys(old, shop.lock)
    dora = newcomer("dora")
    for customer, given, refusal in (
        (carol, code, "own_code"), (twin, code, "same_person"), (old, code, "already_customer"), (dora, "NOSUCH22", "unknown_code"),
    ):  # fmt: skip
        refuses(refusal, lambda customer=customer, given=given: refer.refer(ada, customer, given, by=by, at=NOON))
        told = db.value(
            "SELECT data ->> 'code' FROM history WHERE name = 'referral.refused' AND customer_id = %s ORDER BY id DESC",
            [customer],
        )
        assert told == refusal
    refer.refer(ada, dora, code, by=by, at=NOON)
    refuses("already_referred", lambda: refer.refer(ada, dora, code, by=by, at=NOON))
    buys(dora, shop.lock, street="Long Road 1")
    assert refer.reward_referral(dora, at=NOON) == "same_household"
    assert (balance(carol), balance(dora), referrals_by(carol)[0].refusal) == (0, 0, "same_household")


def test_what_others_bought_with_it_is_offered_with_its_figures(shop: Shop) -> None:
    ada, by = shop.world.person(shop.world.ada), agent(shop.world.ada.pk)
    keep_loyalty.keep_programme(ada, REWARDS, [], by=by, at=NOON)
    for n in range(3):
        buys(newcomer(f"both{n}"), shop.small, shop.lock)
    for n in range(4):
        buys(newcomer(f"none{n}"), bell())
    only = newcomer("only")
    buys(only, shop.large)
    counting = count_pairs.begin(at=NOON)
    while count_pairs.go_on(counting, at=NOON):
        pass
    assert (due().pairs_due_at, scheme().buyers) == (None, 9)
    (offered,) = offers_for(only, at=NOON)
    pair, row = offered.pair, offered.row
    assert (pair.kind, pair.both, pair.buyers, row.name, row.because_name) == ("together", 4, 5, "Lock", "Helmet")
    assert [one["sku"] for one in row.variants] == ["L-1-U"]
    assert offers_for(shop.world.carol, at=NOON) == [], "she has both"
    prefer_offers(only, False, how="portal", by=SYSTEM, at=NOON)
    assert offers_for(only, at=NOON) == []
    prefer_offers(only, True, how="portal", by=SYSTEM, at=NOON + timedelta(hours=1))
    assert len(offers_for(only, at=NOON)) == 1
    note_offer(Told(only, None, pair), "dismissed", by=by, at=NOON)
    assert offers_for(only, at=NOON) == []
    assert len(offers_for(only, at=NOON + timedelta(days=181))) == 1
    db.execute("UPDATE orders_variant SET stock = 0 WHERE id = %s", [shop.lock])
    assert offers_for(only, at=NOON + timedelta(days=181)) == [], "nothing is offered that is not there"


def test_what_was_sent_back_is_never_offered_again(shop: Shop) -> None:
    ada, by = shop.world.person(shop.world.ada), agent(shop.world.ada.pk)
    keep_loyalty.keep_programme(ada, replace(REWARDS, least_count=2), [], by=by, at=NOON)
    for n in range(3):
        buys(newcomer(f"both{n}"), shop.small, shop.lock)
        buys(newcomer(f"none{n}"), bell())
    only = newcomer("only")
    buys(only, shop.small, shop.lock)
    db.execute(
        """UPDATE orders_line SET shipped = 1, delivered = 1, returned = 1 WHERE variant_id = %s
           AND order_id IN (SELECT id FROM orders_order WHERE customer_id = %s)""",
        [shop.lock, only],
    )
    counting = count_pairs.begin(at=NOON)
    count_pairs.go_on(counting, at=NOON)
    assert offers_for(only, at=NOON) == []


def test_the_worker_counts_what_is_due_and_not_again_before_its_time(shop: Shop) -> None:
    ada, by, carol = shop.world.person(shop.world.ada), agent(shop.world.ada.pk), shop.world.carol
    keep_loyalty.keep_programme(ada, REWARDS, [SILVER], by=by, at=NOON)
    counts = Counts()
    counts.once(NOON - timedelta(seconds=1))
    assert (field(carol), scheme().pairs_at) == ("", None)
    while earliest_loyalty() == NOON:
        counts.once(NOON)
    assert (field(carol), scheme().pairs_at, earliest_loyalty()) == ("silver", NOON, NOON + timedelta(days=1))
    ask_counting(at=NOON)
    ask_counting(at=NOON + timedelta(hours=5))
    assert due().pairs_due_at == NOON + timedelta(days=1), "what is sold meanwhile waits for the same count"


def test_what_they_bought_before_they_were_merged_counts_as_theirs(shop: Shop) -> None:
    ada, by = shop.world.person(shop.world.ada), agent(shop.world.ada.pk)
    keep_loyalty.keep_programme(ada, Scheme(), [SILVER], by=by, at=NOON)
    dora = newcomer("dora")
    merge_customers(ada, dora, merged=shop.world.carol, by=by, at=NOON)
    count_all(NOON)
    assert (field(dora), standing_of(dora).value) == ("silver", 13685)


def refuses(code: str, act: Callable[[], Any]) -> None:
    with pytest.raises(LoyaltyRefused) as refusal:
        act()
    assert refusal.value.code == code


def count_all(at: Any) -> None:
    after: int | None = 0
    while after is not None:
        after = keep_loyalty.count_next_tiers(after, at=at)


def field(customer: int) -> str:
    return str(db.value("SELECT coalesce(fields ->> 'tier', '') FROM customers_customer WHERE id = %s", [customer]))


def newcomer(name: str) -> int:
    return known_by("email", f"{name}@{name}.example", name=name, by=SYSTEM, at=NOON)


def balance(customer: int) -> int:
    held = store_credit_of(customer, "EUR")
    return held.balance or 0 if held else 0


def bell() -> int:
    found = db.value("SELECT id FROM orders_variant WHERE sku = 'B-1'")
    if found is not None:
        return int(found)
    return int(
        db.value(
            """WITH product AS (INSERT INTO orders_product (code, name, description, features, billing, terms, is_active, created_at)
                   VALUES ('B-1', 'Bell', '', '[]', 'one_off', '{}', true, %(at)s) RETURNING id)
               INSERT INTO orders_variant (product_id, sku, options, price, currency, stock, is_available, created_at)
               SELECT id, 'B-1', '{}', 900, 'EUR', 99, true, %(at)s FROM product RETURNING id""",
            {"at": NOON},
        )
    )


def buys(customer: int, *variants: int, street: str = "") -> None:
    """Paid and delivered, as an import would bring it in."""
    address = db.json({"street": street or f"Street {customer}", "postcode": "10115", "city": "Berlin"})
    order = db.value(
        """INSERT INTO orders_order (number, digits, customer_id, state, has_changed_items, currency, total, mail, phone, address,
               billing_address, source, cancel_reason, placed_at, delivered_at, version)
           VALUES ('X' || nextval('order_number'), '', %s, 'delivered', false, 'EUR', 7000, '', '', %s, '{}', '', '', %s, %s, 1) RETURNING id""",
        [customer, address, NOON, NOON],
    )
    for place, variant in enumerate(variants, 1):
        db.execute(
            """INSERT INTO orders_line (order_id, position, kind, variant_id, name, options, quantity, unit_price, amount, due, credited,
                   credited_units, cancelled, shipped, delivered, coming_back, returned, replaced)
               VALUES (%s, %s, 'item', %s, 'x', '{}', 1, 100, 100, 100, 0, 0, 0, 0, 0, 0, 0, 0)""",
            [order, place, variant],
        )
    method = db.value(
        """INSERT INTO orders_method (customer_id, kind, code, label, last_four, gateway_reference, currency, is_active, created_at)
           VALUES (%s, 'invoice', '', '', '', '', '', true, %s) RETURNING id""",
        [customer, NOON],
    )
    db.execute(
        """INSERT INTO orders_payment (order_id, method_id, kind, state, amount, currency, at)
           VALUES (%s, %s, 'payment', 'settled', 7000, 'EUR', %s)""",
        [order, method, NOON],
    )
