"""What Northwind Bikes offers: its terms, the demo's gateway, quotes in three states, a link that waits to be paid, pieces with serials."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.desk.queries.orders import orders_page
from careline.domain.history.actor import agent
from careline.domain.orders.gateways import FAKE
from careline.domain.orders.gateways.fake import KEY, WEBHOOK_SECRET
from careline.domain.orders.queries.orders import lines_of
from careline.domain.orders.queries.selling import Terms, quote_by_id
from careline.domain.orders.queries.selling_finding import found_variants
from careline.domain.orders.rules.selling import Tax
from careline.domain.staff.rules import Forbidden, Person
from careline.entrypoints.console.demo.house import Northwind
from careline.entrypoints.console.demo.plan import Case
from careline.flows.answer_quote import accept_quote, decline_quote
from careline.flows.fill_cart import CartChange, change_cart
from careline.flows.keep_items import Registering, register_item
from careline.flows.keep_terms import set_gateway, set_terms
from careline.flows.quote import Quoting, send_quote

_TERMS = Terms(
    Tax("VAT 19 %", 190_000),
    ({"name": "Parcel", "amount": 590, "currency": "EUR"}, {"name": "Bicycle courier", "amount": 4900, "currency": "EUR"}),
)  # fmt: skip
_QUOTES = (("LIGHT-U", 2, "accept"), ("LOCK-85", 1, "decline"), ("HELMET-M", 2, ""), ("EBIKE-M", 1, ""))


def offer_and_register(house: Northwind, cases: Sequence[Case], *, now: datetime) -> None:
    ada = house.people["ada"]
    set_terms(ada, _TERMS, by=agent(ada.id), at=now - timedelta(days=20))
    set_gateway(
        ada, FAKE, key=KEY, webhook=WEBHOOK_SECRET, is_active=True, by=agent(ada.id), at=now - timedelta(days=20)
    )
    _pieces(ada, now=now)
    open_ones = [case.number for case in cases if case.number and case.agent in ("ben", "dora")]
    wanted = iter(_QUOTES)
    one = next(wanted, None)
    for n, number in enumerate(sorted(open_ones, reverse=True)[:40]):
        if one is None:
            return
        if _quoted(house.people["ben"], number, one, at=now - timedelta(hours=3 * n + 2), now=now):
            one = next(wanted, None)


def _quoted(ben: Person, number: int, wanted: tuple[str, int, str], *, at: datetime, now: datetime) -> bool:
    """False where this case is not his to answer, or over."""
    sku, units, answer = wanted
    case = conversation_by_number(number)
    if case is None or case.category == "resolved" or case.customer_id is None or case.is_spam:
        return False
    by, variant = agent(ben.id), found_variants(sku, limit=1)[0].id
    try:
        change_cart(ben, number, CartChange({variant: units}), by=by, at=at)
        change_cart(ben, number, CartChange(shipping=0), by=by, at=at)
        made = send_quote(ben, number, Quoting(), by=by, at=at)
    except (Refused, NotFound, Forbidden):
        return False
    quote: Any = quote_by_id(made.id or 0)
    if answer == "accept":
        accept_quote(quote.token, at=at + timedelta(minutes=50))
    elif answer == "decline":
        decline_quote(quote.token, reason="We found another one near us, thank you.", at=at + timedelta(hours=1))
    return True


def _pieces(ada: Person, *, now: datetime) -> None:
    """Bicycles that were delivered have serial numbers."""
    found = orders_page(ada, state="delivered", limit=40)
    rows = {row.id: row for row in found}
    bicycles = [line for line in lines_of(list(rows)) if (line.sku or "").startswith(("CITY", "EBIKE"))]
    for n, line in enumerate(bicycles[:8]):
        order = rows[line.order_id]
        said = Registering(
            order.owner_id,
            line.product_id,
            f"NB-{line.sku[:1]}{24100 + 137 * n}",
            order.number,
            "2026" if n % 2 else "2026 rev. B",
        )
        register_item(ada, said, by=agent(ada.id), at=now - timedelta(hours=30 + n))
