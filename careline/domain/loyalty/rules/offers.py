"""Which products somebody may want, by what those bought who bought the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """Of `buyers` of a product `both` bought the other one too, in the same order (together) or a later one (next); `others`
    bought that one at all, among `everybody` who ever bought."""

    kind: str
    because: int
    product: int
    both: int
    buyers: int
    others: int
    everybody: int

    @property
    def confidence(self) -> float:
        """Which part of those who bought the one bought the other."""
        return self.both / self.buyers

    @property
    def lift(self) -> float:
        """How many times likelier than among everybody: 1 says that the two have nothing to do with each other."""
        return self.both * self.everybody / (self.buyers * self.others)


def best(pairs: Iterable[Pair], *, least_count: int, least_percent: int, limit: int = SHOWN) -> list[Pair]:
    """The surest first, each product once. What everybody buys anyway is no offer: the lift has to be above 1."""
    sure = [
        one
        for one in pairs
        if one.both >= least_count and 100 * one.both >= least_percent * one.buyers and one.lift > 1
    ]
    sure.sort(key=lambda one: (-one.confidence, -one.both, one.product, one.because, one.kind))
    found: dict[int, Pair] = {}
    for one in sure:
        found.setdefault(one.product, one)
    return list(found.values())[:limit]
