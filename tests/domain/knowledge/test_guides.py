"""What is wrong with a guide before anybody walks it, and where somebody stands in it."""

from typing import Any

import pytest

from careline.domain.knowledge.rules.guides import BadGuide, as_data, faults_of, steps_from
from careline.domain.knowledge.rules.walking import LostPath, answered, stand_of


def step(key: str, *answers: tuple[str, str], ask: str = "Does it light up?") -> dict[str, Any]:
    """Answers as (key, where it leads): a step's key, solved or hand_over."""
    made = [
        {"key": key, "say": {"en": key}} | ({"end": to} if to in ("solved", "hand_over") else {"to": to})
        for key, to in answers
    ]
    return {"key": key, "ask": {"en": ask} if ask else {}, "hint": {}, "answers": made}


LIGHT = [step("a", ("yes", "b"), ("no", "hand_over")), step("b", ("works", "solved"), ("not", "hand_over"))]


def wrong_with(*steps: dict[str, Any]) -> list[str]:
    return [fault.sentence for fault in faults_of(steps_from(list(steps)))]


def test_a_guide_whose_every_way_ends_has_no_fault() -> None:
    assert wrong_with(*LIGHT) == []
    assert as_data(steps_from(LIGHT)) == LIGHT


def test_what_stands_against_a_guide_is_said_by_step() -> None:
    assert wrong_with() == ["A guide needs at least one step."]
    assert wrong_with(step("a", ("yes", "b")), step("b")) == ["Step 2 is a dead end: it has no answers."]
    assert wrong_with(step("a", ("yes", "gone"))) == ["An answer of step 1 leads nowhere."]
    assert wrong_with(step("a", ("yes", "solved"), ask="")) == ["Step 1 asks nothing."]
    assert wrong_with(step("a", ("yes", "solved")), step("b", ("yes", "solved"))) == ["No answer leads to step 2."]
    bare = step("a", ("yes", "solved"))
    bare["answers"][0]["say"] = {}
    assert wrong_with(bare) == ["An answer of step 1 says nothing."]


def test_a_guide_that_comes_back_to_itself_is_refused() -> None:
    assert wrong_with(step("a", ("again", "a"))) == ["Step 1 comes back to itself through step 1."]
    around = [step("a", ("yes", "b")), step("b", ("yes", "c")), step("c", ("yes", "solved"), ("no", "a"))]
    assert wrong_with(*around) == ["Step 1 comes back to itself through step 3."]
    diamond = [
        step("a", ("l", "b"), ("r", "c")),
        step("b", ("on", "d")),
        step("c", ("on", "d")),
        step("d", ("ok", "solved")),
    ]
    assert wrong_with(*diamond) == []


@pytest.mark.parametrize(
    ("given", "part"),
    [
        ("no list", "steps"),
        ([{"key": "A!", "ask": {}}], "steps[0].key"),
        ([LIGHT[0], LIGHT[0]], "steps"),
        ([{"key": "a", "ask": {"en": 7}}], "steps[0].ask"),
        ([{"key": "a", "ask": {"en": "x" * 2_001}}], "steps[0].ask"),
        ([{"key": "a", "ask": {}, "answers": [{"key": "b", "end": "boom"}]}], "steps[0].answers[0].end"),
        ([{"key": "a", "ask": {}, "answers": [{"key": "b", "to": "c", "end": "solved"}]}], "steps[0].answers[0]"),
        ([{"key": str(n), "ask": {}} for n in range(61)], "steps"),
    ],
)
def test_what_is_no_guide_is_refused_by_its_part(given: Any, part: str) -> None:
    with pytest.raises(BadGuide) as refused:
        steps_from(given)
    assert refused.value.field == part


def test_a_path_leads_from_question_to_question() -> None:
    steps = steps_from(LIGHT)
    assert stand_of(steps, []).step == steps[0]
    path = answered(steps, [], step="a", answer="yes")
    assert (path, stand_of(steps, path).step) == ([["a", "yes"]], steps[1])
    path = answered(steps, path, step="b", answer="works")
    stand = stand_of(steps, path)
    assert (stand.step, stand.ended and stand.ended.end) == (None, "solved")
    assert [asked.key for asked, _ in stand.walked] == ["a", "b"]


def test_an_answer_given_twice_counts_once_and_one_given_elsewhere_is_refused() -> None:
    steps = steps_from(LIGHT)
    path = [["a", "yes"]]
    assert answered(steps, path, step="a", answer="yes") == path
    for step_key, answer in (("a", "no"), ("b", "perhaps"), ("z", "yes")):
        with pytest.raises(LostPath):
            answered(steps, path, step=step_key, answer=answer)
    with pytest.raises(LostPath):
        answered(steps, [["a", "no"]], step="b", answer="works")
