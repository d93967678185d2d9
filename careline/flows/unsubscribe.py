"""A reader wants no more letters of a kind: by the link in each of them, without signing in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from careline.domain.customers.commands.notes import withdraw_consent
from careline.domain.customers.queries.people import customer_by_id
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.outreach.rules import meant_by
from careline.kit.keys import ring

MOST_MERGES = 20


@dataclass(frozen=True, slots=True)
class Unsubscription:
    customer: int
    purpose: str


def unsubscription(token: str) -> Unsubscription | None:
    """What a link of ours asks for; None for any other word, and where the customer was erased. Whoever was merged is who they are now."""
    meant = meant_by(token, ring=ring())
    if meant is None:
        return None
    key, purpose = meant
    for _ in range(MOST_MERGES):
        customer = customer_by_id(key)
        if customer is None or customer.erased_at is not None:
            return None
        if customer.merged_into_id is None:
            return Unsubscription(key, purpose)
        key = customer.merged_into_id
    return None


def unsubscribe(token: str, *, at: datetime) -> Unsubscription | None:
    """The consent is withdrawn; a second time nothing happens. None for a word that is no link of ours."""
    wanted = unsubscription(token)
    if wanted is not None:
        by = Actor(ActorKind.CUSTOMER, wanted.customer, via="link")
        withdraw_consent(wanted.customer, purpose=wanted.purpose, how="link in a letter", by=by, at=at)
    return wanted
