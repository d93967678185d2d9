"""Cursors: where a page ended, as words that mean nothing to others."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from careline.entrypoints.api.problems import Wrong

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LARGEST = 2**62
_LARGEST_COUNT = 2**31 - 1


def page_of(
    rows: Sequence[Any], *, limit: int, key: Callable[[Any], Sequence[datetime | int]], item: Callable[[Any], Any]
) -> dict[str, Any]:
    """One page of rows that were fetched with one more than `limit`."""
    more = len(rows) > limit
    shown = rows[:limit]
    return {"items": [item(row) for row in shown], "next": _cursor(key(shown[-1])) if more else None}


def short_page_of(items: Sequence[Any], query: Any) -> dict[str, Any]:
    """One page of a list that is short enough to be read whole; the cursor names its last item by id, or by code."""
    after = key_alone(query.cursor)
    keys = [_key_of(item) for item in items]
    if after is not None and after not in keys:
        raise _not_ours()
    start = keys.index(after) + 1 if after is not None else 0
    rest = items[start : start + query.limit + 1]
    return page_of(rest, limit=query.limit, key=lambda item: (_key_of(item),), item=lambda item: item)


def _key_of(item: Any) -> int:
    return int(item.id) if item.id is not None else -zlib.crc32(item.code.encode()) - 1


def moment_and_key(cursor: str | None) -> tuple[datetime, int] | None:
    """Where to go on in a list ordered by a moment and a key. Raises Wrong."""
    if cursor is None:
        return None
    micros, key = _numbers(cursor, 2)
    try:
        return _EPOCH + timedelta(microseconds=micros), key
    except OverflowError:
        raise _not_ours() from None


def place_after(place: tuple[datetime, int] | None) -> str | None:
    """The cursor of a page that ended there; None at the end."""
    return None if place is None else _cursor(place)


def key_alone(cursor: str | None) -> int | None:
    """Where to go on in a list ordered by a key. Raises Wrong."""
    return None if cursor is None else _numbers(cursor, 1)[0]


def pair_of(cursor: str | None) -> tuple[int, int] | None:
    """Where to go on in a list ordered by a count and a key. Raises Wrong."""
    if cursor is None:
        return None
    count, key = _numbers(cursor, 2)
    if abs(count) > _LARGEST_COUNT:
        raise _not_ours()
    return count, key


def _cursor(values: Sequence[datetime | int]) -> str:
    numbers = [(v - _EPOCH) // timedelta(microseconds=1) if isinstance(v, datetime) else v for v in values]
    return base64.urlsafe_b64encode(":".join(map(str, numbers)).encode()).decode().rstrip("=")


def _numbers(cursor: str, count: int) -> list[int]:
    try:
        words = base64.b64decode(
            cursor.encode("ascii") + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True
        ).decode("ascii")
        numbers = [int(word) for word in words.split(":")]
    except (ValueError, UnicodeError, binascii.Error):
        raise _not_ours() from None
    if len(numbers) != count or any(abs(number) > _LARGEST for number in numbers):
        raise _not_ours()
    return numbers


def _not_ours() -> Wrong:
    return Wrong(("cursor", "This is no cursor of this list; take `next` of the page before."))
