"""Markdown as other help centres write it."""

import pytest

from careline.kit.markdown import html_of_markdown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# Brakes #\n\nTurn *it* **now**.", "<h1>Brakes</h1>\n<p>Turn <em>it</em> <strong>now</strong>.</p>"),
        ("Brakes\n===\nA\n---", "<h1>Brakes</h1>\n<h2>A</h2>"),
        ("- one\n- two\n  - deep\n", "<ul><li>one</li><li>two\n<ul><li>deep</li></ul></li></ul>"),
        ("3. three\n4. four", '<ol start="3"><li>three</li><li>four</li></ol>'),
        ("- a\n\n  more\n- b", "<ul><li><p>a</p>\n<p>more</p></li><li>b</li></ul>"),
        ("> quoted\n> on", "<blockquote><p>quoted\non</p></blockquote>"),
        ("```py\na < b\n```", "<pre><code>a &lt; b</code></pre>"),
        ("| a | b |\n|---|:-:|\n| 1 | x\\|y |", "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>x|y</td></tr>"
         "</tbody></table>"),
        ("![A brake](pics/a.png \"x\") [on](/help/en/x)", '<p><img src="pics/a.png" alt="A brake"> <a href="/help/en/x">on</a></p>'),
        ("`a*b*` \\*c\\* snake_case_word", "<p><code>a*b*</code> *c* snake_case_word</p>"),
        ("one  \ntwo", "<p>one<br>\ntwo</p>"),
        ("<https://example.com>", '<p><a href="https://example.com">https://example.com</a></p>'),
        ("***", "<hr>"),
        ("", ""),
    ],
)  # fmt: skip
def test_is_read_as_html(text: str, html: str) -> None:
    assert html_of_markdown(text) == html


@pytest.mark.parametrize(
    "hostile", ["[" * 5000, "> " * 3000 + "x", "*" * 5000, "- " * 2000, "`" * 4001, "![](" * 3000, "|" * 5000 + "\n|-|"]
)
def test_hostile_words_take_no_longer_than_others(hostile: str) -> None:
    assert isinstance(html_of_markdown(hostile), str)
