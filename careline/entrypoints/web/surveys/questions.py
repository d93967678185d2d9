"""The questions of a survey as a form on a page, and read from one."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from careline.domain.conversations.queries.structure import in_language
from careline.domain.surveys.rules.content import KINDS, MOST_QUESTIONS, SCALES
from careline.entrypoints.web.surveys.words import way_words, when_words

Json = dict[str, Any]


def question_rows(content: Json, language: str) -> list[Json]:
    """What the page shows of each question. `choices`: {language: one option in each line}."""
    rows: list[Json] = []
    for place, one in enumerate(content["questions"]):
        codes = {code for _code, words in one["options"] for code in words}
        rows.append({
            "row": f"q{place}", "place": place, **one, "title": in_language(one["label"], language) if one["label"] else "",
            "choices": {code: "\n".join(words.get(code, "") for _code, words in one["options"]) for code in codes},
            "above": [_above(other, one["when"], language) for other in content["questions"][:place]],
            "asked": when_words(one["when"], content["questions"][:place], language),
        })  # fmt: skip
    return rows


def written_content(form: QueryDict, languages: Sequence[str]) -> Json:
    """As JSON, with what the pressed button wants: a question more, less, or in another place."""
    questions = [_question(form, row, languages) for row in form.getlist("row")[:MOST_QUESTIONS]]
    what, _colon, which = form.get("act", "save").partition(":")
    place = int(which) if which.isascii() and which.isdecimal() and len(which) < 4 else -1
    if what == "add" and which in KINDS and len(questions) < MOST_QUESTIONS:
        questions.append(_empty(which))
    elif what == "remove" and 0 <= place < len(questions):
        del questions[place]
    elif what == "up" and 0 < place < len(questions):
        questions[place - 1], questions[place] = questions[place], questions[place - 1]
    return {
        "intro": _words(form, "intro", languages),
        "thanks": _words(form, "thanks", languages),
        "questions": questions,
    }


def _question(form: QueryDict, row: str, languages: Sequence[str]) -> Json:
    codes = form.getlist(f"{row}-code")
    lines = {code: form.get(f"{row}-choices-{code}", "").splitlines() for code in languages}
    most = max((len(each) for each in lines.values()), default=0)
    options = []
    for place in range(most):
        words = {code: each[place].strip() for code, each in lines.items() if place < len(each) and each[place].strip()}
        if words:
            options.append([codes[place] if place < len(codes) else f"o{secrets.token_hex(3)}", words])
    return {
        "key": form.get(f"{row}-key", ""), "kind": form.get(f"{row}-kind", ""), "label": _words(form, f"{row}-label", languages),
        "required": form.get(f"{row}-required") == "1", "low": _words(form, f"{row}-low", languages),
        "high": _words(form, f"{row}-high", languages), "options": options, "when": _when(form, row),
    }  # fmt: skip


def _when(form: QueryDict, row: str) -> Json | None:
    """Its choice is "key:how" of a question above: by its score, by what was chosen, or whether it was answered."""
    key, _colon, how = form.get(f"{row}-when", "").rpartition(":")
    ends = [
        int(end) if (end := form.get(f"{row}-{name}", "")).isdecimal() and len(end) < 3 else None
        for name in ("least", "most")
    ]
    said: Json = {"key": key, "least": None, "most": None, "codes": []}
    ways: dict[str, Json] = {
        "score": {"least": ends[0], "most": ends[1]}, "chosen": {"codes": form.getlist(f"{row}-when-{key}")},
        "answered": {"answered": True}, "unanswered": {"answered": False},
    }  # fmt: skip
    return said | ways[how] if how in ways else None


def _above(other: Json, when: Json | None, language: str) -> Json:
    """A question that another one may wait for, with its ways: [(how, words, whether it is the one)]. `options`: [(code, words, is_ticked)]."""
    mine = when if when and when["key"] == other["key"] else None
    by = "score" if other["kind"] in SCALES else "chosen" if other["kind"] == "choice" else ""
    answered = mine.get("answered") if mine else None
    chosen = "" if mine is None else by if answered is None else "answered" if answered else "unanswered"
    title = in_language(other["label"], language) if other["label"] else "…"
    return {
        "key": other["key"], "title": title, "has_score": by == "score",
        "ways": [(how, way_words(how, title), how == chosen) for how in (by, "answered", "unanswered") if how],
        "options": [(code, in_language(words, language), bool(mine and code in mine["codes"])) for code, words in other["options"]],
    }  # fmt: skip


def _empty(kind: str) -> Json:
    return {
        "key": f"q_{secrets.token_hex(4)}",
        "kind": kind,
        "label": {},
        "required": False,
        "low": {},
        "high": {},
        "options": [],
        "when": None,
    }


def _words(form: QueryDict, name: str, languages: Sequence[str]) -> dict[str, str]:
    return {code: text for code in languages if (text := form.get(f"{name}-{code}", "").strip())}
