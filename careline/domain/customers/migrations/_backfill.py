"""What rows from before 0002 lack: sort names, likenesses and search words; in chunks, by key."""

from typing import Any

from careline.domain.customers.rules.addresses import likeness_of
from careline.domain.customers.rules.words import lexemes_of, sort_name_of

CHUNK = 2000
_CUSTOMERS = """
SELECT cu.id, cu.name, cu.notes, coalesce((SELECT string_agg(a.value, ' ') FROM customers_address a WHERE a.customer_id = cu.id), '')
FROM customers_customer cu WHERE cu.id > %s ORDER BY cu.id LIMIT %s
"""


def fill(apps: Any, editor: Any) -> None:
    with editor.connection.cursor() as cursor:
        for row in _chunks(cursor, _CUSTOMERS):
            words = [lexemes_of((name, addresses, notes)) for _, name, notes, addresses in row]
            cursor.executemany(
                "UPDATE customers_customer SET sort_name = %s, vector = array_to_tsvector(%s::text[]) WHERE id = %s",
                [(sort_name_of(each[1]), found, each[0]) for each, found in zip(row, words, strict=True)],
            )
        for row in _chunks(cursor, "SELECT id, name FROM customers_organisation WHERE id > %s ORDER BY id LIMIT %s"):
            cursor.executemany(
                "UPDATE customers_organisation SET sort_name = %s WHERE id = %s",
                [(sort_name_of(name), key) for key, name in row],
            )
        for row in _chunks(cursor, "SELECT id, kind, value FROM customers_address WHERE id > %s ORDER BY id LIMIT %s"):
            cursor.executemany(
                "UPDATE customers_address SET likeness = %s WHERE id = %s",
                [(likeness_of(kind, value), key) for key, kind, value in row],
            )


def _chunks(cursor: Any, sql: str) -> Any:
    last = 0
    while True:
        cursor.execute(sql, [last, CHUNK])
        found = cursor.fetchall()
        if not found:
            return
        yield found
        last = found[-1][0]
