"""The words people read: each in all our languages, whole, and with the same names to fill in."""

import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation

from careline.entrypoints.portal.widget.words import words
from tests.house.tree import CODE, ROOT, files, place

LANGUAGES = ("de", "fr", "es", "ar")
FILLED_IN = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}|</?\w+>")
SAID_BY_SCRIPT = re.compile(
    r"(?:(?:textContent|innerText|title|placeholder|ariaLabel|alt) = |\b(?:say|alert|confirm)\(|"
    r"""setAttribute\("(?:aria-label|title|placeholder|alt)", )(["'`])([^"'`\n]*[^\W\d_]{3}[^"'`\n]*)\1(?! in )"""
)
WIDGET, CHAT = "portal/widget/script", " ".join(words()["en"])
"""The chat runs on pages of others and carries its words with it: its scripts say names of them."""
ARABIC, LATIN = re.compile(r"[\u0600-\u06ff]"), re.compile(r"[A-Za-z]{3}")


@pytest.fixture(autouse=True)
def _our_way_of_finding_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "bin")


@pytest.fixture(scope="module")
def catalogs() -> dict[str, Catalog]:
    return {language: _catalog(language) for language in LANGUAGES}


def test_the_languages_we_offer_are_those_we_have_words_in() -> None:
    assert tuple(code for code, _name in settings.LANGUAGES) == ("en", *LANGUAGES)


def test_every_word_of_the_screens_is_known_to_the_translators(catalogs: dict[str, Catalog]) -> None:
    written = _written()
    assert len(written) > 2000
    unknown = {language: sorted(written - _keys(catalog)) for language, catalog in catalogs.items()}
    assert unknown == {language: [] for language in LANGUAGES}, "bin/messages.sh takes them in"


def test_nothing_is_left_untranslated_or_half_done(catalogs: dict[str, Catalog]) -> None:
    left = [(language, word.id) for language, word in _words(catalogs) if not all(_forms(word)) or word.fuzzy]
    assert left == []


def test_names_to_fill_in_are_the_same_in_every_language(catalogs: dict[str, Catalog]) -> None:
    wrong = [
        (language, word.id, form)
        for language, word in _words(catalogs)
        for form in _forms(word)
        if form and not _fits(word, form)
    ]
    assert wrong == []


def test_a_name_that_was_translated_by_mistake_would_be_seen() -> None:
    catalog = Catalog("de")
    catalog.add("Hello %(name)s", "Hallo %(Name)s")
    catalog.add(("%(n)s case", "%(n)s cases"), ("Ein Fall", "Fälle"))
    assert [_fits(word, form) for word in catalog if word.id for form in _forms(word)] == [False, True, False]


def test_lines_begin_and_end_as_in_english(catalogs: dict[str, Catalog]) -> None:
    def edges(text: str) -> tuple[bool, bool]:
        return text[:1].isspace(), text[-1:].isspace()

    wrong = [
        (language, word.id)
        for language, word in _words(catalogs)
        for form in _forms(word)
        if edges(form) != edges(_english(word))
    ]
    assert wrong == []


def test_arabic_is_written_in_arabic(catalogs: dict[str, Catalog]) -> None:
    latin = {
        word.id
        for word in catalogs["ar"]
        if word.id and LATIN.search(FILLED_IN.sub("", _english(word))) and not any(map(ARABIC.search, _forms(word)))
    }
    names = {"Careline", "Stripe", "CSV", "JSON", "PDF"}
    addresses = {"name@example.com", "www.example.com", "https://www.example.com", "/checkout"}
    assert latin == (names | addresses | {"yesno"}) & latin


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", {0: "0 Fälle", 1: "1 Fall", 2: "2 Fälle", 11: "11 Fälle"}),
        (
            "ar",
            {
                0: "لا تذاكر",
                1: "تذكرة واحدة",
                2: "تذكرتان",
                3: "3 تذاكر",
                11: "11 تذكرة",
                100: "100 تذكرة",
                103: "103 تذاكر",
            },
        ),
    ],
)
def test_numbers_take_the_form_their_language_asks_for(language: str, said: dict[int, str]) -> None:
    with translation.override(language):
        assert {n: translation.ngettext("%(num)s case", "%(num)s cases", n) % {"num": n} for n in said} == said


