"""Typed rows as CSV, Excel and Parquet: nothing is cut, nothing becomes a formula, nothing known is not zero."""

from __future__ import annotations

import csv
import io
import struct
import zlib
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from careline.kit import db as database
from careline.kit.sheets import csv_sql
from careline.kit.sheets.columns import Column, Kind
from careline.kit.sheets.csv_pieces import csv_pieces
from careline.kit.sheets.excel import write_excel
from careline.kit.sheets.parquet import write_parquet
from careline.kit.sheets.thrift import I32, I64, packed, varint

COLUMNS = (
    Column("number", "Case", "integer"), Column("subject", "Subject"), Column("is_late", "Late", "boolean"),
    Column("hours", "Hours", "number"), Column("opened_at", "Opened", "moment"), Column("on", "Day", "date"),
)  # fmt: skip
# Half past two in the night of 25 October 2026 happens twice in Berlin; this is the first time.
NIGHT = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
ROWS = [
    (1, 'He said "no",\nthen nothing', True, 1.5, NIGHT, date(2026, 10, 25)),
    (2, "=HYPERLINK(1)", False, 0.0, NIGHT, date(1999, 12, 31)),
    (3, "سلام", None, None, None, None),
]


def _csv(**options: bool) -> str:
    return b"".join(csv_pieces(COLUMNS, ROWS, **options)).decode()


def test_csv_is_read_back_as_it_was() -> None:
    read = list(csv.reader(io.StringIO(_csv().removeprefix("\ufeff"), newline="")))
    assert read == [
        ["Case", "Subject", "Late", "Hours", "Opened", "Day"],
        ["1", 'He said "no",\nthen nothing', "true", "1.5", "2026-10-25T00:30:00Z", "2026-10-25"],
        ["2", "'=HYPERLINK(1)", "false", "0.0", "2026-10-25T00:30:00Z", "1999-12-31"],
        ["3", "سلام", "", "", "", ""],
    ]


def test_csv_bears_the_mark_that_excel_needs_unless_it_is_not_wanted() -> None:
    assert (_csv()[:1], _csv(with_mark=False)[:4]) == ("\ufeff", "Case")


def test_csv_comes_in_pieces_and_whole() -> None:
    rows = ((n, "words " * 40, True, 1.0, NIGHT, date(2026, 1, 1)) for n in range(5_000))
    pieces = list(csv_pieces(COLUMNS, rows))
    assert len(pieces) > 10
    assert b"".join(pieces).count(b"\r\n") == 5_001


def test_excel_knows_numbers_dates_and_texts_apart(tmp_path: Path) -> None:
    path = tmp_path / "cases.xlsx"
    assert write_excel(path, COLUMNS, ROWS, zone=ZoneInfo("Europe/Berlin"), name="Cases") == 3
    sheet = openpyxl.load_workbook(path)["Cases"]
    read = list(sheet.iter_rows(values_only=True))
    assert read[0] == ("Case", "Subject", "Late", "Hours", "Opened (Europe/Berlin)", "Day")
    assert read[1][:4] == (1, 'He said "no",\nthen nothing', True, 1.5)
    assert [moment.isoformat() for moment in read[1][4:]] == ["2026-10-25T02:30:00", "2026-10-25T00:00:00"]
    assert read[2][1] == "=HYPERLINK(1)"
    assert sheet["B3"].data_type in ("s", "inlineStr")
    assert read[3] == (3, "سلام", None, None, None, None)


def test_a_full_sheet_is_followed_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "cases.xlsx"
    rows = ((n, "words", True, 1.0, None, None) for n in range(1, 8))
    assert write_excel(path, COLUMNS, rows, zone=UTC, name="Cases", most=4) == 7
    book = openpyxl.load_workbook(path)
    found = [[row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] for sheet in book.worksheets]
    assert (book.sheetnames, found) == (["Cases", "Cases 2", "Cases 3"], [[1, 2, 3], [4, 5, 6], [7]])


def test_excel_keeps_a_number_that_it_could_not_count_with(tmp_path: Path) -> None:
    path = tmp_path / "cases.xlsx"
    write_excel(path, [Column("key", "Key", "integer")], [(12_345_678_901_234_567,)], zone=UTC)
    assert openpyxl.load_workbook(path).worksheets[0]["A2"].value == "12345678901234567"


def test_a_parquet_file_is_framed_by_its_sign_and_says_where_its_foot_is() -> None:
    held = io.BytesIO()
    assert write_parquet(held, COLUMNS, ROWS) == 3
    written = held.getvalue()
    foot = struct.unpack("<I", written[-8:-4])[0]
    assert (written[:4], written[-4:]) == (b"PAR1", b"PAR1")
    # version 1, then a list of seven structures: the row and its six columns
    assert written[-8 - foot :][:4] == b"\x15\x02\x19\x7c"


