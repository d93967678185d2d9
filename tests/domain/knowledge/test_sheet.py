"""Canned replies go out as a sheet and come back the same."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from careline.domain.knowledge.rules.replies import Text
from careline.domain.knowledge.rules.sheet import BadSheet, Ready, replies_in, sheet_of


def test_what_goes_out_comes_back_and_is_no_formula_on_the_way() -> None:
    says = {
        "en": {"text": '=HYPERLINK("x")\nHi, "you"; bye', "html": ""},
        "ar": {"text": "مرحبا", "html": "<p>مرحبا</p>"},
    }
    reply = SimpleNamespace(name="@all", abbreviation="hi", folder="a / b", labels=["x", "y"], texts=says)
    sheet = sheet_of([reply])
    assert not any(cell.startswith(("=", "@")) for line in sheet.split("\r\n") for cell in line.split(","))
    assert replies_in("\ufeff" + sheet) == [
        Ready("@all", "hi", "a / b", ("x", "y"), {code: Text(**said) for code, said in says.items()})
    ]


def test_sheets_of_other_programs_are_read_with_semicolons_and_fewer_columns() -> None:
    assert replies_in("name;text\nHello;Hi, you\n") == [Ready("Hello", "", "", (), {"en": Text("Hi, you")})]


@pytest.mark.parametrize(
    "sheet", ["", "a,b\n1,2\n", "name,text\nHello,\n", "name,text\n,Hi\n", "name,text\n\0,Hi", 'name,text\nx,"open']
)
def test_what_is_no_sheet_is_refused(sheet: str) -> None:
    with pytest.raises(BadSheet):
        replies_in(sheet)
