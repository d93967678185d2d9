"""Which of the company's languages a text is written in."""

from __future__ import annotations

import subprocess
import sys

import pytest

from careline.kit import language
from careline.kit.language import language_of

ALLOWED = ("en", "de", "fr", "es", "it", "nl", "pt-br", "pl", "sv", "nb", "ja", "zh", "ru", "uk", "ar")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hello Ada, my bike is broken and I need help", "en"),
        ("Mein Fahrrad ist kaputt, was soll ich nun tun?", "de"),
        ("Bonjour, mon vélo est cassé depuis hier", "fr"),
        ("Minha bicicleta está quebrada desde ontem", "pt-br"),
        ("Mój rower jest zepsuty od wczoraj", "pl"),
        ("Sykkelen min er ødelagt, hva gjør jeg nå?", "nb"),
        ("自転車が壊れました", "ja"),
        ("我的自行车坏了", "zh"),
    ],
)
def test_knows(text, language):
    assert language_of(text, ALLOWED) == language


@pytest.mark.parametrize("text", ["", "ok", "Thanks!", "12345 67890 12345", "https://northwind.example/some/long/page"])
def test_does_not_guess_from(text):
    assert language_of(text, ALLOWED) == ""


def test_answers_only_with_a_language_of_the_company():
    assert language_of("Mein Fahrrad ist kaputt, was soll ich nun tun?", ["fr", "de-at"]) == "de-at"
    assert language_of("Hello Ada, my bike is broken", []) == ""
    assert language_of("Hello Ada, my bike is broken", ["tlh"]) == ""


def test_loads_its_model_only_when_first_asked():
    program = "import sys, careline.kit.language; print('numpy' in sys.modules or 'py3langid' in sys.modules)"

    assert (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "False\n"
    )


def test_judges_without_the_numerical_library():
    program = (
        "import sys; from careline.kit.language import language_of;"
        "print(language_of('Mein Fahrrad ist kaputt', ('en', 'de')), 'numpy' in sys.modules)"
    )

    assert (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
        == "de False\n"
    )


def test_knows_no_language_while_its_model_cannot_be_made(monkeypatch):
    monkeypatch.setattr(language, "_SECONDS_TO_MAKE", 0)

    assert language_of("Mein Fahrrad ist kaputt, was soll ich tun?", ("de", "fr")) == ""

    monkeypatch.undo()
    assert language_of("Mein Fahrrad ist kaputt, was soll ich tun?", ("de", "fr")) == "de"
