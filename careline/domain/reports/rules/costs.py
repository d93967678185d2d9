"""What work on cases costs: the prices of an hour, each from a day on, and what they make of hours that were recorded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

HOUR = 3600


@dataclass(frozen=True, slots=True)
class HourPrice:
    """What an hour costs from a day on: of people with a role (its code), on the cases of a team, or (neither) of all other work."""

    since: date
    amount: int
    role: str = ""
    team: int | None = None

    @property
    def holder(self) -> tuple[str, int | None]:
        return self.role, self.team


@dataclass(frozen=True, slots=True)
class Prices:
    """All in one currency, so that they can be added up; amounts are its minor units."""

    currency: str = ""
    all: tuple[HourPrice, ...] = ()

    def of(self, role: str, team: int | None, on: date) -> int | None:
        """The price in force on a day: that of the role goes before that of the team, and both before that of all others."""
        latest = {one.holder: one.amount for one in sorted(self.all, key=lambda one: one.since) if one.since <= on}
        for holder in ((role, None), ("", team), ("", None)):
            if holder in latest:
                return latest[holder]
        return None

    def with_price(self, price: HourPrice, currency: str) -> Prices:
        """With one more; of the same holder and day the new one stands."""
        kept = [one for one in self.all if (one.holder, one.since) != (price.holder, price.since)]
        return Prices(currency, tuple(sorted([*kept, price], key=_place)))

    def without(self, price: HourPrice) -> Prices:
        left = tuple(one for one in self.all if (one.holder, one.since) != (price.holder, price.since))
        return Prices(self.currency if left else "", left)


@dataclass(frozen=True, slots=True)
class Worked:
    """Seconds of people with a role, on cases of a team, on a day; `key`: of what the cost is split by."""

    key: str
    role: str
    team: int | None
    on: date
    seconds: int


@dataclass(frozen=True, slots=True)
class Cost:
    """`cases` with recorded work took `seconds`; `priced` of these had a price and cost `scaled` / 3600 minor units."""

    cases: int = 0
    seconds: int = 0
    priced: int = 0
    scaled: int = 0

    @property
    def total(self) -> int | None:
        """Minor units, rounded half up once; None where nothing had a price."""
        return (2 * self.scaled + HOUR) // (2 * HOUR) if self.priced else None

    @property
    def each(self) -> int | None:
        """Of one case, in minor units."""
        whole = HOUR * self.cases
        return (2 * self.scaled + whole) // (2 * whole) if self.priced and self.cases else None

    @property
    def unpriced(self) -> int:
        return self.seconds - self.priced

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            self.cases + other.cases,
            self.seconds + other.seconds,
            self.priced + other.priced,
            self.scaled + other.scaled,
        )


def costs_of(work: Iterable[Worked], cases: dict[str, int], prices: Prices) -> dict[str, Cost]:
    """By key. `cases`: how many with recorded work there were under each."""
    found = {key: Cost(n) for key, n in cases.items()}
    for one in work:
        price = prices.of(one.role, one.team, one.on)
        priced = 0 if price is None else one.seconds
        found[one.key] = found.get(one.key, Cost()) + Cost(0, one.seconds, priced, priced * (price or 0))
    return found


def prices_from(said: Any) -> Prices:
    """As they are kept: {"currency", "prices": [{"since", "amount", "role", "team"}]}."""
    if not said:
        return Prices()
    return Prices(said["currency"], tuple(
        HourPrice(date.fromisoformat(one["since"]), one["amount"], one.get("role", ""), one.get("team")) for one in said["prices"]
    ))  # fmt: skip


def prices_kept(prices: Prices) -> dict[str, Any]:
    return {
        "currency": prices.currency,
        "prices": [
            {"since": one.since.isoformat(), "amount": one.amount, "role": one.role, "team": one.team}
            for one in prices.all
        ],
    }


def in_force(prices: Sequence[HourPrice], on: date) -> set[HourPrice]:
    """Of each holder the one that counts on a day."""
    latest: dict[tuple[str, int | None], HourPrice] = {}
    for one in sorted(prices, key=lambda price: price.since):
        if one.since <= on:
            latest[one.holder] = one
    return set(latest.values())


def _place(one: HourPrice) -> tuple[bool, bool, str, int, int]:
    """For everybody first, then roles, then teams; of each the latest first."""
    return bool(one.role or one.team), one.team is not None, one.role, one.team or 0, -one.since.toordinal()