def test_arabic_has_a_form_for_each_of_its_six_counts(catalogs: dict[str, Catalog]) -> None:
    counted = [word for word in catalogs["ar"] if isinstance(word.id, tuple)]
    assert {len(word.string) for word in counted} == {6}


@pytest.mark.full
def test_a_built_wheel_holds_them(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], cwd=ROOT, check=False
    )
    assert built.returncode == 0
    held = zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist()
    assert [f"careline/locale/{code}/LC_MESSAGES/django.mo" in held for code in LANGUAGES] == [True] * 4


def test_a_checkout_that_was_set_up_has_them_too() -> None:
    made = {code: (CODE / f"locale/{code}/LC_MESSAGES/django.mo").exists() for code in LANGUAGES}
    assert made == dict.fromkeys(LANGUAGES, True), "bin/messages.sh compile, which bin/setup.sh calls"
    steps = [line.strip() for line in (ROOT / "bin/setup.sh").read_text().splitlines()]
    assert (steps.count("bin/messages.sh compile"), steps.count("prepare")) == (1, 2)


def test_compiled_words_are_made_not_kept() -> None:
    assert [place(path) for path in files() if path.suffix == ".mo"] == []


def test_scripts_have_no_words_of_their_own() -> None:
    scripts = [path for path in files() if path.suffix == ".js" and CODE in path.parents]
    assert len(scripts) > 20
    said = [(place(path), words) for path in scripts for words in _said_by(path.read_text("utf-8"))]
    assert [(where, words) for where, words in said if not (WIDGET in where and words in CHAT)] == []


def test_a_word_in_a_script_would_be_seen() -> None:
    seen = _said_by('a.textContent = "Saved"; say(`Not sent`); b.setAttribute("aria-label", "Close it")')
    assert seen == ["Saved", "Not sent", "Close it"]
    assert _said_by('a.textContent = box.dataset.saved; b.title = ""; c.textContent = `${signs} / ${most}`') == []


def _said_by(script: str) -> list[str]:
    return [words for _quote, words in SAID_BY_SCRIPT.findall(re.sub(r"\$\{[^}]*\}|Careline", "", script))]


def _written() -> set[Any]:
    """Every message of our code and templates, as bin/messages.sh finds them."""
    with (ROOT / "babel.cfg").open() as told:
        methods, options = parse_mapping_cfg(told)
    keywords = DEFAULT_KEYWORDS | parse_keywords(("gettext_noop", "gettext_lazy", "ngettext_lazy:1,2"))
    found = extract_from_dir(CODE, methods, options, keywords)
    return {_key(message) for _file, _line, message, _comments, _context in found}


def _catalog(language: str) -> Catalog:
    with (CODE / f"locale/{language}/LC_MESSAGES/django.po").open("rb") as written:
        return read_po(written, locale=language)


def _words(catalogs: dict[str, Catalog]) -> Iterator[tuple[str, Any]]:
    return ((language, word) for language, catalog in catalogs.items() for word in catalog if word.id)


def _keys(catalog: Catalog) -> set[Any]:
    return {_key(word.id) for word in catalog if word.id}


def _key(message: Any) -> str:
    return message if isinstance(message, str) else message[0]


def _english(word: Any) -> str:
    return word.id if isinstance(word.id, str) else word.id[-1]


def _forms(word: Any) -> tuple[str, ...]:
    return word.string if isinstance(word.string, tuple) else (word.string,)


def _fits(word: Any, form: str) -> bool:
    """The same names; the forms of a count may leave it out where the word says it, as in "one case"."""
    asked, given = set(FILLED_IN.findall(_english(word))), set(FILLED_IN.findall(form))
    is_last = form == _forms(word)[-1]
    return given == asked if isinstance(word.id, str) or is_last else given <= asked
