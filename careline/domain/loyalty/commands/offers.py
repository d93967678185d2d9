"""What became of an offer, and whether a customer wants any."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from careline.domain.customers.commands.notes import withdraw_consent
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.domain.loyalty.rules.offers import Pair
from careline.kit import db

PURPOSE = "offers"
"""Of the consent that goes with it: who wants no offers gets none by mail either."""


@dataclass(frozen=True, slots=True)
class Told:
    """An offer that somebody was told of, with what it rested on."""

    customer: int
    conversation: int | None
    pair: Pair


def note_offer(told: Told, state: str, *, by: Actor, at: datetime) -> int:
    """`state`: accepted or dismissed. In the caller's transaction."""
    pair = told.pair
    key = db.value(
        """INSERT INTO loyalty_offer (customer_id, product_id, because_id, kind, "both", buyers, state, conversation_id, agent_id, at)
           VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id""",
        [told.customer, pair.product, pair.because, pair.kind, pair.both, pair.buyers, state, told.conversation,
         by.id if by.kind is ActorKind.AGENT else None, at],
    )  # fmt: skip
    data = {"offer": int(key), "product": pair.product}
    record(
        Happening(f"suggestion.{state}", "customer", told.customer, told.conversation, told.customer, data),
        by=by,
        at=at,
    )
    return int(key)


@transaction.atomic
def prefer_offers(customer: int, wants: bool, *, how: str, by: Actor, at: datetime) -> None:
    """What they last said; `how` is a small word: portal, agent, api. Who wants none also no longer agrees to them by mail."""
    changed = db.execute(
        """INSERT INTO loyalty_preference (customer_id, wants_offers, how, at) VALUES (%(customer)s, %(wants)s, %(how)s, %(at)s)
           ON CONFLICT (customer_id) DO UPDATE SET wants_offers = excluded.wants_offers, how = excluded.how, at = excluded.at
           WHERE loyalty_preference.wants_offers <> excluded.wants_offers OR loyalty_preference.at < excluded.at""",
        {"customer": customer, "wants": wants, "how": how, "at": at},
    )
    if not changed:
        return
    if not wants:
        withdraw_consent(customer, purpose=PURPOSE, how=how, by=by, at=at)
    name = "customer.offers_wanted" if wants else "customer.offers_refused"
    record(Happening(name, "customer", customer, customer=customer, data={"how": how}), by=by, at=at)
