"""Writing CSV and Excel that no program takes for formulas (OWASP, CSV injection)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

_FORMULA = re.compile(r"\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_PLAIN_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?")
BOM = "\ufeff"


def harmless(cell: str) -> str:
    """The cell with an apostrophe before it where a program would take it for a formula; plain numbers stay as they are."""
    return f"'{cell}" if _FORMULA.match(cell) and not _PLAIN_NUMBER.fullmatch(cell) else cell


def csv_lines(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """CSV by RFC 4180 in UTF-8 with a mark, by which Excel knows the encoding; one piece for each row."""
    held = io.StringIO(newline="")
    held.write(BOM)
    writer = csv.writer(held)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        yield held.getvalue().encode("utf-8", "replace")
        held.seek(0)
        held.truncate()


def workbook(rows: Iterable[Sequence[str]], *, name: str = "Sheet") -> bytes:
    """An .xlsx of texts: a cell written as text is never computed."""
    import xlsxwriter

    held = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(held, options) as book:
        sheet = book.add_worksheet(name[:31])
        for n, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(n, column, harmless(cell)[:32_767])
    return held.getvalue()
