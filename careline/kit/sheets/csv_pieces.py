"""Typed rows as CSV (RFC 4180), piece by piece: moments as RFC 3339 in UTC, texts made harmless."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC
from typing import Any

from careline.kit.sheets.columns import Column, Rows
from careline.kit.sheets.writing import BOM, harmless

_ABOUT = 64 * 1024


def csv_pieces(columns: Sequence[Column], rows: Rows, *, with_mark: bool = True) -> Iterator[bytes]:
    """Headings and rows in UTF-8, in pieces of about 64 KB. `with_mark`: the mark by which Excel knows the encoding."""
    held = io.StringIO(newline="")
    held.write(BOM if with_mark else "")
    writer = csv.writer(held)
    writer.writerow([harmless(column.heading) for column in columns])
    shown = [(place, _SHOWN[column.kind]) for place, column in enumerate(columns) if column.kind in _SHOWN]
    for row in rows:
        cells = list(row)
        for place, words_of in shown:
            if (value := cells[place]) is not None:
                cells[place] = words_of(value)
        writer.writerow(cells)
        if held.tell() > _ABOUT:
            yield held.getvalue().encode("utf-8", "replace")
            held.seek(0)
            held.truncate()
    yield held.getvalue().encode("utf-8", "replace")


# Numbers and dates are written by the csv module as Python says them, which is what RFC 3339 and programs read.
_SHOWN: dict[str, Callable[[Any], str]] = {
    "text": harmless,
    "boolean": lambda value: "true" if value else "false",
    "moment": lambda value: value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
}
