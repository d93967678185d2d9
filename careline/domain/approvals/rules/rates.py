"""What an amount is worth in another currency, on a day. Where nothing is known of it, nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from careline.kit.money import Money, exponent_of

OLDEST = timedelta(days=31)
"""A rate is good for so long."""


@dataclass(frozen=True, slots=True)
class Rates:
    """`on` is the day that is asked about; `known`: (source, target) → (day, rate), the newest first."""

    on: date
    known: Mapping[tuple[str, str], Sequence[tuple[date, Decimal]]] = field(default_factory=dict)

    def minor(self, money: Money, currency: str) -> int | None:
        """Its minor units in that currency, rounded up: what is compared with a limit must not become less. None without a rate."""
        if money.currency == currency:
            return money.minor
        rate = self._rate(money.currency, currency)
        if rate is None:
            return None
        shift = exponent_of(currency) - exponent_of(money.currency)
        return int((Decimal(money.minor) * rate).scaleb(shift).to_integral_value(ROUND_CEILING))

    def total(self, amounts: Iterable[Money], currency: str) -> int | None:
        """Their sum in that currency; None where one of them has no rate."""
        found = 0
        for money in amounts:
            minor = self.minor(money, currency)
            if minor is None:
                return None
            found += minor
        return found

    def _rate(self, source: str, target: str) -> Decimal | None:
        for pair, is_inverse in (((source, target), False), ((target, source), True)):
            for day, rate in self.known.get(pair, ()):
                if self.on - OLDEST <= day <= self.on:
                    return 1 / rate if is_inverse else rate
        return None
