"""What lines come to: discounts and taxes fall on the lines they are for, to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.rules.facts import DISCOUNT, ITEM, SHIPPING, TAX
from careline.kit.money import portion, shares

WHOLE = 1_000_000
"""Of a rate: millionths, so 190000 is 19 %."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A line's kind and amount. `of`: the place of the line that a discount or a tax is for; None: all of them."""

    kind: str
    amount: int
    of: int | None = None
    rate: int | None = None


def dues(lines: Sequence[Amount]) -> list[int]:
    """What each line comes to with its part of discounts (parted by price over items) and taxes (over items and shipping, after
    discounts); 0 for discounts and taxes themselves. Raises OrderRefused where a discount is more than what it is for."""
    due = [line.amount if line.kind in (ITEM, SHIPPING) else 0 for line in lines]
    for kind, on in ((DISCOUNT, (ITEM,)), (TAX, (ITEM, SHIPPING))):
        weights = [max(0, due[n]) if line.kind in on else 0 for n, line in enumerate(lines)]
        for line in lines:
            if line.kind != kind or line.amount == 0:
                continue
            own = weights if line.of is None else [1 if n == line.of else 0 for n in range(len(lines))]
            if not any(own):
                raise OrderRefused("nothing_to_part", f"There is nothing that this {kind} could be for.")
            due = [before + part for before, part in zip(due, shares(line.amount, own), strict=True)]
        if any(one < 0 for one in due):
            raise OrderRefused("discount_too_large", "A discount is more than what it is for.")
    return due


def reworked(lines: Sequence[Amount], *, before: Sequence[Amount]) -> list[Amount]:
    """With the prices of items changed: discounts and taxes by rate follow, rounded half to even; a tax without one by proportion."""
    new = list(lines)
    for kind, on in ((DISCOUNT, (ITEM,)), (TAX, (ITEM, SHIPPING, DISCOUNT))):
        for n, line in enumerate(new):
            if line.kind != kind:
                continue
            if line.rate is not None:
                sign = -1 if kind == DISCOUNT else 1
                new[n] = replace(line, amount=sign * portion(_sum_of(new, line, on), line.rate, WHOLE))
            elif kind == TAX and (old := _sum_of(before, line, on)) > 0:
                new[n] = replace(line, amount=portion(line.amount, max(0, _sum_of(new, line, on)), old))
    return new


def _sum_of(lines: Sequence[Amount], line: Amount, on: tuple[str, ...]) -> int:
    return sum(
        one.amount for n, one in enumerate(lines) if one.kind in on and (line.of is None or line.of in (n, one.of))
    )
