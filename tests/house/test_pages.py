"""Pages: every word can be translated, and nothing is fetched from another origin."""

import re
from pathlib import Path

from tests.house.tree import CODE, files, place, template_files

NOT_WORDS = [
    re.compile(r"\{#.*?#\}", re.S),
    re.compile(r"\{%-?\+?\s*trans\b.*?endtrans\s*-?%\}", re.S),
    re.compile(r"<(script|style|code|kbd|pre|svg)\b.*?</\1>", re.S | re.I),
    re.compile(r"\{%.*?%\}", re.S),
    re.compile(r"\{\{.*?\}\}", re.S),
    re.compile(r"<!--.*?-->|<!doctype[^>]*>", re.S | re.I),
]
TAG = re.compile(r"<(?:\"[^\"]*\"|'[^']*'|[^>\"'])*>", re.S)
SPOKEN_ATTRIBUTE = re.compile(r"\s(?:placeholder|title|alt|aria-label|aria-description)=\"([^\"]*)\"")
WORD = re.compile(r"[^\W\d_]{2,}")
# Proper names are the same in every language.
UNTRANSLATED = {"Careline"}
ENTITY = re.compile(r"&\w+;")
FETCHED = re.compile(
    r"<(?:script|link|img|iframe|source|audio|video|form)\b[^>]*?\b(?:src|href|srcset|action)=[\"']?(?:https?:)?//|"
    r"url\(\s*[\"']?(?:https?:)?//|@import\s+[\"'](?:https?:)?//|"
    r"\bfetch\(\s*[\"'`](?:https?:)?//|\bfrom\s+[\"']https?://",
    re.I,
)


def test_every_word_on_a_page_can_be_translated() -> None:
    bare = {place(path): words for path in template_files() if (words := bare_words(path.read_text("utf-8")))}
    assert bare == {}


def test_a_bare_word_would_be_seen() -> None:
    assert bare_words('<p class="x">Hello {{ name }}</p>') == ["Hello"]
    assert bare_words('<input placeholder="Search">') == ["Search"]
    assert bare_words('<p>{{ _("Hello") }} {% trans %}you{% endtrans %} · {# why #}</p>') == []


def test_nothing_is_fetched_from_another_origin() -> None:
    foreign = [place(path, line) for path in _page_files() for line in foreign_fetches(path.read_text("utf-8"))]
    assert foreign == []


def test_a_foreign_script_would_be_seen() -> None:
    assert foreign_fetches('<p>\n<script src="https://cdn.example/x.js">') == [2]
    assert foreign_fetches('<script src="{{ static("web/live.js") }}"></script><a href="https://example.com">') == []


def bare_words(template: str) -> list[str]:
    """Words that people would see and translators would not."""
    for pattern in NOT_WORDS:
        template = pattern.sub(" ", template)
    spoken = " ".join(SPOKEN_ATTRIBUTE.findall(template))
    text = ENTITY.sub(" ", TAG.sub(" ", template) + " " + spoken)
    return [word for word in WORD.findall(text) if word not in UNTRANSLATED]


def foreign_fetches(text: str) -> list[int]:
    return [text.count("\n", 0, match.end()) + 1 for match in FETCHED.finditer(text)]


def _page_files() -> list[Path]:
    kinds = {".html", ".jinja", ".css", ".js", ".mjs", ".svg"}
    return [path for path in files() if CODE in path.parents and path.suffix in kinds]
