"""The piece of a text that shows why it was found."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careline.kit.search.snippets import Marks, as_html, as_text, snippet


@pytest.mark.parametrize(
    ("text", "marks", "shown"),
    [
        ("My <b>Café</b> bell", Marks(frozenset({"cafe"})), "My &lt;b&gt;<mark>Café</mark>&lt;/b&gt; bell"),
        ("Deliveries come", Marks(prefixes=("deliver",)), "<mark>Deliveries</mark> come"),
        ("Order order-1001 now", Marks(frozenset({"1001"})), "Order <mark>order-1001</mark> now"),
        ("私の自転車です", Marks(frozenset({"自転", "転車"})), "私の<mark>自転車</mark>です"),
        ("Nothing here", Marks(frozenset({"bell"})), "Nothing here"),
    ],
)
def test_marks(text, marks, shown):
    assert as_html(snippet(text, marks)) == shown


def test_shows_the_place_and_not_the_whole():
    found = as_text(snippet("before " * 100 + "bell " + "after " * 100, Marks(frozenset({"bell"})), length=60))

    assert re.fullmatch(r"… (before )+bell( after)+ …", found)
    assert len(found) < 80


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400), st.frozensets(st.text("abc東", min_size=1, max_size=3), max_size=4))
def test_never_fails_and_leaves_no_markup_of_strangers(text, words):
    html = as_html(snippet(text, Marks(words), length=50))

    assert "<" not in html.replace("<mark>", "").replace("</mark>", "")
