"""How each row of docs/permissions.csv about tiers, referrals, offers and hints is tried."""

from __future__ import annotations

from typing import Any

from careline.domain.history.actor import agent
from careline.domain.loyalty.queries.scheme import Scheme
from careline.domain.loyalty.rules.tiers import Tier
from careline.flows.keep_loyalty import keep_programme
from careline.kit import db
from tests.world import NOON, World

CUSTOMER, HOUSE = "customer", "house"
_LOYALTY = "/customers/{carol}/loyalty"
_TIERS = {"tiers": [{"code": "gold", "name": "Gold", "least_orders": 3}]}

TRIALS_OF_LOYALTY: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("desk.hints.hints_for", "hint:read"): (
        CUSTOMER,
        ("GET", "/customers/{carol}/hints", None),
        ("GET", "/customers/{carol}/hints", None),
    ),
    ("flows.keep_loyalty.keep_programme", "loyalty:manage"): (
        HOUSE,
        ("PUT", "/loyalty", _TIERS),
        ("POST", "/settings/loyalty", {"code": "gold", "name": "Gold", "least_orders": "3"}),
    ),
    ("flows.keep_loyalty.give_tier", "loyalty:manage"): (
        CUSTOMER,
        ("PATCH", _LOYALTY, {"tier": "silver"}),
        ("POST", _LOYALTY, {"tier": "silver"}),
    ),
    ("flows.refer.give_code", "customer:write"): (
        CUSTOMER,
        ("PATCH", _LOYALTY, {"referral_code": True}),
        ("POST", _LOYALTY, {"makes_code": "1"}),
    ),
    ("flows.refer.refer", "customer:write"): (
        CUSTOMER,
        ("PATCH", _LOYALTY, {"came_by": "FR2END22"}),
        ("POST", _LOYALTY, {"came_by": "FR2END22"}),
    ),
    ("flows.change_standing.change_standing", "customer:write"): (
        CUSTOMER,
        ("PATCH", _LOYALTY, {"wants_offers": True}),
        ("POST", _LOYALTY, {"offers": "yes"}),
    ),
    ("flows.offer_products.offers_to", "order:read"): (
        CUSTOMER,
        ("GET", "/customers/{carol}/offers", None),
        ("GET", "/customers/{carol}/offers", None),
    ),
    ("flows.offer_products.answer_offer", "order:write"): (
        CUSTOMER,
        ("POST", "/customers/{carol}/offers", {"product": "id {offered}"}),
        ("POST", "/customers/{carol}/offers", {"product": "{offered}"}),
    ),
    ("flows.offer_products.set_offers", "customer:write"): (
        CUSTOMER,
        ("PATCH", _LOYALTY, {"wants_offers": False}),
        ("POST", _LOYALTY, {"offers": "no"}),
    ),
}

NOT_NOW_OF_LOYALTY = {"flows.refer.refer": 409, "flows.offer_products.answer_offer": 409}
"""Carol had ordered before, and she complains."""


def keys_of_loyalty(world: World) -> dict[str, int]:
    """Silver stands, Dora's code is FR2END22, and a pump goes with what Carol has."""
    ada, by = world.person(world.ada), agent(world.ada.pk)
    rules = Scheme(refers=True, currency="EUR", referrer_gets=500, least_count=2, least_percent=1)
    keep_programme(ada, rules, [Tier(0, "silver", "Silver", 0)], by=by, at=NOON)
    db.execute(
        """INSERT INTO loyalty_referralcode (customer_id, code, created_at)
           SELECT id, 'FR2END22', %s FROM customers_customer WHERE id <> %s AND merged_into_id IS NULL ORDER BY id DESC LIMIT 1""",
        [NOON, world.carol],
    )
    pump = db.value(
        """WITH product AS (INSERT INTO orders_product (code, name, description, features, billing, terms, is_active, created_at)
               VALUES ('P-9', 'Pump', '', '[]', 'one_off', '{}', true, %(at)s) RETURNING id)
           INSERT INTO orders_variant (product_id, sku, options, price, currency, stock, is_available, created_at)
           SELECT id, 'P-9', '{}', 900, 'EUR', 99, true, %(at)s FROM product RETURNING product_id""",
        {"at": NOON},
    )
    db.execute(
        """INSERT INTO loyalty_pair (kind, product_id, other_id, "both", buyers, others)
           SELECT DISTINCT 'together', v.product_id, %(pump)s::bigint, 10, 20, 10 FROM orders_line l JOIN orders_variant v ON v.id = l.variant_id
           JOIN orders_order o ON o.id = l.order_id WHERE o.customer_id = %(carol)s""",
        {"pump": pump, "carol": world.carol},
    )
    db.execute("UPDATE loyalty_scheme SET buyers = 100")
    return {"offered": int(pump)}
