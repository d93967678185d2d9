"""Which products go together is counted anew, some products at a time, so that nothing waits for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from careline.domain.loyalty.commands.pairs import drop_unsold, keep_pairs
from careline.domain.loyalty.commands.scheme import note_pairs_counted
from careline.domain.loyalty.queries.pairs import buyers_of_products, everybody_who_bought, pairs_of

AT_ONCE = 50


@dataclass(slots=True)
class Counting:
    """A count under way, in memory only: who is killed begins anew."""

    at: datetime
    buyers: dict[int, int] = field(default_factory=dict)
    left: list[int] = field(default_factory=list)


def begin(*, at: datetime) -> Counting:
    buyers = buyers_of_products(at=at)
    return Counting(at, buyers, sorted(buyers))


def go_on(counting: Counting, *, at: datetime) -> bool:
    """Whether there is more to count."""
    chunk, counting.left = counting.left[:AT_ONCE], counting.left[AT_ONCE:]
    if chunk:
        keep_pairs(chunk, pairs_of(chunk, counting.buyers, at=counting.at))
    if counting.left:
        return True
    drop_unsold(sorted(counting.buyers))
    note_pairs_counted(everybody_who_bought(at=counting.at), at=at)
    return False
