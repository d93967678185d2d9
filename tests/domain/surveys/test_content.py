"""Questionnaires: what may stand in one, how answers are read, who gets which survey and who is not asked."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from careline.domain.surveys.rules.answering import Read, is_low, may_change, read
from careline.domain.surveys.rules.asking import CaseFacts, against_asking, survey_for
from careline.domain.surveys.rules.content import BadContent, as_json, content_from, fits
from careline.domain.surveys.rules.defaults import content_to_begin_with
from careline.domain.surveys.rules.settings import BadSurvey, Settings, judged
from tests.world import NOON

SCORE = {"key": "score", "kind": "csat", "label": {"en": "How did we do?"}, "required": True}
WHY = {"key": "why", "kind": "choice", "label": {"en": "What was wrong?"}, "options": [["slow", {"en": "Slow"}], ["rude", {"en": "Rude"}]],
       "when": {"key": "score", "most": 2}}  # fmt: skip
WORDS = {"key": "words", "kind": "text", "label": {"en": "Anything else?"}}
CONTENT = content_from({"questions": [SCORE, WHY, WORDS]})


@pytest.mark.parametrize("kind", ["csat", "nps", "ces", "own"])
def test_a_questionnaire_to_begin_with_fits_its_kind_and_survives_being_kept(kind: str) -> None:
    content = content_from(content_to_begin_with(kind))
    fits(content, kind)
    assert content_from(as_json(content)) == content


def test_the_words_to_begin_with_are_there_in_all_five_languages() -> None:
    for kind in ("csat", "nps", "ces", "own"):
        for question in content_from(content_to_begin_with(kind)).questions:
            assert sorted(question.label) == ["ar", "de", "en", "es", "fr"]


@pytest.mark.parametrize(("given", "score", "values", "wrong"), [
    ({"score": "5", "words": " Fine. "}, 5, {"score": 5, "words": "Fine."}, {}),
    ({"score": "2", "why": "slow"}, 2, {"score": 2, "why": "slow"}, {}),
    ({"score": "5", "why": "slow"}, 5, {"score": 5}, {}),
    ({}, None, {}, {"score": "missing"}),
    ({"score": "6"}, None, {}, {"score": "scale"}),
    ({"score": "0"}, None, {}, {"score": "scale"}),
    ({"score": "٥"}, None, {}, {"score": "scale"}),
    ({"score": "1", "why": "<script>"}, 1, {"score": 1}, {"why": "choice"}),
    ({"score": "4", "words": "x" * 2001}, 4, {"score": 4}, {"words": "long"}),
    ({"score": "4", "words": "شكرًا جزيلًا"}, 4, {"score": 4, "words": "شكرًا جزيلًا"}, {}),
])  # fmt: skip
def test_answers_are_read_with_their_types(
    given: dict[str, str], score: int | None, values: dict[str, Any], wrong: dict[str, str]
) -> None:
    said = read(CONTENT, given)
    assert (said.score, said.values, said.wrong) == (score, values, wrong)


def test_the_comment_is_all_free_words() -> None:
    assert read(CONTENT, {"score": "4", "words": "Quick."}) == Read(4, {"score": 4, "words": "Quick."}, "Quick.", {})


@pytest.mark.parametrize(("given", "sentence"), [
    ({"questions": []}, "A questionnaire asks 1 to 20 questions."),
    ({"questions": [SCORE, SCORE]}, "Two questions have the same key."),
    ({"questions": [WHY, SCORE]}, "why waits for a question that does not stand above it."),
    ({"questions": [{**SCORE, "kind": "stars"}]}, "A question is one of csat, nps, ces, choice, text."),
    ({"questions": [{**SCORE, "label": {}}]}, "score has no words."),
    ({"questions": [{**WHY, "when": None, "options": [["a", {}]]}]}, "why has 2 to 20 different answers to choose from."),
    ("csat", "A questionnaire has questions."),
])  # fmt: skip
def test_a_questionnaire_that_cannot_be_says_why_in_one_sentence(given: Any, sentence: str) -> None:
    with pytest.raises(BadContent) as wrong:
        content_from(given)
    assert str(wrong.value) == sentence


def test_the_score_is_asked_of_everybody_by_the_scale_of_the_survey() -> None:
    with pytest.raises(BadContent):
        fits(CONTENT, "nps")
    asked_sometimes = content_from(
        {"questions": [WHY | {"when": None}, {**SCORE, "when": {"key": "why", "codes": ["slow"]}}]}
    )
    with pytest.raises(BadContent):
        fits(asked_sometimes, "csat")


@pytest.mark.parametrize(("changed", "field"), [
    ({"name": " "}, "name"), ({"kind": "stars"}, "kind"), ({"gap_days": -1}, "gap_days"), ({"low_at_most": 5}, "low_at_most"),
    ({"on_low": "fire"}, "on_low"), ({"expires_days": 0}, "expires_days"),
])  # fmt: skip
def test_settings_that_cannot_be_name_their_field(changed: dict[str, Any], field: str) -> None:
    with pytest.raises(BadSurvey) as wrong:
        judged(Settings(**{"name": "After", "kind": "csat"} | changed))
    assert wrong.value.field == field


def test_a_low_score_counts_up_to_its_limit() -> None:
    assert [is_low(score, 2) for score in (1, 2, 3, None)] == [True, True, False, False]
    assert is_low(1, None) is False


def test_an_answer_may_be_changed_for_a_day() -> None:
    assert may_change(answered_at=NOON, hours=24, at=NOON + timedelta(hours=24))
    assert not may_change(answered_at=NOON, hours=24, at=NOON + timedelta(hours=24, seconds=1))


ASKED = CaseFacts(True, True, customer=7, has_written=True, was_answered=True)


@pytest.mark.parametrize(("changed", "reason"), [
    ({}, ""), ({"is_merged": True}, "merged"), ({"is_spam": True}, "spam"), ({"is_resolved": False}, "reopened"),
    ({"is_same_resolution": False}, "reopened"), ({"has_written": False}, "nobody_wrote"), ({"customer": None}, "nobody_wrote"),
    ({"is_automatic": True}, "robot"), ({"was_answered": False}, "not_answered"), ({"has_opted_out": True}, "opted_out"),
    ({"has_answered": True}, "answered"), ({"asked_at": NOON - timedelta(days=29)}, "asked_lately"),
    ({"asked_at": NOON - timedelta(days=30)}, ""),
])  # fmt: skip
def test_who_is_not_asked(changed: dict[str, Any], reason: str) -> None:
    facts = CaseFacts(**{name: getattr(ASKED, name) for name in CaseFacts.__slots__} | changed)
    assert against_asking(facts, gap_days=30, at=NOON) == reason


def test_the_narrower_survey_goes_first() -> None:
    every = survey(1)
    of_brand, of_chat, of_team = survey(2, brand=9), survey(3, channel_kind="chat"), survey(4, team=5)
    known = [every, of_brand, of_chat, of_team]
    assert survey_for(known, brand=9, team=5, channel_kind="chat") is of_team
    assert survey_for(known, brand=9, team=6, channel_kind="chat") is of_chat
    assert survey_for(known, brand=9, team=None, channel_kind="email") is of_brand
    assert survey_for(known, brand=8, team=None, channel_kind="email") is every
    assert survey_for([], brand=8, team=None, channel_kind="email") is None


def survey(key: int, *, brand: int | None = None, team: int | None = None, channel_kind: str = "") -> Any:
    return SimpleNamespace(id=key, position=0, brand_id=brand, team_id=team, channel_kind=channel_kind)