def test_a_column_of_parquet_holds_what_is_there_and_marks_what_is_not() -> None:
    held = io.BytesIO()
    write_parquet(held, [Column("n", "N", "integer")], [(7,), (None,), (-1,)])
    page = held.getvalue()[held.getvalue().index(b"\x1f\x8b") :]
    body = zlib.decompressobj(wbits=31).decompress(page)
    assert body == b"\x02\x00\x00\x00" + b"\x03\x05" + struct.pack("<qq", 7, -1)


def test_parquet_without_rows_is_still_one() -> None:
    held = io.BytesIO()
    assert (write_parquet(held, COLUMNS, []), held.getvalue()[-4:]) == (0, b"PAR1")


def test_parquet_is_read_by_others() -> None:
    arrow = pytest.importorskip("pyarrow.parquet")
    held = io.BytesIO()
    write_parquet(held, COLUMNS, ROWS, group=2)
    table = arrow.read_table(io.BytesIO(held.getvalue()))
    assert [tuple(row.values()) for row in table.to_pylist()] == ROWS
    assert (table.num_rows, arrow.ParquetFile(io.BytesIO(held.getvalue())).num_row_groups) == (3, 2)


def test_few_different_texts_are_told_by_their_places_and_many_as_they_are() -> None:
    arrow = pytest.importorskip("pyarrow.parquet")
    rows = [(("Open", "Waiting", None, "محلول")[n % 4], f"Case {n}", None) for n in range(1_003)]
    held = io.BytesIO()
    write_parquet(
        held, [Column("status", "Status"), Column("subject", "Subject"), Column("topic", "Topic")], rows, group=500
    )
    read = arrow.read_table(io.BytesIO(held.getvalue()))
    assert [tuple(row.values()) for row in read.to_pylist()] == rows
    first = arrow.ParquetFile(io.BytesIO(held.getvalue())).metadata.row_group(0)
    assert [first.column(n).has_dictionary_page for n in range(3)] == [True, False, False]


def test_places_in_a_dictionary_are_a_run_of_eights_of_a_byte_each() -> None:
    held = io.BytesIO()
    write_parquet(held, [Column("s", "S")], [("b",), ("a",), ("b",)])
    pages = held.getvalue().split(b"\x1f\x8b")[1:]
    words, places = (zlib.decompressobj(wbits=31).decompress(b"\x1f\x8b" + page) for page in pages)
    assert words == b"\x01\x00\x00\x00b" + b"\x01\x00\x00\x00a"
    assert places == b"\x02\x00\x00\x00" + b"\x06\x01" + b"\x08" + b"\x03" + b"\x00\x01\x00" + bytes(5)


def test_the_compact_protocol_writes_fields_by_how_far_they_are_apart() -> None:
    assert varint(300) == b"\xac\x02"
    assert packed({1: I32(-1), 5: I64(2), 6: "é", 7: [I32(1)], 8: {1: "a"}}) == (
        b"\x15\x01" b"\x46\x04" b"\x18\x02\xc3\xa9" b"\x19\x15\x02" b"\x1c\x18\x01a\x00" b"\x00"
    )  # fmt: skip


EVIL = ("=1+1", " =1", "\u00a0@x", "\u3000\uff1dx", "-5", "+5.25", "-5a", "--5", "@", "\tx", "\rx", "a", "Z=1", "~", "~x", "é", "سلام", "", "1", "'x",
        "[x]", "\x1f+", '"q"', "a,b", "a\nb", "-", "−5", "{}", "-1234567890123456")  # fmt: skip
CELLS = [(text, n % 2 == 0 or None, n, NIGHT if n % 3 else None, date(2026, 10, 25)) for n, text in enumerate(EVIL)]


def test_the_database_writes_the_same_lines_itself(db: None) -> None:
    kinds: tuple[Kind, ...] = ("text", "boolean", "integer", "moment", "date")
    columns = [Column(f"c{n}", f"C{n}", kind) for n, kind in enumerate(kinds)]
    cells = ", ".join(csv_sql.cell(column.key, column.kind) for column in columns)
    given = [{f"c{n}": value for n, value in enumerate(row)} | {"key": key} for key, row in enumerate(CELLS)]
    asked = database.json(
        [
            {key: str(value) if isinstance(value, (date, datetime)) else value for key, value in row.items()}
            for row in given
        ]
    )
    lines = database.copied(
        f"""COPY (SELECT {cells}, key FROM jsonb_to_recordset(%s)
            AS r (c0 text, c1 boolean, c2 bigint, c3 timestamptz, c4 date, key bigint) ORDER BY key) TO STDOUT (FORMAT csv)""",
        [asked],
    )
    rows, last = csv_sql.rows_of(lines)
    ours = b"".join(csv_pieces(columns, CELLS, with_mark=False)).split(b"\r\n", 1)[1]
    read = [list(csv.reader(io.StringIO(each.decode(), newline=""))) for each in (rows, ours)]
    assert (read[0], last, rows.count(b"\r\n")) == (read[1], len(CELLS) - 1, len(CELLS))
