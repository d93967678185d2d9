"""The words of a text as search knows them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careline.kit.search import words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("My Bike, is broken!", ["my", "bike", "is", "broken"]),
        ("Straße", ["strasse"]),
        ("Łódź Ærø Œuvre café naïve", ["lodz", "aero", "oeuvre", "cafe", "naive"]),
        ("İSTANBUL ısı", ["istanbul", "isi"]),
        ("order-1001", ["order-1001", "order", "1001"]),
        ("#1001", ["1001"]),
        ("RMA1001x", ["rma1001x", "1001"]),
        ("Carol@Example.com.", ["carol@example.com", "carol", "example", "com"]),
        ("e-mail", ["e", "mail", "email"]),
        ("2026-11-22", ["2026-11-22", "2026", "11", "22"]),
        ("東京都", ["東京", "京都"]),
        ("車", ["車"]),
        ("自転車bike", ["自転", "転車", "bike"]),
        ("สวัสดี", ["สว", "วั", "ัส", "สด", "ดี"]),
        ("한국어", ["한국", "국어"]),
        ("नमस्ते दुनिया।", ["नमस्ते", "दुनिया"]),
        ("Ёлка й", ["елка", "и"]),
        ("Ωμέγας", ["ωμεγασ"]),
        ("مُحَمَّد", ["محمد"]),
        ("ＡＢＣ ﬁne", ["abc", "fine"]),
        ("don't", ["don", "t", "dont"]),
        ("...---''' ", []),
        ("", []),
    ],
)
def test_finds_in(text, words):
    assert words_of(text) == words


def test_reads_the_same_words_whatever_the_form_of_the_accents():
    assert words_of("cafe\u0301 Zu\u0308rich") == words_of("café Zürich") == ["cafe", "zurich"]


def test_caps_words_and_their_length():
    words = words_of("x" * 1000 + " word" * 30_000)

    assert (len(words), words[0], words[1]) == (20_000, "x" * 64, "word")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_gives_words_without_spaces_for_any_text(text):
    assert [word for word in words_of(text) if not word or len(word) > 64 or word != "".join(word.split())] == []


@pytest.mark.parametrize("piece", ["a", "a-", "-", "東", "@", "a@", "สวัส", "é", "1.", " ", "\u0301", "é-"])
def test_takes_time_in_proportion_on_a_megabyte_of(piece):
    began = time.process_time()

    words_of(piece * (1_000_000 // len(piece)))

    assert time.process_time() - began < 2
