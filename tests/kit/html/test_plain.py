"""HTML read as plain text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careline.kit.html import text_of


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Dear Ada,</p><p>thank you.</p>", "Dear Ada,\n\nthank you."),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("one<br>two<br/><br />three", "one\ntwo\n\nthree"),
        ("<div>a</div><div><br></div><div>b</div>", "a\n\nb"),
        ("<p>  many \n  spaces&nbsp;here </p>", "many spaces here"),
        ("a<b>b</b> <i>c</i>", "ab c"),
        ("1 &lt; 2 &amp;&amp; caf&eacute; &#8364;", "1 < 2 && café €"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("<ul><li>one<li>two</ul>", "- one\n- two"),
        ("<ol start=3><li>one</li><li>two<ul><li>deep</li></ul></li></ol>", "3. one\n4. two\n  - deep"),
        ("<table><tr><th>Item</th><th>Qty</th></tr><tr><td>Bike</td><td>2</td></tr></table>", "Item | Qty\nBike | 2"),
        ("<table><tr><td><p>Bike</p></td><td><p>2</p></td></tr></table>", "Bike | 2"),
        ("<pre>a\n  b\n\nc</pre>", "a\n  b\n\nc"),
        (
            "<p>Hi</p><blockquote>old<br>words<blockquote>older</blockquote></blockquote>new",
            "Hi\n\n> old\n> words\n>\n>> older\n\nnew",
        ),
        ("see <a href='https://northwind.example/a'>our page</a>.", "see our page (https://northwind.example/a)."),
        ("<a href='https://northwind.example/'>northwind.example</a>", "northwind.example"),
        ("<a href='mailto:carol@example.com'>carol@example.com</a>", "carol@example.com"),
        ("<a href='javascript:x'>click</a>", "click"),
        ("<div style='display: none'>preheader</div><p>Hello</p>", "Hello"),
        ("<div style='display:none'><div>a</div>b</div>c", "c"),
        ("<span style='mso-hide:all'>x</span>y", "y"),
        ("<head><title>T</title><style>p{}</style><script>x</script></head><body>b</body>", "b"),
        ("<!-- no --><!doctype html><?xml x?>yes", "yes"),
        ("<p>a<img src=x alt='Logo'>b</p>", "a [Logo] b"),
        ("a<hr>b", "a\n--------------------\nb"),
        ("zero\u200bwidth", "zerowidth"),
        ("", ""),
        ("<p></p>", ""),
    ],
)
def test_reads(html, text):
    assert text_of(html) == text


def test_shows_hidden_words_where_there_are_no_others():
    assert text_of("<div style='display:none'>all of it</div>") == "all of it"


def test_shows_everything_where_hiding_never_ends():
    assert text_of("a<div style='display:none'>b") == "a\nb"


@pytest.mark.parametrize("html", ["a <b", "a <!-- b", "a <script> b", "a <p title='b"])
def test_loses_no_words_behind_what_never_closes(html):
    assert "b" in text_of(html)


@pytest.mark.parametrize(
    "piece",
    ["<div>", "<", "<a ", '<a x="', "<!--", "<script>", "<blockquote>x", "<ul><li>a", "<pre>\n", "<a x=\"' ", "&",
     "<table><tr><td>a", "<td><a href=http://x.example>b</a>", "<b style='display:none'>", "<img alt='a'>",
     "\x00", "</"],
)  # fmt: skip
def test_takes_time_in_proportion_on_hostile_repetition_of(piece):
    began = time.process_time()

    text_of(piece * (1_000_000 // len(piece)))

    assert time.process_time() - began < 4


@pytest.mark.full
def test_bounds_ten_megabytes():
    began = time.process_time()

    assert len(text_of("<p>word word word</p>" * 500_000)) > 5_000_000
    assert time.process_time() - began < 15


_PIECES = [
    "<div>",
    "</div>",
    "<a href=x>",
    "</a>",
    "<td>",
    "</td>",
    "<tr>",
    "<table>",
    "<li>",
    "</ul>",
    "<pre>",
    "</pre>",
    "<blockquote>",
    "</blockquote>",
    "<br>",
    "<hr>",
    "<b style='display:none'>",
    "<!--",
    "-->",
    "&#0;",
    "&#xd800;",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=20), max_size=12))
def test_reads_any_mixture_without_complaint(pieces):
    assert text_of("".join(pieces)).endswith("\n") is False
