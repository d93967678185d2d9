"""When a question is asked: by a score, by a choice, by whether another one was answered at all; and what can't be waited for."""

from typing import Any

import pytest

from careline.domain.surveys.rules.answering import read
from careline.domain.surveys.rules.conditions import When, is_met
from careline.domain.surveys.rules.content import BadContent, as_json, content_from, fits
from careline.entrypoints.web.surveys.words import when_words

SCORE = {"key": "score", "kind": "nps", "label": {"en": "Would you recommend us?", "de": "Empfehlen Sie uns?"}}
WHY = {
    "key": "why",
    "kind": "choice",
    "label": {"en": "Why?"},
    "options": [["slow", {"en": "Slow"}], ["rude", {"en": "Rude"}], ["dear", {"en": "Dear"}]],
}
WORDS = {"key": "words", "kind": "text", "label": {"en": "What else?"}}


def asked(when: dict[str, Any]) -> dict[str, Any]:
    """A questionnaire whose last question waits."""
    last = {"key": "last", "kind": "text", "label": {"en": "And then?"}, "when": when}
    return {"questions": [SCORE, WHY, WORDS, last]}


@pytest.mark.parametrize(("when", "met"), [
    (When("score", most=6), [0, 3, 6]), (When("score", least=9), [9, 10]), (When("score", least=7, most=8), [7, 8]),
    (When("score", least=3, most=3), [3]), (When("score", answered=True), [0, 3, 6, 7, 8, 9, 10]), (When("score", answered=False), [None]),
])  # fmt: skip
def test_a_score_is_compared_at_both_its_ends(when: When, met: list[int | None]) -> None:
    assert [
        score for score in (None, 0, 3, 6, 7, 8, 9, 10) if is_met(when, {} if score is None else {"score": score})
    ] == met


@pytest.mark.parametrize(("when", "met"), [
    (When("why", codes=("slow",)), ["slow"]), (When("why", codes=("slow", "dear")), ["slow", "dear"]),
    (When("why", answered=True), ["slow", "rude", "dear"]), (When("why", answered=False), [None]),
])  # fmt: skip
def test_a_choice_is_one_of_several(when: When, met: list[str | None]) -> None:
    assert [
        code for code in (None, "slow", "rude", "dear") if is_met(when, {} if code is None else {"why": code})
    ] == met


def test_what_waits_for_no_answer_is_left_out_once_there_is_one() -> None:
    content = content_from(asked({"key": "words", "answered": False}))
    assert read(content, {"last": "Nothing."}).values == {"last": "Nothing."}
    assert read(content, {"words": "Late.", "last": "Nothing."}).values == {"words": "Late."}


def test_a_question_that_was_not_asked_counts_as_not_answered() -> None:
    why = {**WHY, "when": {"key": "score", "most": 6}}
    last = {"key": "last", "kind": "text", "label": {"en": "And then?"}, "when": {"key": "why", "codes": ["slow"]}}
    content = content_from({"questions": [SCORE, why, last]})
    said = {"why": "slow", "last": "Weeks."}
    assert read(content, {"score": "2", **said}).values == {"score": 2, **said}
    assert read(content, {"score": "9", **said}).values == {"score": 9}


@pytest.mark.parametrize("when", [
    {"key": "score", "least": 7, "most": 8}, {"key": "score", "most": 0}, {"key": "why", "codes": ["rude", "dear"]},
    {"key": "words", "answered": True}, {"key": "score", "answered": False},
])  # fmt: skip
def test_a_condition_survives_being_kept(when: dict[str, Any]) -> None:
    content = content_from(asked(when))
    fits(content, "nps")
    assert content_from(as_json(content)) == content


def test_a_survey_kept_before_is_not_another_one_for_what_it_never_asked() -> None:
    kept = as_json(content_from(asked({"key": "score", "most": 6})))
    assert kept["questions"][-1]["when"] == {"key": "score", "least": None, "most": 6, "codes": []}


@pytest.mark.parametrize(("when", "sentence"), [
    ({"key": "score"}, "Say from which score or up to which score it is asked."),
    ({"key": "score", "most": 11}, "Scores to wait for lie between 0 and 10, the smaller one first."),
    ({"key": "score", "least": 8, "most": 7}, "Scores to wait for lie between 0 and 10, the smaller one first."),
    ({"key": "score", "least": 1, "codes": ["slow"]}, "Scores to wait for lie between 0 and 10, the smaller one first."),
    ({"key": "why"}, "Say after which of its answers it is asked."),
    ({"key": "why", "codes": ["slow", "gone"]}, "Say after which of its answers it is asked."),
    ({"key": "words", "codes": ["slow"]}, "Free words can only be waited for as answered or not."),
    ({"key": "words", "most": 3}, "Free words can only be waited for as answered or not."),
    ({"key": "score", "most": 3, "answered": True}, "A condition asks one thing of an answer."),
    ({"key": "score", "answered": "yes"}, "A question was answered, or it was not: true or false."),
    ({"key": "score", "least": True}, "A condition's ends are whole numbers."),
])  # fmt: skip
def test_a_condition_that_cannot_be_met_says_why(when: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadContent) as wrong:
        fits(content_from(asked(when)), "nps")
    assert str(wrong.value) == sentence


@pytest.mark.parametrize(("when", "words"), [
    ({"key": "score", "most": 6}, "Asked where “Would you recommend us?” is 6 or less"),
    ({"key": "score", "least": 9}, "Asked where “Would you recommend us?” is 9 or more"),
    ({"key": "score", "least": 7, "most": 8}, "Asked where “Would you recommend us?” is from 7 to 8"),
    ({"key": "score", "least": 5, "most": 5}, "Asked where “Would you recommend us?” is exactly 5"),
    ({"key": "why", "codes": ["slow", "dear"]}, "Asked where “Why?” is one of: Slow · Dear"),
    ({"key": "words", "answered": True}, "Asked where “What else?” was answered"),
    ({"key": "words", "answered": False}, "Asked where “What else?” was not answered"),
    (None, ""),
])  # fmt: skip
def test_whoever_sets_it_reads_it_in_words(when: dict[str, Any] | None, words: str) -> None:
    questions = as_json(content_from(asked(when)))["questions"] if when else [SCORE]
    assert when_words(questions[-1].get("when"), questions[:-1], "en") == words
