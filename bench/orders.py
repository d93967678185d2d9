"""A million orders: one is found by number, mail, telephone and the last four digits."""

from __future__ import annotations

from bench.figures import Figure, Part, cpu_ms
from careline.domain.desk.queries.orders import order_for, orders_page
from careline.domain.staff.rules import DEFAULT_ROLES, Allowed, Person
from careline.kit import db

ORDERS, FIND_MS, TIMES = 1_000_000, 20, 30
_LOAD = (
    """INSERT INTO customers_customer (name, language, notes, fields, created_at)
       SELECT 'Customer ' || n, 'en', '', '{}', now() - n * interval '1 minute' FROM generate_series(1, %(people)s) n""",
    """INSERT INTO customers_address (customer_id, kind, value, is_primary, created_at)
       SELECT id, k.kind, CASE k.kind WHEN 'email' THEN 'c' || id || '@example.com' ELSE '+49301' || lpad(id::text, 8, '0') END, true, now()
       FROM customers_customer, unnest(ARRAY['email', 'phone']) AS k (kind)""",
    """INSERT INTO orders_method (customer_id, kind, code, label, last_four, gateway_reference, currency, balance, is_active, created_at)
       SELECT id, 'card', '', 'Visa', lpad((id * 7919 %% 10000)::text, 4, '0'), '', '', NULL, true, now() FROM customers_customer""",
    """INSERT INTO orders_order (number, digits, customer_id, state, has_changed_items, currency, total, mail, phone, address, billing_address,
           source, cancel_reason, placed_at, version)
       SELECT 'W' || 1000000 + n, (1000000 + n)::text, p.id, 'delivered', false, 'EUR', 1000 + n %% 90000, 'c' || p.id || '@example.com',
           '+49301' || lpad(p.id::text, 8, '0'), '{}', '{}', 'bench', '', now() - n * interval '20 seconds', 1
       FROM generate_series(1, %(orders)s) n JOIN customers_customer p ON p.id = (SELECT min(id) FROM customers_customer) + n %% %(people)s""",
    """INSERT INTO orders_payment (order_id, method_id, kind, state, amount, currency, at)
       SELECT o.id, m.id, 'payment', 'settled', greatest(o.total, 1), 'EUR', o.placed_at FROM orders_order o
       JOIN orders_method m USING (customer_id)""",
)


def load(size: int) -> None:
    if db.value("SELECT count(*) FROM orders_order") >= size:
        return
    for statement in _LOAD:
        db.execute(statement, {"people": size // 4, "orders": size})
    for table in ("customers_customer", "customers_address", "orders_order", "orders_method", "orders_payment"):
        db.execute(f"ANALYZE {table}")


def measure(part: Part, *, size: int = ORDERS) -> None:
    load(size)
    people = {
        "everything": Person(1, "Ada", "ada@northwind.example", "administrator", grants=_grants("administrator")),
        "a team's": Person(
            2, "Ben", "ben@northwind.example", "representative", team_ids=(1,), grants=_grants("representative")
        ),
    }
    row = db.row(
        """SELECT o.number, o.mail, o.phone, m.last_four FROM orders_order o JOIN orders_method m ON m.customer_id = o.customer_id
           ORDER BY o.id OFFSET %s LIMIT 1""",
        [size // 2],
    )
    ways = {
        "number": row.number,
        "digits": row.number[1:],
        "mail": row.mail,
        "telephone": row.phone,
        "last four": row.last_four,
    }
    for sight, person in people.items():
        for name, words in ways.items():
            found = orders_page(person, words=words, limit=51)
            assert found, (name, words)
            ours, _, took = cpu_ms(
                lambda words=words, person=person: orders_page(person, words=words, limit=51), times=TIMES
            )
            told = f"{len(found)} found, {ours:.1f} ms CPU of ours"
            part.add(Figure(f"{size:,} orders, {sight}: by {name}", took, "ms", FIND_MS, True, told))
    _, _, took = cpu_ms(lambda: order_for(people["everything"], row.number), times=TIMES)
    part.add(Figure("One order by number", took, "ms", FIND_MS, True))


def _grants(role: str) -> dict[str, tuple[Allowed, ...]]:
    return {verb: (Allowed(scope),) for verb, scope in DEFAULT_ROLES[role][1].items()}
