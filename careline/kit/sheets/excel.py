"""Typed rows as an .xlsx, written row by row to the disk: dates are dates, numbers are numbers, no text is a formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Any

from careline.kit.sheets.columns import Column, Rows

MOST_ROWS = 1_048_576
"""Of a sheet, its headings among them (ECMA-376 and Excel's own limits)."""
MOST_TEXT = 32_767
_EPOCH = date(1899, 12, 30).toordinal()
_EXACT = 10**15
_WIDTHS = {"text": 22, "moment": 17, "date": 11}


def write_excel(
    path: Path, columns: Sequence[Column], rows: Rows, *, zone: tzinfo, name: str = "Sheet", most: int = MOST_ROWS
) -> int:
    """How many rows were written. Moments stand in `zone`, whose name the headings tell; a full sheet is followed by the next."""
    import xlsxwriter

    options = {"constant_memory": True, "tmpdir": str(path.parent), "nan_inf_to_errors": False}
    written = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        book.use_zip64()
        sheets = _Sheets(book, columns, zone, name)
        writers = sheets.begin()
        line = 1
        for row in rows:
            if line == most:
                writers, line = sheets.begin(), 1
            for place, (value, write) in enumerate(zip(row, writers, strict=True)):
                if value is not None:
                    write(line, place, value)
            line += 1
            written += 1
    return written


class _Sheets:
    """The sheets of one book, each begun with its headings."""

    def __init__(self, book: Any, columns: Sequence[Column], zone: tzinfo, name: str) -> None:
        self._book, self._columns, self._zone, self._name, self._count = book, columns, zone, name, 0
        self._bold = book.add_format({"bold": True})
        self._forms = {
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        }

    def begin(self) -> list[Callable[[int, int, Any], Any]]:
        """A new sheet; who writes the cells of each column."""
        self._count += 1
        sheet = self._book.add_worksheet(f"{self._name[:24]} {self._count}" if self._count > 1 else self._name[:31])
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(self._columns):
            sheet.set_column(place, place, _WIDTHS.get(column.kind, 12))
            heading = f"{column.heading} ({self._zone})" if column.kind == "moment" else column.heading
            sheet.write_string(0, place, heading[:MOST_TEXT], self._bold)
        return [self._writer(sheet, column.kind) for column in self._columns]

    def _writer(self, sheet: Any, kind: str) -> Callable[[int, int, Any], Any]:
        zone, form, number, text = self._zone, self._forms.get(kind), sheet.write_number, sheet.write_string
        writers: dict[str, Callable[[int, int, Any], Any]] = {
            "text": lambda line, place, value: text(line, place, value[:MOST_TEXT]),
            # Excel counts in doubles: what they can't hold stays as it is written.
            "integer": lambda line, place, value: (
                number(line, place, value) if abs(value) < _EXACT else text(line, place, str(value))
            ),
            "number": number,
            "boolean": sheet.write_boolean,
            "moment": lambda line, place, value: number(line, place, _serial(value.astimezone(zone)), form),
            "date": lambda line, place, value: number(line, place, value.toordinal() - _EPOCH, form),
        }
        return writers[kind]


def _serial(moment: datetime) -> float:
    """Days since 1899-12-30, as the clock on the wall says them."""
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return moment.toordinal() - _EPOCH + seconds / 86_400
