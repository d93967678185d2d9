"""Who came by whose code, and what the two have in common."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from careline.domain.customers.queries.merges import everybody_in, root_of
from careline.domain.loyalty.queries.scheme import scheme
from careline.domain.loyalty.rules.referrals import Claim
from careline.kit import db

YEAR = timedelta(days=365)
_PLACE = """lower(regexp_replace(concat_ws('', o.address ->> 'street', o.address ->> 'street2', o.address ->> 'postcode', o.address ->> 'city'),
    '[^[:alnum:]]', '', 'g'))"""
_COMMON = f"""
SELECT
    EXISTS (SELECT FROM customers_address a JOIN customers_address b ON b.likeness = a.likeness AND a.likeness <> ''
            WHERE a.customer_id = ANY(%(one)s) AND b.customer_id = ANY(%(other)s)) AS is_same_person,
    EXISTS (SELECT FROM (SELECT {_PLACE} AS place FROM orders_order o WHERE o.customer_id = ANY(%(one)s)) a
            JOIN (SELECT {_PLACE} AS place FROM orders_order o WHERE o.customer_id = ANY(%(other)s)) b USING (place) WHERE place <> '')
    OR EXISTS (SELECT FROM orders_method a JOIN orders_method b ON b.gateway_reference = a.gateway_reference AND a.gateway_reference <> ''
               WHERE a.customer_id = ANY(%(one)s) AND b.customer_id = ANY(%(other)s)) AS is_same_household,
    (SELECT count(*) FROM loyalty_referral r WHERE r.referrer_id = ANY(%(one)s) AND r.state = 'rewarded' AND r.decided_at > %(since)s) AS rewarded,
    (SELECT count(*) FROM orders_order o WHERE o.customer_id = ANY(%(other)s) AND o.placed_at < %(until)s) AS orders,
    EXISTS (SELECT FROM loyalty_referral r WHERE r.referred_id = ANY(%(other)s) AND r.id IS DISTINCT FROM %(but)s) AS is_referred
"""
_REFERRALS = """
SELECT r.id, r.referrer_id, r.referred_id, r.state, r.refusal, r.created_at, r.decided_at, o.number AS order_number, k.name AS referred_name,
    c.amount, c.currency
FROM loyalty_referral r JOIN customers_customer k ON k.id = r.referred_id LEFT JOIN orders_order o ON o.id = r.order_id
LEFT JOIN orders_credit c ON c.id = r.referrer_credit_id
"""


def code_of(customer: int) -> str:
    """The code they give to others, also where it was given to whom they took in; empty where they have none yet."""
    found = db.value(
        "SELECT code FROM loyalty_referralcode WHERE customer_id = ANY(%s) ORDER BY customer_id <> %s, created_at LIMIT 1",
        [everybody_in(customer), customer],
    )
    return str(found or "")


def owner_of(code: str) -> int | None:
    """Whose code it is now."""
    held = db.value("SELECT customer_id FROM loyalty_referralcode WHERE code = %s", [code])
    return root_of(int(held)) if held is not None else None


def claim_of(referrer: int, referred: int, *, until: datetime, but: int | None = None, at: datetime) -> Claim:
    """What speaks for and against it. `until`: orders before then are of before; `but`: the referral that is asked about."""
    rules = scheme()
    people = {
        "one": everybody_in(referrer),
        "other": everybody_in(referred),
        "since": at - YEAR,
        "until": until,
        "but": but,
    }
    row = db.row(_COMMON, people)
    assert row is not None, "looking gives a row"
    return Claim(
        rules.refers, referrer == referred, row.is_same_person, row.is_same_household, row.is_referred, row.orders, row.rewarded,
        rules.most_referrals,
    )  # fmt: skip


def referrals_by(customer: int, *, limit: int = 50) -> list[Any]:
    """Whom this customer brought, the latest first."""
    return db.rows(
        f"{_REFERRALS} WHERE r.referrer_id = ANY(%s) ORDER BY r.id DESC LIMIT %s", [everybody_in(customer), limit]
    )


def waiting_for(customers: list[int], *, locked: bool = False) -> Any | None:
    """The referral by which one of these came, while it waits for their first order."""
    return db.row(
        f"SELECT * FROM loyalty_referral WHERE referred_id = ANY(%s) AND state = 'waiting' {'FOR UPDATE' if locked else ''}",
        [customers],
    )


def first_delivered(customers: list[int]) -> int | None:
    """Their first order that is there, and paid for."""
    return db.value(
        """SELECT o.id FROM orders_order o WHERE o.customer_id = ANY(%s) AND o.state = 'delivered'
               AND 0 < (SELECT sum(CASE kind WHEN 'payment' THEN amount ELSE -amount END) FROM orders_payment WHERE order_id = o.id)
           ORDER BY o.placed_at, o.id LIMIT 1""",
        [customers],
    )
