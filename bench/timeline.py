"""A customer with ten thousand entries: the first page of their history, further on, one kind of it, and where they stand."""

from __future__ import annotations

from functools import partial

from bench import loading
from bench.figures import Figure, Part, cpu_ms
from bench.pages import WHO, _Browser
from careline.domain.desk.queries.standing import standing_for
from careline.domain.desk.queries.timeline import timeline_of
from careline.domain.staff.queries import person
from careline.domain.staff.rules import Person
from careline.kit import db

CASES, ENTRIES, FIRST_MS, TIMES = 2_000, 10_000, 10.0, 30
_OWN = (
    "UPDATE conversations_conversation SET customer_id = %(customer)s WHERE id <= %(long)s",
    "UPDATE conversations_participant SET customer_id = %(customer)s WHERE conversation_id <= %(long)s",
    """INSERT INTO history (at, actor_kind, actor_id, via, name, subject_kind, subject_key, conversation_id, customer_id, data)
       SELECT now() - n * interval '3 hours', 'agent', 1, 'web',
           (ARRAY['order.placed', 'order.shipped', 'order.delivered', 'order.refunded', 'customer.changed'])[1 + n %% 5],
           CASE n %% 5 WHEN 4 THEN 'customer' ELSE 'order' END, n, NULL, %(customer)s, '{"back": 500, "currency": "EUR"}'
       FROM generate_series(1, 5000) n""",
    """INSERT INTO customers_note (customer_id, text, created_at)
       SELECT %(customer)s, 'Likes blue ' || n, now() - n * interval '1 day' FROM generate_series(1, 1000) n""",
)


def load() -> int:
    loading.load(CASES)
    customer = int(db.value("SELECT min(id) FROM customers_customer"))
    for statement in _OWN:
        db.execute(statement, {"customer": customer, "long": loading.LONG_CASES})
    loading.settle()
    return customer


def measure(part: Part) -> None:
    from careline.config.wsgi import application

    customer = load()
    for who, words in WHO.items():
        agent = person(db.value("SELECT id FROM staff_agent WHERE email = %s", [f"{who}@northwind.example"]))
        assert agent is not None
        _seen_by(agent, words, customer, _Browser(application, agent.id), part)


def _seen_by(agent: Person, words: str, customer: int, browser: _Browser, part: Part) -> None:
    seen = len(timeline_of(agent, customer, limit=2 * ENTRIES))
    for place, asked in (("first page", ""), ("orders only", "?kind=orders")):
        address = f"/customers/{customer}/timeline{asked}"
        median, p99, took = cpu_ms(partial(browser.get, address, fragment=True), times=TIMES)
        told = f"{seen:,} entries, p99 {p99:.1f} ms, took {took:.0f} ms"
        part.add(Figure(f"History, {words}: {place}", median, "ms CPU", FIRST_MS, True, told))
    found = timeline_of(agent, customer, limit=ENTRIES // 2)
    after = (found[-1].at, found[-1].key)
    _, _, took = cpu_ms(lambda: timeline_of(agent, customer, after=after, limit=31), times=TIMES)
    part.add(Figure(f"History, {words}: a page in the middle", took, "ms"))
    median, _, took = cpu_ms(lambda: standing_for(agent, customer), times=TIMES)
    part.add(Figure(f"Where they stand, {words}", median, "ms CPU", None, True, f"took {took:.0f} ms"))
