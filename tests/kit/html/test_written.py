"""Plain text written as HTML."""

from __future__ import annotations

import time

import pytest

from careline.kit.html import html_of, sanitise, text_of


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Dear Carol,\n\nyes.\nAda", "<p>Dear Carol,</p>\n<p>yes.<br>\nAda</p>"),
        ("<b> & \"x\"", "<p>&lt;b&gt; &amp; &quot;x&quot;</p>"),
        ("see https://northwind.example/a?b=1&c=2.",
         '<p>see <a href="https://northwind.example/a?b=1&amp;c=2" rel="noopener noreferrer">'
         "https://northwind.example/a?b=1&amp;c=2</a>.</p>"),
        ("(https://northwind.example/a_(b))",
         '<p>(<a href="https://northwind.example/a_(b)" rel="noopener noreferrer">https://northwind.example/a_(b)</a>)</p>'),
        ("to carol@example.com.",
         '<p>to <a href="mailto:carol@example.com" rel="noopener noreferrer">carol@example.com</a>.</p>'),
        ("a  b\r\nc", "<p>a&nbsp; b<br>\nc</p>"),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
        ("  \n ", ""),
    ],
)  # fmt: skip
def test_writes(text, html):
    assert html_of(text) == html


def test_comes_back_as_the_same_words():
    text = "Dear Carol,\n\nyes & no: 1 < 2.\nAda"

    assert text_of(sanitise(html_of(text))) == text


@pytest.mark.parametrize("piece", ["a@", "http://", "(", "a.", "@", "\n", " \n", "https://x)", "a@a.a."])
def test_takes_time_in_proportion_on_hostile_repetition_of(piece):
    began = time.process_time()

    html_of(piece * (1_000_000 // len(piece)))

    assert time.process_time() - began < 4
