"""When somebody who came by a customer's code is a referral, and when it is none."""

from __future__ import annotations

from dataclasses import dataclass

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without what is easily misread: 0 O, 1 I L, U V as one."""
LENGTH = 8

SENTENCES = {
    "no_programme": "Referrals are not rewarded at the moment.",
    "unknown_code": "There is no such referral code.",
    "own_code": "This is their own code.",
    "same_person": "The code is of somebody with the same mail address or number: likely the same person.",
    "same_household": "The code is of somebody at the same address, or with the same card.",
    "already_referred": "They came by a code before.",
    "already_customer": "They had ordered before: a code is for new customers.",
    "too_many": "The code's owner was rewarded as often as the rules allow in a year.",
}


@dataclass(frozen=True, slots=True)
class Claim:
    """What is known of the two. `orders`: what the one who comes had ordered before."""

    is_on: bool
    is_own: bool = False
    is_same_person: bool = False
    is_same_household: bool = False
    is_referred: bool = False
    orders: int = 0
    rewarded: int = 0
    most: int = 12


def refusal_of(claim: Claim) -> str:
    """The code of the first reason against it; empty where there is none."""
    reasons = (
        ("no_programme", not claim.is_on),
        ("own_code", claim.is_own),
        ("already_referred", claim.is_referred),
        ("same_person", claim.is_same_person),
        ("same_household", claim.is_same_household),
        ("already_customer", claim.orders > 0),
        ("too_many", claim.rewarded >= claim.most),
    )
    return next((code for code, holds in reasons if holds), "")


def code_from(words: str) -> str:
    """As it is kept, however it was typed."""
    return "".join(words.upper().split()).replace("-", "")[:20]
