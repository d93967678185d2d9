"""What is offered to whoever wants to leave: the company's offers, and those that were made. Guarded: flows only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.domain.orders.commands.subscriptions import say
from careline.kit import db

_OFFER = """
INSERT INTO orders_retentionoffer (subscription_id, conversation_id, kind, reason, percent, periods, variant_id, worth, state, approval,
    agent_id, at, answered_at)
VALUES (%(subscription)s, %(conversation)s, %(kind)s, %(reason)s, %(percent)s, %(periods)s, %(variant)s, %(worth)s, %(state)s, NULL,
    %(agent)s, %(at)s, CASE WHEN %(state)s = 'open' THEN NULL::timestamptz ELSE %(at)s END) RETURNING id
"""


@dataclass(frozen=True, slots=True)
class NewRetention:
    """An offer of the company. `reasons`: for whoever leaves because of one of these; none: for any. `words` per language."""

    kind: str
    reasons: Sequence[str] = ()
    percent: int = 0
    periods: int = 0
    variant: int | None = None
    words: dict[str, str] = field(default_factory=dict)
    is_active: bool = True


@transaction.atomic
def save_retention(offers: Sequence[NewRetention], *, by: Actor, at: datetime) -> None:
    """All of them, in this order, in place of those before."""
    db.execute("DELETE FROM orders_retention")
    for position, one in enumerate(offers):
        db.execute(
            """INSERT INTO orders_retention (kind, reasons, percent, periods, variant_id, words, position, is_active)
               VALUES (%s, %s, %s, %s, %s, %s, %s, %s)""",
            [one.kind, db.json(list(one.reasons)), one.percent, one.periods, one.variant, db.json(one.words), position, one.is_active],
        )  # fmt: skip
    record(Happening("retention.changed", "company", 1, data={"offers": len(offers)}), by=by, at=at)


@transaction.atomic
def note_offer(
    row: Any, offer: Any, *, reason: str, worth: int, state: str, conversation: int | None, by: Actor, at: datetime
) -> int:
    """`row`: of the subscription; `offer`: of the company's. State open while it waits for approval, else accepted or declined."""
    key = int(
        db.value(
            _OFFER,
            {
                "subscription": row.id, "conversation": conversation, "kind": offer.kind, "reason": reason, "percent": offer.percent,
                "periods": offer.periods, "variant": offer.variant_id, "worth": worth, "state": state,
                "agent": by.id if by.kind is ActorKind.AGENT else None, "at": at,
            },
        )
    )  # fmt: skip
    data = {"offer": key, "kind": offer.kind, "reason": reason, "worth": worth, "currency": row.currency}
    say(f"offer_{state}", row, data, conversation=conversation, by=by, at=at)
    return key


def wait_for(offer: int, approval: int) -> None:
    db.execute("UPDATE orders_retentionoffer SET approval = %s WHERE id = %s", [approval, offer])


@transaction.atomic
def take_offer(row: Any, offer: Any, *, conversation: int | None, by: Actor, at: datetime) -> bool:
    """One that waited is accepted, once; False where it was before."""
    done = db.execute(
        "UPDATE orders_retentionoffer SET state = 'accepted', answered_at = %s WHERE id = %s AND state = 'open'",
        [at, offer.id],
    )
    if done:
        data = {
            "offer": offer.id,
            "kind": offer.kind,
            "reason": offer.reason,
            "worth": offer.worth,
            "currency": row.currency,
        }
        say("offer_accepted", row, data, conversation=conversation, by=by, at=at)
    return bool(done)


def offer_waiting(subscription: int, approval: int | None) -> Any | None:
    """The one that waits for this decision, held until the transaction ends."""
    return db.row(
        "SELECT * FROM orders_retentionoffer WHERE subscription_id = %s AND approval = %s AND state = 'open' FOR UPDATE",
        [subscription, approval],
    )
