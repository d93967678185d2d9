"""What may stand in the fields that a company adds."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careline.kit.typed_fields import (
    KINDS,
    BadDefinition,
    Choice,
    Definition,
    Unfit,
    code_of,
    defined,
    read,
    read_all,
    searched,
    shown,
    sort_key,
)

SIZES = (Choice("s", "Small"), Choice("m", "Medium"), Choice("l", "Large, with lamp"))


def field(kind: str, *, is_required: bool = False) -> Definition:
    return Definition("bike", "Bike", kind, SIZES if kind.startswith("choice") else (), is_required)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "raw", "kept"),
    [
        ("text", "  Red\r\nbike ", "Red\nbike"),
        ("text", "دراجة", "دراجة"),
        ("text", 12.0, "12"),
        ("number", "12", 12),
        ("number", "12.50", 12.5),
        ("number", "12,5", 12.5),
        ("number", "1.234,50", 1234.5),
        ("number", "1,234.50", 1234.5),
        ("number", "١٢", 12),
        ("number", "-0", 0),
        ("number", "1e3", 1000),
        ("number", 7, 7),
        ("date", "2026-11-22", "2026-11-22"),
        ("date", "22.11.2026", "2026-11-22"),
        ("date", "2024-02-29 00:00:00", "2024-02-29"),
        ("date", date(2026, 11, 22), "2026-11-22"),
        ("date", datetime(2026, 11, 22, 23, 59, tzinfo=UTC), "2026-11-22"),
        ("choice", "m", "m"),
        ("choice", " MEDIUM ", "m"),
        ("choices", ["l", "s", "l"], ["s", "l"]),
        ("choices", "Medium; Small", ["s", "m"]),
        ("choices", "Large, with lamp", ["l"]),
        ("yes_no", "Ja", True),
        ("yes_no", "false", False),
        ("yes_no", False, False),
        ("url", "https://example.com/a?b=1", "https://example.com/a?b=1"),
    ],
)
def test_keeps_what_fits_in_one_form(kind: str, raw: Any, kept: Any) -> None:
    found = read(field(kind), raw)
    assert (found, type(found)) == (kept, type(kept))
    assert json.loads(json.dumps(found)) == kept


@pytest.mark.parametrize(
    ("kind", "raw", "sentence"),
    [
        ("text", "a" * 10_001, "“Bike” takes at most 10,000 characters."),
        ("text", {"a": 1}, "“Bike” takes one value, not a list or an object."),
        ("number", "twelve", "“Bike” must be a number, as in 12.5."),
        ("number", "1,234", "“Bike” must be a number, as in 12.5."),
        ("number", "NaN", "“Bike” must be a number, as in 12.5."),
        ("number", "1e999999", "“Bike” takes at most 15 digits."),
        ("number", True, "“Bike” must be a number, as in 12.5."),
        ("date", "11/22/2026", "“Bike” must be a date, as in 2026-11-22."),
        ("date", "2026-02-30", "“Bike” must be a date, as in 2026-11-22."),
        ("choice", "XL", "“Bike” takes one of: Small, Medium, Large, with lamp."),
        ("yes_no", "maybe", "“Bike” must be yes or no."),
        ("url", "javascript:alert(1)", "“Bike” must be an address on the web, as in https://example.com/."),
        ("url", "https://", "“Bike” must be an address on the web, as in https://example.com/."),
        ("url", "https://[", "“Bike” must be an address on the web, as in https://example.com/."),
    ],
)
def test_refuses_the_rest_with_one_sentence(kind: str, raw: Any, sentence: str) -> None:
    with pytest.raises(Unfit) as refused:
        read(field(kind), raw)
    assert (str(refused.value), refused.value.code) == (sentence, "bike")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_empty_is_not_kept_unless_it_must_be_filled_in(kind: str) -> None:
    assert [read(field(kind), raw) for raw in (None, "", "  ", [])] == [None] * 4
    with pytest.raises(Unfit, match=r"^“Bike” must be filled in[.]$"):
        read(field(kind, is_required=True), " ")


@given(
    st.sampled_from(KINDS),
    st.none() | st.booleans() | st.floats() | st.text() | st.lists(st.text()) | st.integers() | st.dates(),
)
def test_anything_is_kept_or_refused_and_what_is_kept_reads_again_the_same(kind: str, raw: Any) -> None:
    try:
        kept = read(field(kind), raw)
    except Unfit:
        return
    assert read(field(kind), json.loads(json.dumps(kept))) == kept


def test_several_fields_are_read_at_once_and_every_fault_is_named() -> None:
    given_fields = [field("number"), Definition("since", "Customer since", "date", is_required=True)]
    assert read_all(given_fields, {"bike": "3", "since": "2026-01-02"}) == ({"bike": 3, "since": "2026-01-02"}, {})
    values, wrong = read_all(given_fields, {"bike": "x", "colour": "red"})
    assert values == {}
    assert wrong == {
        "colour": "There is no field colour.",
        "bike": "“Bike” must be a number, as in 12.5.",
        "since": "“Customer since” must be filled in.",
    }


def test_is_shown_searched_and_sorted_as_people_know_it() -> None:
    assert shown(field("choices"), ["s", "gone"]) == "Small, gone"
    assert shown(field("yes_no"), True) == "Yes"
    assert searched(field("yes_no"), True) == ""
    assert searched(field("choice"), "m") == "Medium"
    number = field("number")
    assert sorted([None, 10, 9.5, -1], key=lambda value: sort_key(number, value)) == [-1, 9.5, 10, None]


def test_a_definition_makes_its_code_of_its_name() -> None:
    assert defined("", name=" Größe des  Rads ", kind="choice", choices=[("", "Sehr klein"), ("l", "L")]) == Definition(
        "grosse_des_rads", "Größe des Rads", "choice", (Choice("sehr_klein", "Sehr klein"), Choice("l", "L"))
    )
    assert [code_of(name) for name in ("2nd bike", "دراجة", " ")] == ["f_2nd_bike", "field", ""]


@pytest.mark.parametrize(
    ("given_words", "sentence"),
    [
        ({"code": "a", "name": " ", "kind": "text"}, "A field needs a name."),
        ({"code": "A b", "name": "A", "kind": "text"}, "A field's code is made of small letters, digits and _, and begins with a letter."),
        ({"code": "a", "name": "A", "kind": "choice"}, "A field to choose from needs its choices."),
        ({"code": "a", "name": "A", "kind": "text", "choices": [("b", "B")]}, "Only a field to choose from has choices."),
        ({"code": "a", "name": "A", "kind": "choice", "choices": [("b", "B"), ("b", "C")]}, "Each choice stands there once and has a name."),
    ],
)  # fmt: skip
def test_a_definition_that_makes_no_sense_is_refused(given_words: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadDefinition) as refused:
        defined(**given_words)
    assert str(refused.value) == sentence
