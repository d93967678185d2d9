"""What people write for readers keeps its structure, and nothing of it runs, loads from elsewhere or leads astray."""

import pytest

from careline.kit.html.authored import MOST_CHARACTERS, authored

OURS = "/help/pictures/"


def clean(html: str) -> str:
    return authored(html, pictures=OURS)


@pytest.mark.parametrize(
    "kept",
    [
        "<h2>Brakes</h2><p>Turn <strong>it</strong>.</p>",
        '<ul><li>one</li></ul><ol start="3"><li>three</li></ol>',
        '<table><thead><tr><th>What</th></tr></thead><tbody><tr><td colspan="2">x</td></tr></tbody></table>',
        '<img src="/help/pictures/abc_-1" alt="A brake">',
        '<p dir="rtl">كيف أضبط الفرامل؟</p>',
        "<pre><code>a &lt; b</code></pre><blockquote><p>q</p></blockquote>",
    ],
)
def test_structure_stays(kept: str) -> None:
    assert clean(kept) == kept


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("<h1>Title</h1>", "<h2>Title</h2>"),
        ("<h5>x</h5>", "<h4>x</h4>"),
        ('<p onclick="x()" style="color:red" class="y">a</p>', "<p>a</p>"),
        ("<script>x</script><style>y</style><p>a</p>", "<p>a</p>"),
        ('<img src="https://tracker.example/x.png" alt="x"><p>a</p>', "<p>a</p>"),
        ('<img src="/help/pictures/../../secret">', ""),
        ('<iframe src="/x"></iframe><svg onload=x></svg>a', "a"),
        ("<form action=/x><input name=a><p>a</p></form>", "<p>a</p>"),
    ],
)
def test_what_runs_loads_or_looks_goes(given: str, left: str) -> None:
    assert clean(given) == left


@pytest.mark.parametrize(
    "good", ["https://example.com/a", "mailto:carol@example.com", "tel:+4930", "/help/en/brakes", "#part-2"]
)
def test_links_that_lead_somewhere_stay(good: str) -> None:
    assert f'href="{good}"' in clean(f'<a href="{good}">x</a>')


@pytest.mark.parametrize(
    "bad",
    [
        "javascript:alert(1)",
        "java\tscript:x",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "data:text/html,x",
        "vbscript:x",
        "evil",
    ],
)
def test_links_that_lead_astray_go(bad: str) -> None:
    assert "href" not in clean(f'<a href="{bad}">x</a>')


def test_far_too_much_becomes_plain_paragraphs() -> None:
    assert "<b>" not in clean("<b>" * 300 + "deep" + "</b>" * 300)
    assert clean("<p>" + "a " * MOST_CHARACTERS).startswith("<p>a a")
