"""What else stands on a customer's page: notes, consent, who was merged, and who is likely the same person."""

from __future__ import annotations

from typing import Any

from careline.domain.desk.queries.customer_filter import known_to
from careline.domain.staff.rules import Person
from careline.kit import db

MOST_SUGGESTED = 10

_NOTES = """
SELECT n.id, n.text, n.created_at, n.edited_at, n.author_id, a.name AS author_name
FROM customers_note n LEFT JOIN staff_agent a ON a.id = n.author_id
WHERE n.customer_id = %(customer)s AND (%(after)s::bigint IS NULL OR n.id < %(after)s) ORDER BY n.id DESC LIMIT %(limit)s
"""
_CONSENTS = """
SELECT co.id, co.purpose, co.given_at, co.given_how, g.name AS given_by, co.withdrawn_at, co.withdrawn_how, w.name AS withdrawn_by,
    co.withdrawn_at IS NULL AND NOT EXISTS (SELECT FROM customers_consent off WHERE off.customer_id = co.customer_id
        AND off.purpose = co.purpose AND off.withdrawn_at > co.given_at) AS holds
FROM customers_consent co LEFT JOIN staff_agent g ON g.id = co.given_by_id LEFT JOIN staff_agent w ON w.id = co.withdrawn_by_id
WHERE co.customer_id = %s ORDER BY co.purpose, co.id DESC
"""
_ALIKE = """
WITH me AS (SELECT id, sort_name, organisation_id FROM customers_customer WHERE id = %(customer)s), alike AS (
    SELECT other.customer_id AS id, CASE WHEN other.kind = 'email' THEN 'mail' ELSE 'phone' END AS why
    FROM customers_address own JOIN customers_address other ON other.likeness = own.likeness
    WHERE own.customer_id = %(customer)s AND own.likeness <> '' AND other.customer_id <> %(customer)s
    UNION
    SELECT c.id, 'name' FROM me JOIN customers_customer c ON c.organisation_id = me.organisation_id AND c.sort_name = me.sort_name
    WHERE me.sort_name <> '' AND c.id <> me.id
)
SELECT cu.id, cu.name, array_agg(DISTINCT alike.why ORDER BY alike.why) AS why, o.name AS company_name,
    (SELECT a.value FROM customers_address a WHERE a.customer_id = cu.id ORDER BY a.is_primary DESC, a.id LIMIT 1) AS address
FROM alike JOIN customers_customer cu ON cu.id = alike.id LEFT JOIN customers_organisation o ON o.id = cu.organisation_id
WHERE cu.merged_into_id IS NULL AND cu.erased_at IS NULL AND {condition} AND NOT EXISTS (
    SELECT FROM customers_notsame n WHERE n.first_id = least(cu.id, %(customer)s) AND n.second_id = greatest(cu.id, %(customer)s))
GROUP BY cu.id, cu.name, o.name ORDER BY count(*) DESC, cu.id LIMIT %(limit)s
"""
_PAIRS = """
WITH pairs AS (
    SELECT one.customer_id AS first, other.customer_id AS second, CASE WHEN one.kind = 'email' THEN 'mail' ELSE 'phone' END AS why
    FROM customers_address one JOIN customers_address other ON other.likeness = one.likeness AND other.customer_id > one.customer_id
    WHERE one.likeness <> ''
    UNION
    SELECT one.id, other.id, 'name' FROM customers_customer one JOIN customers_customer other
        ON other.organisation_id = one.organisation_id AND other.sort_name = one.sort_name AND other.id > one.id
    WHERE one.sort_name <> '' AND one.merged_into_id IS NULL AND other.merged_into_id IS NULL
), open AS (
    SELECT first, second, array_agg(DISTINCT why ORDER BY why) AS why FROM pairs
    WHERE (%(after)s::bigint IS NULL OR (second, first) < (%(after)s::bigint >> 31, %(after)s::bigint & 2147483647)) AND NOT EXISTS (
        SELECT FROM customers_notsame n WHERE n.first_id = pairs.first AND n.second_id = pairs.second)
    GROUP BY 1, 2
)
SELECT (open.second << 31) + open.first AS id, open.first, open.second, open.why, cu.name AS first_name, b.name AS second_name,
    (SELECT a.value FROM customers_address a WHERE a.customer_id = cu.id ORDER BY a.is_primary DESC, a.id LIMIT 1) AS first_address,
    (SELECT a.value FROM customers_address a WHERE a.customer_id = b.id ORDER BY a.is_primary DESC, a.id LIMIT 1) AS second_address
FROM open JOIN customers_customer cu ON cu.id = open.first
JOIN customers_customer b ON b.id = open.second
WHERE cu.merged_into_id IS NULL AND b.merged_into_id IS NULL AND cu.erased_at IS NULL AND b.erased_at IS NULL
  AND {condition} AND EXISTS (SELECT FROM customers_customer cu WHERE cu.id = open.second AND {condition})
ORDER BY open.second DESC, open.first DESC LIMIT %(limit)s
"""


def notes_of(customer: int, *, after: int | None = None, limit: int = 100) -> list[Any]:
    """Notes, the newest first: id, text, created_at, edited_at, author_id, author_name."""
    return db.rows(_NOTES, {"customer": customer, "after": after, "limit": limit})


def consents_of(customer: int) -> list[Any]:
    """By purpose, the latest first; `holds` says whether mail for it may be sent."""
    return db.rows(_CONSENTS, [customer])


def likely_same(person: Person, customer: int) -> list[Any]:
    """Customers who are likely the same person: id, name, why (mail, name, phone), company_name, address; as far as they are seen."""
    condition, params = known_to(person, "customer:read")
    return db.rows(_ALIKE.format(condition=condition), params | {"customer": customer, "limit": MOST_SUGGESTED})


def likely_pairs(person: Person, *, after: int | None = None, limit: int = 50) -> list[Any]:
    """Pairs of customers who are likely one, the newest first; `after` is the id of the last pair shown (both keys in one number)."""
    condition, params = known_to(person, "customer:read")
    return db.rows(_PAIRS.format(condition=condition), params | {"after": after, "limit": limit})
