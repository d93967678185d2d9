"""The questions of a survey as a form on a page, and read from one."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from careline.domain.conversations.queries.structure import in_language
from careline.domain.surveys.rules.content import KINDS, MOST_QUESTIONS, SCALES

Json = dict[str, Any]


def question_rows(content: Json, language: str) -> list[Json]:
    """What the page shows of each question. `choices`: {language: one option in each line}."""
    rows: list[Json] = []
    for place, one in enumerate(content["questions"]):
        codes = {code for _code, words in one["options"] for code in words}
        rows.append({
            "row": f"q{place}", "place": place, **one, "title": in_language(one["label"], language) if one["label"] else "",
            "choices": {code: "\n".join(words.get(code, "") for _code, words in one["options"]) for code in codes},
            "above": [(other["key"], in_language(other["label"], language)) for other in content["questions"][:place] if _may_decide(other, one)],
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
    key, low_to = form.get(f"{row}-when", ""), form.get(f"{row}-most", "")
    when = {"key": key, "least": None, "most": int(low_to) if low_to.isdecimal() and len(low_to) < 3 else None,
            "codes": form.getlist(f"{row}-when-code")} if key else None  # fmt: skip
    return {
        "key": form.get(f"{row}-key", ""), "kind": form.get(f"{row}-kind", ""), "label": _words(form, f"{row}-label", languages),
        "required": form.get(f"{row}-required") == "1", "low": _words(form, f"{row}-low", languages),
        "high": _words(form, f"{row}-high", languages), "options": options, "when": when,
    }  # fmt: skip


def _may_decide(other: Json, one: Json) -> bool:
    """Scales do; whatever else a condition names already stays."""
    return other["kind"] in SCALES or other["key"] == (one["when"] or {}).get("key")


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
