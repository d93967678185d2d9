"""What selling asks of several packages at once: whether a cart waits for somebody, what is known of a product, who has a piece."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from careline.domain.conversations.errors import NotFound
from careline.domain.customers.queries.merges import everybody_in
from careline.domain.desk.queries.customer_filter import known_to
from careline.domain.desk.queries.owners import ROOT_OF_BUYER
from careline.domain.orders.queries.selling import quote_by_id
from careline.domain.staff.rules import Forbidden, Person, may, require
from careline.kit import db

READ = "order:read"
_OWNER = f"JOIN customers_customer b ON b.id = of_it.customer_id {ROOT_OF_BUYER}"
_OWNER_OF_QUOTE = _OWNER.replace("of_it", "q")
_ITEM = f"""
SELECT i.id, i.serial, i.version, i.bought_on, i.warranty_until, i.registered_at, i.product_id, p.name AS product, p.code, i.variant_id,
    v.sku, v.options, cu.id AS owner_id, cu.name AS customer_name, o.number AS order_number
FROM orders_item i JOIN orders_product p ON p.id = i.product_id {_OWNER.replace("of_it", "i")}
LEFT JOIN orders_variant v ON v.id = i.variant_id LEFT JOIN orders_line l ON l.id = i.line_id LEFT JOIN orders_order o ON o.id = l.order_id
"""


def awaited(cart: int) -> int | None:
    """The request for approval that this cart waits for."""
    found = db.value(
        "SELECT id FROM approvals_request WHERE subject_kind = 'cart' AND subject_key = %s AND state = 'waiting'",
        [cart],
    )
    return int(found) if found is not None else None


def quote_for(person: Person, key: int, *, verb: str = READ) -> Any:
    """Through its customer. Raises NotFound, whether absent or not seen, and Forbidden."""
    if not _sees(person, key, READ):
        raise NotFound(f"There is no quote {key}.")
    if verb != READ and not _sees(person, key, verb):
        raise Forbidden(verb)
    return quote_by_id(key)


def quotes_page(
    person: Person, *, customer: int | None = None, state: str = "", before: int | None = None, limit: int = 50
) -> list[Any]:
    """The newest first, of customers that are seen. Raises Forbidden."""
    require(person, READ)
    condition, params = known_to(person, READ)
    return db.rows(
        f"""SELECT q.id, q.number, q.version, q.state, q.currency, q.total, q.sent_at, q.valid_until, q.decided_at, q.reason,
                cu.id AS customer_id, cu.name AS customer_name, c.number AS case_number, o.number AS order_number
            FROM orders_quote q {_OWNER_OF_QUOTE}
            LEFT JOIN conversations_conversation c ON c.id = q.conversation_id LEFT JOIN orders_order o ON o.id = q.order_id
            WHERE {condition} AND (%(people)s::bigint[] IS NULL OR q.customer_id = ANY(%(people)s)) AND (%(state)s = '' OR q.state = %(state)s)
                AND (%(before)s::bigint IS NULL OR q.id < %(before)s) ORDER BY q.id DESC LIMIT %(limit)s""",
        params | {"people": everybody_in(customer) if customer else None, "state": state, "before": before, "limit": limit},
    )  # fmt: skip


def items_page(
    person: Person, *, words: str = "", customer: int | None = None, product: int | None = None, before: int | None = None, limit: int = 50
) -> list[Any]:  # fmt: skip
    """Pieces by the beginning of their serial number; of customers that are seen. Raises Forbidden."""
    require(person, READ)
    condition, params = known_to(person, READ)
    start = serial_of(words)
    return db.rows(
        f"""{_ITEM} WHERE {condition} AND (%(start)s = '' OR (i.serial >= %(start)s AND i.serial < %(end)s))
            AND (%(people)s::bigint[] IS NULL OR i.customer_id = ANY(%(people)s)) AND (%(product)s::bigint IS NULL OR i.product_id = %(product)s)
            AND (%(before)s::bigint IS NULL OR i.id < %(before)s) ORDER BY i.id DESC LIMIT %(limit)s""",
        params | {
            "start": start, "end": start + "\uffff", "people": everybody_in(customer) if customer else None, "product": product,
            "before": before, "limit": limit,
        },
    )  # fmt: skip


def item_for(person: Person, key: int, *, verb: str = READ) -> Any:
    """Raises NotFound, Forbidden."""
    found = _item(person, key, READ)
    if found is None:
        raise NotFound(f"There is no item {key}.")
    if verb != READ and _item(person, key, verb) is None:
        raise Forbidden(verb)
    return found


def serial_of(words: str) -> str:
    """As serial numbers are kept: in capitals, without what nobody says aloud."""
    return "".join(sign for sign in words.upper() if sign.isalnum() or sign in "-_/.")[:80]


def known_about(products: Sequence[int], person: Person) -> list[Any]:
    """Articles, known issues and tags that were tied to a product: kind, key, name, is_open, cases (that many, of all)."""
    require(person, READ)
    return db.rows(
        """SELECT l.product_id, l.kind, l.key,
               CASE l.kind WHEN 'article' THEN (SELECT title FROM knowledge_articletext WHERE article_id = l.key ORDER BY id LIMIT 1)
                   WHEN 'problem' THEN (SELECT title FROM conversations_problem WHERE id = l.key)
                   ELSE (SELECT name FROM conversations_tag WHERE id = l.key) END AS name,
               CASE l.kind WHEN 'problem' THEN (SELECT resolved_at IS NULL FROM conversations_problem WHERE id = l.key) END AS is_open,
               CASE l.kind WHEN 'problem' THEN (SELECT count(*) FROM conversations_conversation WHERE problem_id = l.key)
                   WHEN 'tag' THEN (SELECT count(*) FROM conversations_conversation WHERE tag_ids @> ARRAY[l.key]) ELSE 0 END AS cases
           FROM orders_productlink l WHERE l.product_id = ANY(%(products)s)
           UNION ALL SELECT DISTINCT ON (p.id, a.id) p.id, 'article', a.id, t.title, NULL::boolean, 0 FROM orders_product p
           JOIN knowledge_article a ON a.product <> '' AND a.product IN (p.code, p.name) AND a.archived_at IS NULL
           JOIN knowledge_articletext t ON t.article_id = a.id
           WHERE p.id = ANY(%(products)s) AND NOT EXISTS (
               SELECT FROM orders_productlink l WHERE l.product_id = p.id AND l.kind = 'article' AND l.key = a.id)
           ORDER BY kind, key""",
        {"products": list(products)},
    )


def _sees(person: Person, quote: int, verb: str) -> bool:
    if not may(person, verb):
        return False
    condition, params = known_to(person, verb)
    return bool(
        db.value(
            f"SELECT EXISTS (SELECT FROM orders_quote q {_OWNER_OF_QUOTE} WHERE q.id = %(quote)s AND {condition})",
            params | {"quote": quote},
        )
    )


def _item(person: Person, key: int, verb: str) -> Any | None:
    if not may(person, verb):
        return None
    condition, params = known_to(person, verb)
    return db.row(f"{_ITEM} WHERE i.id = %(item)s AND {condition}", params | {"item": key})


def linkable(kind: str, key: int) -> bool:
    """Whether there is such an article, known issue or tag."""
    return bool(db.value(_THERE[kind], [key]))


_THERE = {
    "article": "SELECT EXISTS (SELECT FROM knowledge_article WHERE id = %s)",
    "problem": "SELECT EXISTS (SELECT FROM conversations_problem WHERE id = %s)",
    "tag": "SELECT EXISTS (SELECT FROM conversations_tag WHERE id = %s)",
}
