"""Orders as a person may see them: through the customer, as everything of a customer's. Found by number, mail, phone, last four digits."""

from __future__ import annotations

import re
from typing import Any

from careline.domain.company.queries import home_region
from careline.domain.conversations.errors import NotFound
from careline.domain.customers.queries.merges import everybody_in
from careline.domain.customers.rules.addresses import Unreachable, phone_forms
from careline.domain.desk.queries.customer_filter import known_to
from careline.domain.desk.queries.owners import ROOT_OF_BUYER
from careline.domain.orders.rules.numbers import number_of
from careline.domain.staff.rules import Forbidden, Person, may, require
from careline.kit import db

READ = "order:read"
BUYER = f"JOIN customers_customer b ON b.id = o.customer_id {ROOT_OF_BUYER}"
_ORDER = f"""
SELECT o.id, o.number, o.customer_id, cu.id AS owner_id, cu.name AS customer_name, o.state, o.has_changed_items, o.currency, o.total, o.mail,
    o.phone, o.address, o.billing_address, o.source, o.cancel_reason, o.placed_at, o.processed_at, o.shipped_at, o.delivered_at,
    o.cancelled_at, o.version
FROM orders_order o {BUYER}
"""
_BY_NUMBER = "SELECT id FROM orders_order WHERE number = %(number)s OR digits = %(number)s"
_BY_MAIL = """
(SELECT id FROM orders_order WHERE mail = %(mail)s ORDER BY id DESC LIMIT 500) UNION
SELECT k.id FROM customers_address a JOIN orders_order k ON k.customer_id = a.customer_id WHERE a.kind = 'email' AND a.value = %(mail)s
"""
_BY_PHONE = """
(SELECT id FROM orders_order WHERE phone = ANY(%(phones)s) ORDER BY id DESC LIMIT 500) UNION
SELECT k.id FROM customers_address a JOIN orders_order k ON k.customer_id = a.customer_id
WHERE a.kind IN ('phone', 'mobile') AND a.value = ANY(%(phones)s)
"""
_BY_LAST_FOUR = """
SELECT p.order_id FROM orders_method m JOIN LATERAL (
    SELECT order_id FROM orders_payment WHERE method_id = m.id ORDER BY order_id DESC LIMIT 20) p ON true WHERE m.last_four = %(last_four)s
"""


def orders_page(
    person: Person, *, words: str = "", customer: int | None = None, state: str = "", before: int | None = None, limit: int = 50
) -> list[Any]:  # fmt: skip
    """The newest first; what is not seen is left out. Raises Forbidden."""
    require(person, READ)
    seen, params = known_to(person, READ)
    params |= {"before": before, "limit": limit, "state": state}
    parts = [seen, "(%(before)s::bigint IS NULL OR o.id < %(before)s)", "(%(state)s = '' OR o.state = %(state)s)"]
    if customer is not None:
        parts.append("o.customer_id = ANY(%(people)s)")
        params["people"] = everybody_in(customer)
    if words.strip():
        ways, values = ways_of(words)
        if not ways:
            return []
        params |= values
        parts.append(f"o.id IN ({' UNION '.join(ways)})")
    condition = " AND ".join(parts)
    return db.rows(f"{_ORDER} WHERE {condition} ORDER BY o.id DESC LIMIT %(limit)s", params)


def order_for(person: Person, words: str, *, verb: str = READ) -> Any:
    """The order that is called so. Raises NotFound for absent and not theirs alike, Forbidden where it may be seen but not this."""
    found = _seen(person, words, READ)
    if found is None:
        raise NotFound(f"There is no order {number_of(words) or words[:40]}.")
    if verb != READ and (not may(person, verb) or _seen(person, words, verb) is None):
        raise Forbidden(verb)
    return found


def ways_of(words: str) -> tuple[list[str], dict[str, Any]]:
    """Statements that give the ids of orders which these words may mean, and their parameters."""
    plain = words.strip()
    if "@" in plain:
        return [_BY_MAIL], {"mail": plain.lower()}
    ways: list[str] = []
    values: dict[str, Any] = {}
    if number := number_of(plain):
        ways.append(_BY_NUMBER)
        values["number"] = number
    digits = re.sub(r"[^0-9]", "", plain)
    if len(digits) == 4 and re.fullmatch(r"[\s*•.x0-9-]*", plain.lower()):
        ways.append(_BY_LAST_FOUR)
        values["last_four"] = digits
    if len(digits) >= 7:
        try:
            values["phones"] = [plain[:60], *phone_forms(plain, region=home_region())]
            ways.append(_BY_PHONE)
        except Unreachable:
            pass
    return ways, values


def _seen(person: Person, words: str, verb: str) -> Any | None:
    number = number_of(words)
    if not number or not may(person, verb):
        return None
    seen, params = known_to(person, verb)
    found = db.rows(
        f"{_ORDER} WHERE (o.number = %(number)s OR o.digits = %(number)s) AND {seen} LIMIT 3",
        params | {"number": number},
    )
    exact = [row for row in found if row.number == number]
    return exact[0] if exact else found[0] if len(found) == 1 else None
