"""What the company sets for referrals and offers, and when its counts are due."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.loyalty.errors import LoyaltyRefused
from careline.domain.loyalty.queries.scheme import Scheme
from careline.kit import db
from careline.kit.money import LARGEST

DAY = timedelta(days=1)


_FIRST = """
INSERT INTO loyalty_scheme (id, refers, currency, referrer_gets, referred_gets, most_referrals, offers, least_count, least_percent, buyers,
    pairs_due_at) VALUES (1, false, '', 0, 0, 12, true, 5, 10, 0, %s) ON CONFLICT (id)
"""
_LATER = "DO UPDATE SET pairs_due_at = excluded.pairs_due_at WHERE loyalty_scheme.pairs_due_at IS NULL"


def hold_scheme(*, at: datetime) -> None:
    """The one row is there, and nobody else changes it until the transaction ends."""
    db.execute(f"{_FIRST} DO NOTHING", [at])
    db.execute("SELECT FROM loyalty_scheme FOR UPDATE")


@transaction.atomic
def change_scheme(wanted: Scheme, *, by: Actor, at: datetime) -> None:
    """Raises LoyaltyRefused. Products are counted anew at once."""
    if not all(0 <= one <= LARGEST for one in (wanted.referrer_gets, wanted.referred_gets)):
        raise LoyaltyRefused("bad_amount", "A reward is nothing, or more.")
    if wanted.refers and not (wanted.currency and (wanted.referrer_gets or wanted.referred_gets)):
        raise LoyaltyRefused("no_reward", "Say what a referral brings, and in which currency.")
    if not (
        1 <= wanted.most_referrals <= 1000 and 2 <= wanted.least_count <= 10_000 and 1 <= wanted.least_percent <= 100
    ):
        raise LoyaltyRefused(
            "bad_limits", "1 to 1000 referrals a year; an offer rests on 2 customers and 1 percent at least."
        )
    hold_scheme(at=at)
    db.execute(
        """UPDATE loyalty_scheme SET refers = %(refers)s, currency = %(currency)s, referrer_gets = %(referrer)s, referred_gets = %(referred)s,
               most_referrals = %(most)s, offers = %(offers)s, least_count = %(count)s, least_percent = %(percent)s, pairs_due_at = %(at)s""",
        {"refers": wanted.refers, "currency": wanted.currency, "referrer": wanted.referrer_gets, "referred": wanted.referred_gets,
         "most": wanted.most_referrals, "offers": wanted.offers, "count": wanted.least_count, "percent": wanted.least_percent, "at": at},
    )  # fmt: skip
    data = {
        "refers": wanted.refers,
        "offers": wanted.offers,
        "referrer_gets": wanted.referrer_gets,
        "currency": wanted.currency,
    }
    record(Happening("loyalty.changed", "company", 1, data=data), by=by, at=at)


def ask_counting(*, at: datetime) -> None:
    """Something was sold: which products go together is counted within a day, unless it is due already."""
    db.execute(f"{_FIRST} {_LATER}", [at + DAY])


def note_tiers_counted(*, at: datetime) -> None:
    """The next time is tomorrow, while there are tiers at all: what was bought long ago counts no more one day."""
    db.execute(
        """UPDATE loyalty_scheme SET tiers_due_at = CASE WHEN EXISTS (SELECT FROM loyalty_tier WHERE ended_at IS NULL) THEN %s::timestamptz END""",
        [at + DAY],
    )


def note_pairs_counted(buyers: int, *, at: datetime) -> None:
    """Not again before something more is sold."""
    db.execute("UPDATE loyalty_scheme SET pairs_due_at = NULL, pairs_at = %s, buyers = %s", [at, buyers])
