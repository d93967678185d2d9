"""A shop as one CSV: a row for each line of an order."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from careline.entrypoints.console.importers import BadSource
from careline.flows.brought import Person, Record, Unread
from careline.flows.brought_orders import Bought, Offer, Order, Paid, Payway, Product, Sent
from careline.kit.money import BadMoney, decimal_of, money_of

NEEDED = ("number", "mail", "sku", "product", "quantity", "price")
_Row = dict[str, str]


def check(file: Path) -> None:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        names = [name.strip().lower() for name in next(csv.reader(opened), [])]
    if missing := [name for name in NEEDED if name not in names]:
        raise BadSource(f"{file} has no column {missing[0]}; a shop's CSV has {', '.join(NEEDED)}.")


def records(file: Path, mapping: Mapping[str, Mapping[str, str]]) -> Iterator[Record]:
    currency, seen, orders = mapping["options"]["currency"], set(), dict[str, list[_Row]]()
    for n, row in _rows(file):
        if trouble := _trouble(row, row.get("currency") or currency):
            yield Unread(f"row {n}", trouble)
            continue
        if row["sku"] not in seen:
            seen.add(row["sku"])
            stock = int(row["stock"]) if row.get("stock", "").isdecimal() else None
            yield Product(
                row["sku"],
                row["product"],
                row.get("currency") or currency,
                (Offer(row["sku"], row["price"], {}, stock),),
            )
        if row["mail"] not in seen:
            seen.add(row["mail"])
            yield Person(row["mail"], row.get("name", ""), (row["mail"],))
        orders.setdefault(row["number"], []).append(row)
    for number, rows in orders.items():
        yield from _order(number, rows, currency, mapping["states"])


def _order(number: str, rows: list[_Row], currency: str, states: Mapping[str, str]) -> Iterator[Record]:
    first = rows[0]
    money = first.get("currency") or currency
    lines = tuple(Bought(row["sku"], row["product"], row["price"], int(row["quantity"])) for row in rows)
    total = sum(money_of(line.price, money).minor * line.quantity for line in lines)
    key = ""
    if first.get("last_four"):
        key = f"{first['mail']} {first['last_four']}"
        yield Payway(key, first["mail"], "card", first.get("payment", "").capitalize(), first["last_four"])
    whole = decimal_of(total, money)
    sent = (Sent(first["tracking"], tuple(range(len(lines)))),) if first.get("tracking") else ()
    state = first.get("state") or "pending"
    yield Order(
        number, first["mail"], states.get(state, state), money, lines, (Paid(key, whole),) if total else (), sent, {}, first["mail"],
        _moment(first.get("placed_at", "")),
    )  # fmt: skip


def _rows(file: Path) -> Iterator[tuple[int, _Row]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        for n, row in enumerate(csv.DictReader(opened), 2):
            yield (
                n,
                {
                    str(name).strip().lower(): (value or "").strip()
                    for name, value in row.items()
                    if isinstance(value, str | None)
                },
            )


def _trouble(row: _Row, currency: str) -> str:
    if missing := [name for name in NEEDED if not row.get(name)]:
        return f"It has no {missing[0]}."
    if not row["quantity"].isdecimal() or not 0 < int(row["quantity"]) < 100_000:
        return f"{row['quantity'][:20]!r} is no quantity."
    try:
        money_of(row["price"], currency)
        _moment(row.get("placed_at", ""))
    except (BadMoney, ValueError) as wrong:
        return str(wrong)
    return ""


def _moment(words: str) -> datetime | None:
    if not words:
        return None
    found = datetime.fromisoformat(words)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
