"""Sheets are read whatever made them, and written so that nothing in them runs."""

from __future__ import annotations

import csv
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from careline.kit.sheets.reading import Form, Unreadable, decoded, form_of, rows_of
from careline.kit.sheets.workbooks import MEMORY, NotReadable, rows_of_workbook
from careline.kit.sheets.writing import csv_lines, harmless


@pytest.mark.parametrize(
    ("text", "encoding", "delimiter"),
    [
        ("a,b\n1,2\n", "utf-8", ","),
        ("a;b\n1,5;2\n", "utf-8", ";"),
        ("a\tb, c\n1\t2, 3\n", "utf-8", "\t"),
        ("name|Größe\nx|y\n", "windows-1252", "|"),
        ("الاسم,b\nكارول,2\n", "utf-16-le", ","),
        ("one column\nof words\n", "utf-8", ","),
    ],
)
def test_the_form_of_a_file_is_found(text: str, encoding: str, delimiter: str) -> None:
    form = form_of(text.encode(encoding))
    assert (form.encoding, form.delimiter) == (encoding, delimiter)
    assert (
        next(rows_of(text.encode(encoding), form))[0] == text.split(delimiter, maxsplit=1)[0].split("\n", maxsplit=1)[0]
    )


def test_a_guess_is_told_from_a_certainty() -> None:
    assert [form_of(raw).is_certain for raw in (b"a,b", "ä".encode(), "ä".encode("utf-8-sig"), "ä,b".encode("windows-1252"))] == [
        True, True, True, False,
    ]  # fmt: skip


def test_what_does_not_fit_the_encoding_is_seen() -> None:
    assert decoded(b"M\xfcller", "utf-8") == "M\ufffdller"
    with pytest.raises(Unreadable, match="There is no encoding klingon here"):
        decoded(b"a", "klingon")


@pytest.mark.parametrize("says_so", [True, False])
def test_a_workbook_that_swells_costs_nobody_but_itself(says_so: bool) -> None:
    """By what it says of itself; and where it lies, by what the process that reads it may use."""
    book = openpyxl.Workbook()
    book.active.append(["name"])
    held = io.BytesIO()
    book.save(held)
    swollen = io.BytesIO()
    with zipfile.ZipFile(held) as parts, zipfile.ZipFile(swollen, "w", zipfile.ZIP_DEFLATED) as made:
        for part in parts.infolist():
            made.writestr(part.filename, parts.read(part))
        with made.open("xl/sharedStrings.xml", "w") as strings:
            strings.write(b"<sst><si><t>" + b"0" * 40 * 1024 * 1024)
    content = swollen.getvalue()
    if says_so:
        content = content.replace((40 * 1024 * 1024 + 12).to_bytes(4, "little"), (2**31).to_bytes(4, "little"))
    form = form_of(content)
    with pytest.raises(NotReadable, match="too large"):
        list(rows_of_workbook(content, most_columns=9, most_rows=9, memory=MEMORY if says_so else 96 * 1024 * 1024))
    assert form == Form("xlsx")


def test_a_workbook_that_is_none_says_so() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as parts:
        parts.writestr("hello.txt", "x")
    for content, words in ((held.getvalue(), "This is a ZIP file"), (held.getvalue()[:40], "The workbook is damaged")):
        with pytest.raises(Unreadable, match=words):
            list(rows_of(content, form_of(content)))


def test_whoever_has_seen_enough_of_a_workbook_ends_its_reading() -> None:
    book = openpyxl.Workbook()
    for n in range(300):
        book.active.append([n, "Carol" * 20])
    held = io.BytesIO()
    book.save(held)
    rows = rows_of(held.getvalue(), Form("xlsx"))
    assert next(rows) == ["0", "Carol" * 20]
    rows.close()
    assert len(list(rows_of(held.getvalue(), Form("xlsx")))) == 300


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1", "\r=1"])
def test_formulas_are_made_harmless(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["Carol", "+4930123456", "-12.5", "a=b", "", "carol@example.com"])
def test_what_is_no_formula_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00\r")), min_size=1, max_size=4), max_size=6
    )
)
def test_what_is_written_as_csv_reads_back_the_same(rows: list[list[str]]) -> None:
    text = b"".join(csv_lines(rows)).decode("utf-8-sig") if rows else ""
    assert list(csv.reader(io.StringIO(text, newline=""))) == [[harmless(cell) for cell in row] for row in rows]


def test_too_many_rows_are_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("careline.kit.sheets.reading.MOST_ROWS", 2)
    with pytest.raises(Unreadable, match="more than 2 rows; part it"):
        list(rows_of(b"a\n1\n2\n3\n", Form("csv", "utf-8", ",")))
