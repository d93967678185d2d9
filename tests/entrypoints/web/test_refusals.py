"""What is refused with something filled in is told in the reader's language, figures and all."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.test import override_settings

from careline.entrypoints.web import refusals
from tests.house.tree import ROOT

GERMAN = {
    "Keep the note under %(longest)s characters.": "Die Notiz hat höchstens %(longest)s Zeichen.",
    "%(address)s is an agent already.": "%(address)s arbeitet schon hier.",
    "At most %(most)s %% of %(what)s are given back.": "Höchstens %(most)s %% von %(what)s gehen zurück.",
    "%(a)s: %(b)s.": "Unsinn",
    "Give %(least)s to %(most)s days.": "",
}


@pytest.fixture(autouse=True)
def _german(tmp_path: Path) -> object:
    catalog = Catalog("de")
    for english, german in GERMAN.items():
        catalog.add(english, german)
    (tmp_path / "de" / "LC_MESSAGES").mkdir(parents=True)
    with (tmp_path / "de" / "LC_MESSAGES" / "django.mo").open("wb") as mo:
        write_mo(mo, catalog)
    refusals._sentences.cache_clear()
    with override_settings(LOCALE_PATHS=[tmp_path]):
        yield
    refusals._sentences.cache_clear()


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        ("Keep the note under 2,000 characters.", "Die Notiz hat höchstens 2.000 Zeichen."),
        ("ben@northwind.example is an agent already.", "ben@northwind.example arbeitet schon hier."),
        ("At most 12.50 % of 1234 are given back.", "Höchstens 12,50 % von 1234 gehen zurück."),
        ("Give 1 to 90 days.", "Give 1 to 90 days."),
        ("Case: nothing.", "Case: nothing."),
        (
            "Nobody wrote this. Keep the note under 2 characters.",
            "Nobody wrote this. Keep the note under 2 characters.",
        ),
    ],
)
def test_a_sentence_is_found_again_by_its_words_and_figures_are_written_as_the_reader_does(
    raised: str, told: str
) -> None:
    assert refusals.told(raised, "de") == told


def test_without_words_in_a_language_it_is_told_as_it_was_raised() -> None:
    assert refusals.told("Keep the note under 2,000 characters.", "fr") == "Keep the note under 2,000 characters."


def test_translators_are_given_sentences_with_names_in_place_of_what_is_filled_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.syspath_prepend(ROOT / "bin")
    import told_words

    code = tmp_path / "code.py"
    code.write_text(
        'raise Refused(f"At most {MOST:,} of {case.name}, {MOST} % each.")\n'
        'raise NotFound(f"No case {number} here.")\n'
        'raise Refused(f"There is no team {team}.")\n'
        """raise Refused(f"One of {', '.join(KINDS)} will do.")\n"""
    )
    with code.open("rb") as text:
        found = [
            message for _line, _function, message, _comments in told_words.extract(text, {}, [], {"refusals": "yes"})
        ]
    assert found == ["At most %(most)s of %(name)s, %(most2)s %% each."]
