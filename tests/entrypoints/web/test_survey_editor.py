"""When a question is asked, as the form of a survey says it: chosen there, shown there again, and kept by the rules."""

from typing import Any

import pytest
from django.http import QueryDict

from careline.domain.surveys.rules.content import as_json, content_from, fits
from careline.entrypoints.web.surveys.questions import question_rows, written_content

SCORE = "row=q0&q0-key=score&q0-kind=csat&q0-label-en=How+did+we+do%3F"
WHY = "row=q1&q1-key=why&q1-kind=choice&q1-label-en=Why%3F&q1-code=slow&q1-code=rude&q1-choices-en=Slow%0ARude"
LAST = "row=q2&q2-key=last&q2-kind=text&q2-label-en=And+then%3F"


def written(when: str) -> dict[str, Any]:
    return written_content(QueryDict(f"{SCORE}&{WHY}&{LAST}&{when}"), ["en"])


@pytest.mark.parametrize(("form", "when"), [
    ("q2-when=", None), ("q2-when=nonsense", None), ("q2-when=score:nonsense", None),
    ("q2-when=score:score&q2-least=&q2-most=2", {"key": "score", "least": None, "most": 2, "codes": []}),
    ("q2-when=score:score&q2-least=4&q2-most=", {"key": "score", "least": 4, "most": None, "codes": []}),
    ("q2-when=score:score&q2-least=2&q2-most=3&q2-when-why=slow", {"key": "score", "least": 2, "most": 3, "codes": []}),
    ("q2-when=why:chosen&q2-when-why=slow&q2-when-why=rude&q2-most=2", {"key": "why", "least": None, "most": None, "codes": ["slow", "rude"]}),
    ("q2-when=why:answered&q2-when-why=slow", {"key": "why", "least": None, "most": None, "codes": [], "answered": True}),
    ("q2-when=score:unanswered", {"key": "score", "least": None, "most": None, "codes": [], "answered": False}),
])  # fmt: skip
def test_what_was_chosen_is_kept_and_shown_again(form: str, when: dict[str, Any] | None) -> None:
    content = written(form)
    assert content["questions"][2]["when"] == when
    kept = content_from(content)
    fits(kept, "csat")
    shown = question_rows(as_json(kept), "en")[2]
    chosen = [f"{other['key']}:{how}" for other in shown["above"] for how, _words, is_it in other["ways"] if is_it]
    ticked = [code for other in shown["above"] for code, _words, is_ticked in other["options"] if is_ticked]
    assert chosen == ([form.partition("&")[0].removeprefix("q2-when=")] if when else [])
    assert ticked == (when["codes"] if when else [])
    assert bool(shown["asked"]) == (when is not None)


def test_a_score_and_a_choice_are_offered_their_own_ways_and_free_words_only_whether_they_are_there() -> None:
    rows = question_rows(written("row=q3&q3-key=more&q3-kind=text&q3-label-en=More"), "en")
    assert [[how for how, _words, _is_it in other["ways"]] for other in rows[3]["above"]] == [
        ["score", "answered", "unanswered"], ["chosen", "answered", "unanswered"], ["answered", "unanswered"],
    ]  # fmt: skip
    assert rows[3]["above"][0]["ways"][0][1] == "where “How did we do?” has the score below"
