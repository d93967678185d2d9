"""Order numbers as people say them."""

from __future__ import annotations

import re

LONGEST = 40
_KEPT = re.compile(r"[^0-9A-Z_-]")
_SPOKEN = re.compile(r"^(ORDER|BESTELLUNG|COMMANDE|PEDIDO|NUMBER|NUMMER|NO|NR|N)?[\s.:°#]*", re.IGNORECASE)


def number_of(words: str) -> str:
    """`order #w2611340` → W2611340; empty where there is none in it."""
    plain = _SPOKEN.sub("", words.strip())
    return _KEPT.sub("", plain.upper())[:LONGEST]


def digits_of(number: str) -> str:
    """2611340 of W2611340, where there are letters besides; empty where the number is its digits."""
    digits = re.sub(r"[^0-9]", "", number)
    return digits if len(digits) >= 3 and digits != number else ""
