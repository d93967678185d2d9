"""Variables of canned replies: looked up once, shown where nobody knows them, never run."""

from __future__ import annotations

import pytest

from careline.domain.knowledge.rules.languages import language_for
from careline.domain.knowledge.rules.variables import Filled, fill, first_name, last_name, unknown_in

CAROL = {
    "customer.first_name": "Carol",
    "case.number": "7",
    "team.signature": "",
    "case.subject": "{{agent.email}} <b>",
}


def test_each_variable_is_replaced_by_what_it_stands_for_here() -> None:
    assert fill("Hello {{customer.first_name}}, about #{{ case.number }}.", CAROL) == Filled("Hello Carol, about #7.")


def test_what_nobody_knows_stands_there_still_and_is_named() -> None:
    said = fill("{{customer.nmae}} and {{customer.company}}, {{customer.company}}", CAROL)
    assert said == Filled(
        "{{customer.nmae}} and {{customer.company}}, {{customer.company}}",
        None,
        ("{{customer.nmae}}", "{{customer.company}}"),
    )


def test_a_word_of_ones_own_stands_in_for_an_empty_value() -> None:
    assert fill("Dear {{customer.company|friend}}{{team.signature}}", CAROL) == Filled("Dear friend")


def test_what_a_customer_wrote_is_never_read_as_a_variable() -> None:
    assert (
        fill("Re: {{case.subject}}", CAROL | {"agent.email": "ada@northwind.example"}).text == "Re: {{agent.email}} <b>"
    )


def test_values_are_escaped_in_html() -> None:
    assert fill("<p>{{case.subject}}</p>", CAROL, is_html=True).text == "<p>{{agent.email}} &lt;b&gt;</p>"


def test_the_caret_goes_where_the_first_cursor_stands() -> None:
    assert fill("Hi {{customer.first_name}}, {{cursor}} Yours{{cursor}}", CAROL) == Filled("Hi Carol,  Yours", 10)


@pytest.mark.parametrize(
    "strange",
    [
        "{{",
        "{{}}",
        "{{ }}",
        "{% for x in y %}",
        "{{ 7*7 }}",
        "{{ a.__class__ }}",
        "{{ x | }} }}",
        "${jndi}",
        "{{{{a}}}}",
    ],
)
def test_what_looks_like_a_program_stays_text(strange: str) -> None:
    assert fill(strange, {"a": "A"}).text in (strange, "{{A}}")


def test_the_writer_is_told_of_names_that_are_none() -> None:
    assert unknown_in("{{customer.name}} {{Customer.Name}} {{custmer.name}} {{cursor}}") == ["custmer.name"]


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Carol Jensen", "Carol", "Jensen"),
        ("Jensen, Carol", "Carol", "Jensen"),
        ("carol@example.com", "", ""),
        ("مريم", "مريم", ""),
        ("", "", ""),
    ],
)
def test_people_are_greeted_by_their_first_name(name: str, first: str, last: str) -> None:
    assert (first_name(name), last_name(name)) == (first, last)


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [("de", "de"), ("de-AT", "de"), ("pt-BR", "pt-PT"), ("ar", "fr"), ("", "fr"), ("EN", "en")],
)
def test_a_reply_speaks_the_cases_language_else_a_relative_else_the_companys(wanted: str, chosen: str) -> None:
    assert language_for({"en": 1, "de": 1, "pt-PT": 1, "fr": 1}, wanted=wanted, company=("fr", "en")) == chosen


def test_a_reply_in_no_language_has_none() -> None:
    assert language_for({}, wanted="de") == ""
