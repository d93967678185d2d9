"""Asking a shop: JSON both ways, and what its answers mean to us."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from careline.domain.orders.shops.contract import BadEvent, ShopDown, ShopRefused, ShopSettings
from careline.kit.money import BadMoney, exponent_of, money_of
from careline.kit.outgoing_call import Answer, Unanswered, call
from careline.kit.outgoing_http import Refused
from careline.kit.outgoing_post import allowing

LONGEST_WAIT = 3600
MOST_BYTES = 8_000_000
MARK = "careline:"
"""Stands before a key of ours in what people there read of a refund."""


def ask(
    settings: ShopSettings, method: str, path: str, *, headers: Mapping[str, str], query: Mapping[str, str] | None = None,
    body: Mapping[str, Any] | None = None, final: Sequence[str] = (),
) -> tuple[Any, Answer]:  # fmt: skip
    """What it said, and its answer. `final`: its codes that say no, whatever status they come with.

    Raises ShopDown where nobody knows whether it was done, ShopRefused where it was not."""
    url = settings.url.rstrip("/") + path + (f"?{urlencode(query)}" if query else "")
    sent = {"Accept": "application/json", "User-Agent": "Careline", **headers}
    if body is not None:
        sent["Content-Type"] = "application/json"
    try:
        answer = call(
            method, url, body=b"" if body is None else json.dumps(body).encode(), headers=sent, most_bytes=MOST_BYTES,
            allowed=allowing(settings.networks),
        )  # fmt: skip
    except (Refused, Unanswered, UnicodeError) as failure:
        raise ShopDown(str(failure)) from failure
    try:
        said = json.loads(answer.content)
    except ValueError:
        said = None
    is_busy = answer.status in (408, 409, 423, 425, 429) or answer.status >= 500
    if is_busy and not (isinstance(said, dict) and said.get("code") in final):
        raise ShopDown(f"It answered {answer.status}.", after=_seconds(answer.retry_after))
    if answer.status not in (200, 201):
        raise ShopRefused(str(answer.status), f"It answered {answer.status}: {_words(said)}"[:300].rstrip(": "))
    if said is None:
        raise ShopDown("It answered with something else than JSON.")
    return said, answer


def require_signed(body: bytes, signature: str, *, secret: str) -> None:
    """Base64 of an HMAC-SHA256 over the body as it came. Raises BadEvent."""
    expected = signature_of(body, secret=secret)
    if not secret or not hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace")):
        raise BadEvent("This is not signed by the shop.")


def signature_of(body: bytes, *, secret: str) -> str:
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def rounded(words: Any, currency: str) -> int:
    """Of parts that a shop keeps with more decimals than the currency has; half to even. Raises ShopRefused."""
    try:
        exact = Decimal(str(words if words not in (None, "") else "0"))
        return minor(exact.quantize(Decimal(1).scaleb(-exponent_of(currency)), ROUND_HALF_EVEN), currency)
    except (InvalidOperation, BadMoney):
        raise ShopRefused("bad_amount", f"{text(words, 40)} is no amount.") from None


def minor(words: Any, currency: str) -> int:
    """Of a decimal in a string, as in `12.50`; more decimals than the currency has only where they are 0. Raises ShopRefused."""
    plain = str(words if words not in (None, "") else "0")
    try:
        return money_of(plain, currency).minor
    except BadMoney:
        pass
    whole, _dot, part = plain.partition(".")
    try:
        return money_of(f"{whole}.{part.rstrip('0')}" if part.rstrip("0") else whole, currency).minor
    except BadMoney as wrong:
        raise ShopRefused("bad_amount", str(wrong)) from None


def moment(words: Any) -> datetime | None:
    """Without an offset it is UTC."""
    try:
        found = datetime.fromisoformat(str(words).replace("Z", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def needed(words: Any) -> datetime:
    """Raises ShopRefused."""
    found = moment(words)
    if found is None:
        raise ShopRefused("bad_moment", "The order has no moment at which it was placed or changed.")
    return found


def text(words: Any, longest: int = 300) -> str:
    return " ".join(str(words or "").replace("\0", "").split())[:longest]


def key_in(words: Any) -> str:
    """Our key, where there is one in a remark."""
    _before, mark, after = str(words or "").partition(MARK)
    return after.split()[0] if mark and after.split() else ""


def _words(said: Any) -> str:
    found = said.get("message") or said.get("errors") or "" if isinstance(said, dict) else ""
    return text(found if isinstance(found, str) else json.dumps(found))


def _seconds(words: str) -> int:
    """Shopify writes `2.0`."""
    whole = words.partition(".")[0]
    return min(int(whole), LONGEST_WAIT) if whole.isascii() and whole.isdecimal() and len(whole) < 6 else 0
