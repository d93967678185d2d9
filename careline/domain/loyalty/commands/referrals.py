"""Codes and who came by them."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.domain.loyalty.errors import LoyaltyRefused
from careline.domain.loyalty.queries.referrals import code_of
from careline.domain.loyalty.rules.referrals import ALPHABET, LENGTH, SENTENCES
from careline.kit import db


def give_code(customer: int, *, by: Actor, at: datetime) -> str:
    """The code they have, or a new one. The customer's row is held by the caller."""
    if held := code_of(customer):
        return held
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        made = db.execute(
            "INSERT INTO loyalty_referralcode (customer_id, code, created_at) VALUES (%s, %s, %s) ON CONFLICT (code) DO NOTHING",
            [customer, code, at],
        )
        if made:
            record(Happening("referral.code_given", "customer", customer, customer=customer), by=by, at=at)
            return code


def put_down_referral(referrer: int, referred: int, *, by: Actor, at: datetime) -> int:
    """It waits for the first order. Raises LoyaltyRefused where another came in between."""
    key = db.value(
        """INSERT INTO loyalty_referral (referrer_id, referred_id, state, refusal, agent_id, created_at)
           VALUES (%s, %s, 'waiting', '', %s, %s) ON CONFLICT (referred_id) DO NOTHING RETURNING id""",
        [referrer, referred, by.id if by.kind is ActorKind.AGENT else None, at],
    )
    if key is None:
        raise LoyaltyRefused("already_referred", SENTENCES["already_referred"])
    record(
        Happening(
            "referral.made", "customer", referred, customer=referred, data={"referral": int(key), "referrer": referrer}
        ),
        by=by,
        at=at,
    )
    return int(key)


def note_refusal(referral: Any, code: str, *, order: int, by: Actor, at: datetime) -> None:
    """It turned out to be none."""
    db.execute(
        "UPDATE loyalty_referral SET state = 'refused', refusal = %s, order_id = %s, decided_at = %s WHERE id = %s",
        [code, order, at, referral.id],
    )
    _tell("referral.refused", referral, {"code": code}, by=by, at=at)


def note_reward(referral: Any, credits: tuple[int | None, int | None], *, order: int, by: Actor, at: datetime) -> None:
    """`credits`: of who brought them, and of who came; None where one gets nothing."""
    db.execute(
        """UPDATE loyalty_referral SET state = 'rewarded', referrer_credit_id = %s, referred_credit_id = %s, order_id = %s, decided_at = %s
           WHERE id = %s""",
        [*credits, order, at, referral.id],
    )
    _tell("referral.rewarded", referral, {"order": order}, by=by, at=at)


def _tell(name: str, referral: Any, data: dict[str, Any], *, by: Actor, at: datetime) -> None:
    said = {"referral": referral.id, **data}
    people = (referral.referrer_id, referral.referred_id)
    record(*(Happening(name, "customer", one, customer=one, data=said) for one in people), by=by, at=at)
