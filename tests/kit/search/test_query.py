"""The language of queries: every text is read, whatever it holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careline.kit.search.query import MOST_TOKENS, parse, without

OPERATORS = {"from", "subject", "is", "field", "number", "before"}
ODD = [
    '"',
    "-",
    ":",
    "from:",
    "is:open",
    "a",
    "*",
    "#",
    "#12",
    " ",
    "field.",
    "“",
    "é",
    "http://x",
    ".",
    "\n",
    "東京",
    "\x00",
]
PIECES = st.lists(st.sampled_from(ODD)).map("".join)


def said(text: str) -> list[tuple[str, str, str, bool]]:
    return [(token.kind, token.name, token.value, token.negated) for token in parse(text, OPERATORS)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("refund bell", [("word", "", "refund", False), ("word", "", "bell", False)]),
        ('"exact  words"', [("phrase", "", "exact words", False)]),
        ("“exact words”", [("phrase", "", "exact words", False)]),
        ('"never closed', [("phrase", "", "never closed", False)]),
        ("-bell", [("word", "", "bell", True)]),
        ('-"exact words"', [("phrase", "", "exact words", True)]),
        ("bel*", [("prefix", "", "bel", False)]),
        ("from:carol", [("operator", "from", "carol", False)]),
        ('From:"Carol Jensen"', [("operator", "from", "Carol Jensen", False)]),
        ("-is:open", [("operator", "is", "open", True)]),
        ("#12", [("operator", "number", "12", False)]),
        ("form:carol", [("unknown", "form", "carol", False)]),
        ("from:", [("operator", "from", "", False)]),
        ("http://example.com/a", [("word", "", "http://example.com/a", False)]),
        ("12:30", [("word", "", "12:30", False)]),
        ("Re: bell", [("word", "", "Re:", False), ("word", "", "bell", False)]),
        ("", []),
        ('""', []),
    ],
)
def test_reads(text, pieces):
    assert said(text) == pieces


def test_a_field_is_named_behind_the_point():
    (token,) = parse("field.frame_size:54", OPERATORS)

    assert (token.name, token.detail, token.value) == ("field", "frame_size", "54")


def test_offers_the_operator_that_was_likely_meant():
    assert [parse(f"{name}:x", OPERATORS)[0].suggestion for name in ("form", "frm", "subjct", "zebra")] == [
        "from",
        "from",
        "subject",
        "",
    ]


def test_a_piece_can_be_taken_out():
    text = 'refund from:"Carol J" bell'
    tokens = parse(text, OPERATORS)

    assert without(text, tokens[1]) == "refund bell"


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=200), PIECES))
def test_never_fails_and_every_piece_stands_where_it_says(text):
    tokens = parse(text, OPERATORS)

    assert len(tokens) <= MOST_TOKENS
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert [token.start for token in tokens] == sorted({token.start for token in tokens})


def test_takes_no_time_on_the_longest_and_oddest():
    assert len(parse('-"' * 100_000, OPERATORS)) <= MOST_TOKENS
