"""What an article may be, its address, its way to readers, and how it stands in files."""

from time import process_time

import pytest

from careline.domain.knowledge.rules.article_files import BadFile, from_file, picture_path, pictures_of, with_pictures
from careline.domain.knowledge.rules.articles import BadArticle, pictures_in, slug_from, words_from
from careline.domain.knowledge.rules.workflow import STATES, acts_on, after, may_approve


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Where is my order?", "where-is-my-order"),
        ("Größe & Maße", "große-maße"),
        ("  Crème brûlée!! ", "creme-brulee"),
        ("كيف أضبط الفرامل؟", "كيف-أضبط-الفرامل"),
        ("ブレーキの調整", "ブレーキの調整"),
        ("../../etc/passwd", "etc-passwd"),
        ("???", ""),
        ("a" * 200, "a" * 80),
        ("word " * 40, "-".join(["word"] * 16)),
    ],
)
def test_an_address_is_made_of_the_title(title: str, slug: str) -> None:
    assert slug_from(title) == slug


def test_html_in_every_field_is_only_words() -> None:
    words = words_from(
        title="<b>Bells</b>\n", summary="<script>x</script>", slug="<i>", html="<p>a</p><script>x</script>"
    )
    assert (words.title, words.summary, words.slug, words.html, words.text) == (
        "<b>Bells</b>",
        "<script>x</script>",
        "i",
        "<p>a</p>",
        "a",
    )


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("title", {"title": " \x00 "}),
        ("title", {"title": "x" * 201}),
        ("summary", {"title": "x", "summary": "y" * 501}),
    ],
)
def test_what_cannot_be_kept_says_which_field_and_why(field: str, given: dict[str, str]) -> None:
    with pytest.raises(BadArticle) as wrong:
        words_from(**given)
    assert wrong.value.field == field


def test_each_state_allows_its_steps_and_no_others() -> None:
    assert {state: acts_on(state) for state in STATES} == {
        "draft": ("submit",), "review": ("send_back", "approve"), "approved": ("send_back", "schedule", "publish"),
        "scheduled": ("send_back", "schedule", "publish"), "published": (), "replaced": (), "withdrawn": (),
    }  # fmt: skip
    assert (after("draft", "submit"), after("scheduled", "publish")) == ("review", "published")
    with pytest.raises(ValueError, match="approved before"):
        after("draft", "publish")


def test_where_the_house_asks_for_it_nobody_approves_their_own() -> None:
    assert [may_approve(1, writers=writers, needs_another=True) for writers in ([1], [2, 1], [2], [])] == [
        False,
        False,
        True,
        True,
    ]
    assert may_approve(1, writers=[1], needs_another=False)


def test_pictures_are_known_by_their_places() -> None:
    place = "A" * 22
    assert pictures_in(
        f'<img src="/help/pictures/{place}"><img src="/help/pictures/{place}"><img src="/help/pictures/short">'
    ) == [place]


def test_markdown_with_front_matter_is_an_article() -> None:
    text = b'---\ntitle: "Flat tyre"\nlang: de\ncategory: care\nkind: faq\n---\nPatch it.\n'
    (found,) = from_file("x/flat.md", text, language="en")
    assert (found.title, found.language, found.category, found.kind, found.html) == (
        "Flat tyre",
        "de",
        "care",
        "faq",
        "<p>Patch it.</p>",
    )


def test_without_front_matter_the_first_heading_is_the_title_and_the_folder_the_language() -> None:
    (found,) = from_file("docs/fr/freins.md", "# Régler les freins\n\nTournez.".encode(), language="en")
    assert (found.title, found.language, found.html.strip()) == ("Régler les freins", "fr", "<p>Tournez.</p>")


def test_html_tells_by_its_head_what_it_is() -> None:
    page = b'<html lang="de"><head><title>Bremsen</title><meta name="kind" content="policy"></head><body><h2>a</h2></body></html>'
    (found,) = from_file("a.html", page, language="en")
    assert (found.title, found.language, found.kind, found.audience, found.html) == (
        "Bremsen",
        "de",
        "policy",
        "staff",
        "<h2>a</h2>",
    )


def test_a_sheet_has_an_article_on_each_row() -> None:
    found = from_file("a.csv", b"title;language;html\nBells;en;<p>Ring</p>\nKlingeln;de;<p>x</p>\n", language="en")
    assert [(one.title, one.language, one.html) for one in found] == [
        ("Bells", "en", "<p>Ring</p>"),
        ("Klingeln", "de", "<p>x</p>"),
    ]


@pytest.mark.parametrize(
    ("path", "content"),
    [("a.md", b"no heading"), ("a.md", b"\xff\xfe\x00"), ("a.csv", b"name,text\nx,y"), ("a.html", b"<p>x</p>")],
)
def test_a_file_that_is_no_article_says_so(path: str, content: bytes) -> None:
    with pytest.raises(BadFile):
        from_file(path, content, language="en")


def test_other_files_are_passed_over() -> None:
    assert from_file("a.png", b"\x89PNG", language="en") == []


def test_pictures_are_found_beside_the_article_and_nowhere_else() -> None:
    (found,) = from_file(
        "en/a.md", b"# T\n![x](../pics/a%20b.png) ![y](https://e.example/y.png) ![z](../../out.png)", language="en"
    )
    assert pictures_of(found) == ["pics/a b.png"]
    assert picture_path("/root.png", "en/a.md") == "root.png"
    assert 'src="/help/pictures/X"' in with_pictures(found.html, found.path, {"pics/a b.png": "/help/pictures/X"})


def test_tags_that_never_end_are_read_in_time_with_their_number() -> None:
    began = process_time()
    (found,) = from_file("a.html", b"<title>Bells</title>" + b"<img <html " * 20_000, language="en")
    assert (found.title, pictures_of(found), process_time() - began < 2) == ("Bells", [], True)
    with pytest.raises(BadFile, match="part it in two"):
        from_file("a.md", b"a" * 2_000_001, language="en")
