"""How we sell is set: taxes, shipping, how long goods are reserved and quotes good; and the account where cards are charged."""

from __future__ import annotations

from datetime import datetime

from careline.domain.history.actor import Actor
from careline.domain.orders.commands import selling_terms
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.gateways import KINDS
from careline.domain.orders.queries.selling import UNPAID_CHOICES, Terms
from careline.domain.orders.rules.amounts import WHOLE
from careline.domain.staff.rules import Person, require
from careline.kit.money import BadMoney, currency_of

VERB = "product:manage"
OF_GATEWAYS = "channel:manage"
MOST_SHIPPING = 30


def set_terms(agent: Person, said: Terms, *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, OrderRefused."""
    require(agent, VERB)
    if not 0 <= said.tax.rate <= WHOLE:
        raise OrderRefused("bad_rate", "A tax is between 0 and 100 percent.")
    if len(said.shipping) > MOST_SHIPPING or any(one["amount"] < 0 or not one["name"].strip() for one in said.shipping):
        raise OrderRefused("bad_shipping", "A way to ship has a name and costs nothing or more.")
    try:
        for one in said.shipping:
            currency_of(one["currency"])
    except BadMoney as wrong:
        raise OrderRefused("bad_shipping", str(wrong)) from None
    if said.unpaid not in UNPAID_CHOICES:
        raise OrderRefused("bad_choice", f"For what is not paid in time there are {', '.join(UNPAID_CHOICES)}.")
    times = ((said.hold_minutes, 1440), (said.quote_days, 365), (said.quote_hold_hours, 8760), (said.link_days, 365))
    if any(not 1 <= value <= most for value, most in times):
        raise OrderRefused(
            "bad_times", "Goods are reserved for 1 to 1440 minutes; quotes and links are good for 1 to 365 days."
        )
    selling_terms.set_terms(said, by=by, at=at)


def set_gateway(agent: Person, kind: str, *, key: str, webhook: str, is_active: bool, by: Actor, at: datetime) -> None:
    """Empty secrets stay as they are. Raises Forbidden, OrderRefused."""
    require(agent, OF_GATEWAYS)
    if kind not in KINDS:
        raise OrderRefused("no_such_gateway", f"There is no gateway {kind[:40]}; there are {', '.join(KINDS)}.")
    if any(not one.isascii() or not one.isprintable() or len(one) > 500 for one in (key, webhook)):
        raise OrderRefused("bad_key", "A key of a gateway is one line of plain letters.")
    secrets = {"key": key.strip(), "webhook": webhook.strip()}
    selling_terms.set_gateway(kind, settings={}, secrets=secrets, is_active=is_active, by=by, at=at)
