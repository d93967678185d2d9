"""Money: whole minor units and an ISO 4217 currency with its own exponent. No floats, no silent rounding.

Rounding has a name where it happens: `portion` rounds half to even, `shares` gives what is left over to the largest
remainders, so that the parts always make up the whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal

from babel import Locale
from babel.numbers import list_currencies

_EXPONENTS = {
    **dict.fromkeys(
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    **dict.fromkeys(["CLF", "UYW"], 4),
}
_USUAL = 2
_AMOUNT = re.compile(r"(-?)([0-9]{1,15})(?:\.([0-9]{1,6}))?", re.ASCII)
LARGEST = 10**15
"""Minor units; far below what a bigint holds, so that sums cannot overflow."""


class BadMoney(ValueError):
    """It is no amount, or not in this currency; the text is one sentence."""


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """`minor`: cents of euros, yen of yen. May be negative."""

    minor: int
    currency: str

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + other.of(self.currency), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - other.of(self.currency), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def of(self, currency: str) -> int:
        """Minor units, where it is in this currency. Raises BadMoney."""
        if currency != self.currency:
            raise BadMoney(f"Amounts in {self.currency} and {currency} can't be put together.")
        return self.minor

    @property
    def amount(self) -> str:
        """As the API says it: 12.50, with as many decimals as the currency has."""
        return decimal_of(self.minor, self.currency)

    def words(self, language: str = "en") -> str:
        """As people read it: €12.50 or 12,50 €."""
        locale = Locale.parse(language.replace("-", "_"))
        exact = (exponent_of(self.currency),) * 2
        pattern = copy(locale.currency_formats["standard"])
        pattern.frac_prec = exact
        return str(pattern.apply(Decimal(self.amount), locale, currency=self.currency, currency_digits=False))


def currency_of(words: str) -> str:
    """An ISO 4217 code. Raises BadMoney."""
    code = words.strip().upper()
    if len(code) != 3 or code not in list_currencies():
        raise BadMoney(f"There is no currency {words[:20]!r}; give an ISO code, as in EUR.")
    return code


def exponent_of(currency: str) -> int:
    """How many decimals the currency has: 2 for EUR, 0 for JPY, 3 for KWD."""
    return _EXPONENTS.get(currency, _USUAL)


def money_of(amount: str, currency: str) -> Money:
    """What `12.50` is in a currency. Raises BadMoney for no number, too large, and fractions of the smallest unit."""
    code = currency_of(currency)
    found = _AMOUNT.fullmatch(amount.strip())
    if found is None:
        raise BadMoney(f"{amount[:40]!r} is no amount; write it as in 12.50.")
    sign, whole, fraction = found[1], found[2], (found[3] or "").rstrip("0")
    exponent = exponent_of(code)
    if len(fraction) > exponent:
        raise BadMoney(f"{code} has {exponent} decimals: {amount.strip()} can't be paid.")
    minor = int(whole + fraction.ljust(exponent, "0"))
    if minor > LARGEST:
        raise BadMoney("The amount is too large.")
    return Money(-minor if sign else minor, code)


def decimal_of(minor: int, currency: str) -> str:
    exponent = exponent_of(currency)
    digits = str(abs(minor)).rjust(exponent + 1, "0")
    cut = len(digits) - exponent
    return ("-" if minor < 0 else "") + digits[:cut] + (f".{digits[cut:]}" if exponent else "")


def portion(total: int, part: int, whole: int) -> int:
    """`total` × part / whole in minor units, rounded half to even."""
    if whole <= 0:
        raise BadMoney("There is no portion of nothing.")
    doubled, left = divmod(2 * abs(total) * part, 2 * whole)
    half = left > whole or (left == whole and doubled % 2 == 1)
    return (doubled + half) if total >= 0 else -(doubled + half)


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """The total parted by weight, to the unit: what is left goes to the largest remainders, the first of equals."""
    whole = sum(weights)
    if whole <= 0:
        return [0] * len(weights)
    sign = -1 if total < 0 else 1
    parts = [divmod(abs(total) * weight, whole) for weight in weights]
    left = abs(total) - sum(part for part, _ in parts)
    first = sorted(range(len(parts)), key=lambda n: (-parts[n][1], n))[:left]
    return [sign * (part + (n in first)) for n, (part, _) in enumerate(parts)]
