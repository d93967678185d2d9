"""Variables are written one way in every text, and none leaves the house unfilled."""

from __future__ import annotations

import pytest

from careline.domain.conversations.rules.filling import Hole, filled, holes_in, unknown_in
from careline.domain.knowledge.rules.variables import fill

LONG = "x" * 300
VALUES = {"customer.name": "Carol", "customer.first_name": ""}


@pytest.mark.parametrize(
    "written",
    ["{{customer.name}}", "{{Customer.Name}}", "{{ CUSTOMER.NAME | there }}", f"{{{{customer.name|{LONG}}}}}"],
)
def test_a_variable_is_seen_and_filled_however_it_is_written(written: str) -> None:
    text = f"Dear {written}, thanks."
    assert holes_in(text) == ("customer.name",)
    assert filled(text, VALUES) == "Dear Carol, thanks."
    assert fill(text, VALUES).text == "Dear Carol, thanks."


@pytest.mark.parametrize("written", ["{{customer.first_name|there}}", "{{Customer.First_Name|there}}"])
def test_where_it_is_empty_its_word_stands_in_letters_and_replies_alike(written: str) -> None:
    assert filled(written, VALUES) == fill(written, VALUES).text == "there"


def test_what_has_no_value_and_no_word_is_a_hole_for_both() -> None:
    with pytest.raises(Hole):
        filled("Dear {{Customer.First_name}}", VALUES)
    assert fill("Dear {{Customer.First_name}}", VALUES).unfilled == ("{{Customer.First_name}}",)
    assert unknown_in("{{order.number}} {{customer.name}}") == ("order.number",)


def test_words_in_braces_that_are_the_writer_s_own_may_leave() -> None:
    assert holes_in("Write {{ name }} into the template, and {one}.") == ()
