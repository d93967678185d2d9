"""Reading CSV and Excel: which encoding and delimiter a file likely has, and its rows as texts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from careline.kit.sheets.workbooks import NotReadable, rows_of_workbook

ENCODINGS = (
    "utf-8", "utf-16-le", "utf-16-be", "windows-1252", "windows-1250", "windows-1251", "iso-8859-15", "shift_jis", "gb18030",
)  # fmt: skip
DELIMITERS = ("\t", ";", "|", ",")
"""The one that stands least in plain words first: it wins where two part the rows equally well."""
MOST_COLUMNS = 200
MOST_ROWS = 200_000
LONGEST_CELL = 100_000
REPLACED = "\ufffd"
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SAMPLE = 256 * 1024


class Unreadable(ValueError):
    """A file that is no sheet we can read; the text is one sentence."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a file is to be read. `is_certain` says whether the encoding follows from the bytes or was only the likeliest."""

    format: str
    encoding: str = ""
    delimiter: str = ""
    is_certain: bool = True


def form_of(content: bytes) -> Form:
    """CSV or Excel, its encoding and its delimiter. Raises Unreadable."""
    if content[:4] == b"PK\x03\x04":
        return Form("xlsx")
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Unreadable("This is a workbook of old Excel (.xls); save it as .xlsx or as CSV.")
    if not content.strip(b"\r\n\t \x00\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("The file is empty.")
    encoding, is_certain = encoding_of(content)
    return Form("csv", encoding, delimiter_of(decoded(content[:_SAMPLE], encoding)), is_certain)


def encoding_of(content: bytes) -> tuple[str, bool]:
    """(encoding, whether that is certain): by its mark, by being valid UTF-8, by its zeros; else Windows-1252, uncertain."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return encoding, True
    sample = content[:_SAMPLE]
    if sample.count(0) > len(sample) // 8:
        even = sample[0::2].count(0)
        return ("utf-16-be" if even > sample[1::2].count(0) else "utf-16-le"), False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252", False
    return "utf-8", True


def delimiter_of(text: str) -> str:
    """The one that gives the most rows of the same width, of more than one cell."""
    best, most = ",", (0, 0)
    lines = text.splitlines()[:30]
    for delimiter in DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
        except csv.Error:
            continue
        common = max(set(widths), key=widths.count, default=0)
        found = (widths.count(common), common) if common > 1 else (0, 0)
        if found > most:
            best, most = delimiter, found
    return best


def decoded(content: bytes, encoding: str) -> str:
    """The text; what does not fit the encoding becomes U+FFFD, so that it is seen rather than lost."""
    if encoding not in ENCODINGS:
        raise Unreadable(f"There is no encoding {encoding[:40]} here; there are {', '.join(ENCODINGS)}.")
    for mark, marked in _BOMS:
        if content.startswith(mark) and marked == encoding:
            content = content[len(mark) :]
    return content.decode(encoding, errors="replace")


def rows_of(content: bytes, form: Form) -> Iterator[list[str]]:
    """Every row as texts, the headings first; empty rows left out. Raises Unreadable, also on the way."""
    rows = _excel(content) if form.format == "xlsx" else _csv(content, form)
    for n, row in enumerate(row for row in rows if any(cell.strip() for cell in row)):
        if n > MOST_ROWS:
            raise Unreadable(f"The sheet has more than {MOST_ROWS:,} rows; part it.")
        if len(row) > MOST_COLUMNS:
            raise Unreadable(f"Row {n + 1} has more than {MOST_COLUMNS} columns.")
        yield [cell.replace("\x00", "")[:LONGEST_CELL] for cell in row]


def _csv(content: bytes, form: Form) -> Iterator[list[str]]:
    csv.field_size_limit(10 * 1024 * 1024)
    text = decoded(content, form.encoding)
    delimiter = form.delimiter if form.delimiter in DELIMITERS else ","
    try:
        yield from csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise Unreadable(f"The file can't be read as CSV: {error}.") from error


def _excel(content: bytes) -> Iterator[list[str]]:
    """The first sheet; values, not formulas."""
    try:
        yield from rows_of_workbook(content, most_columns=MOST_COLUMNS + 1, most_rows=MOST_ROWS + 1)
    except NotReadable as error:
        raise Unreadable(str(error)) from error
