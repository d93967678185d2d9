"""The widget as one file: small, whole, and saying every word in five languages."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from careline.entrypoints.portal.widget.bundle import SOURCES, in_order, script, written
from careline.entrypoints.portal.widget.words import LANGUAGES, words

FILLED_IN = re.compile(r"%\(\w+\)s")
PLURALS = {"en": {"one", "other"}, "de": {"one", "other"}, "fr": {"one", "many", "other"}, "es": {"one", "many", "other"},
           "ar": {"zero", "one", "two", "few", "many", "other"}}  # fmt: skip
SAYS = re.compile(r"\bsay\(\s*(?:[\w.]+ \? )?\"(\w+)\"(?: : \"(\w+)\")?")


def test_all_of_it_weighs_at_most_30_kilobytes() -> None:
    assert len(script().packed) <= 30 * 1024


def test_it_asks_no_other_origin_for_anything_and_writes_no_html() -> None:
    text = script().content.decode()
    assert set(re.findall(r"https?://[\w.]+", text)) == {"http://www.w3.org"}
    assert (
        re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\.cookie\b", text)
        == []
    )


def test_modules_stand_after_those_they_take_from() -> None:
    modules = {"begin": 'import { a } from "./one.js";\na();\n', "one": "export const a = () => {};\n"}
    assert in_order(modules) == ["one", "begin"]
    assert written(modules, styles="").endswith("const a = () => {};\na();\n})();\n")


@pytest.mark.parametrize(
    ("modules", "told"),
    [
        ({"begin": "const a = 1;\n", "one": "export const a = 2;\n"}, "one.js and begin.js both have a a."),
        ({"begin": 'import { a } from "./one.js";\n'}, "one.js is imported in a circle, or is not there: begin → one."),
        ({"begin": 'import * as all from "./one.js";\n', "one": ""}, "imports or exports in a way that bundle.py does not know."),
    ],
)  # fmt: skip
def test_what_cannot_become_one_file_is_refused(modules: dict[str, str], told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        written(modules, styles="")


def test_every_word_is_there_in_every_language_with_the_same_names_in_it() -> None:
    table = words()
    assert {language: sorted(said) for language, said in table.items()} == {
        one: sorted(table["en"]) for one in LANGUAGES
    }
    for language, said in table.items():
        for key, word in said.items():
            english = table["en"][key]
            if isinstance(word, str) and isinstance(english, str):
                assert set(FILLED_IN.findall(word)) == set(FILLED_IN.findall(english)), (language, key)
                assert word.strip(), (language, key)
            elif isinstance(word, dict):
                assert set(word) == PLURALS[language], (language, key)


def test_the_scripts_say_only_words_that_are_there_and_all_of_them() -> None:
    text = "".join(path.read_text("utf-8") for path in sorted(Path(SOURCES).glob("*.js")))
    said = (
        {key for pair in SAYS.findall(text) for key in pair if key}
        | {f"score{score}" for score in range(1, 6)}
        | {"sending", "seen"}
    )
    assert said == set(words()["en"])


def test_the_script_is_given_to_every_page_and_is_asked_for_anew_only_under_its_short_name(client: Client) -> None:
    short = client.get("/chat/widget.js", headers={"Accept-Encoding": "gzip"})
    kept = client.get(f"/chat/widget-{script().digest}.js")
    assert (short.status_code, short.content, short["Content-Encoding"]) == (200, script().packed, "gzip")
    assert (kept.status_code, kept.content) == (200, script().content)
    assert [one["Cache-Control"] for one in (short, kept)] == [
        "public, max-age=300, stale-while-revalidate=86400",
        "public, max-age=31536000, immutable",
    ]
    assert (short["Cross-Origin-Resource-Policy"], short["Access-Control-Allow-Origin"]) == ("cross-origin", "*")
    assert client.get("/chat/widget.js", headers={"If-None-Match": short["ETag"]}).status_code == 304
    assert client.get("/chat/widget-0000.js").status_code == 404
    assert client.post("/chat/widget.js").status_code == 405


def test_the_page_to_try_it_on_holds_the_line_and_nothing_that_is_no_key(client: Client, db: Any) -> None:
    from tests.world import make_world

    make_world()
    page = client.get(f"/chat/try/{'5f' * 16}").content.decode()
    assert f'<script src="/chat/widget.js" data-site="{"5f" * 16}" data-language="en" async></script>' in page
    assert client.get("/chat/try/short").status_code == 404
    assert client.get("/chat/try/%22%3E%3Cscript%3Ealert").status_code == 404
