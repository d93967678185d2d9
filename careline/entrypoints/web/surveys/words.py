"""Surveys, scores and reasons in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from careline.domain.conversations.queries.structure import in_language
from careline.domain.surveys.rules.content import SCALES
from careline.entrypoints.web.followups.words import outcome_words
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import iso, moment_words


def kind_words(kind: str) -> str:
    words = {
        "csat": _("Satisfaction, 1 to 5"), "nps": _("Recommendation, 0 to 10"), "ces": _("Effort, 1 to 7"), "own": _("Own questions"),
    }  # fmt: skip
    return words.get(kind, kind)


def on_low_words(choice: str) -> str:
    words = {
        "case": _("open a recovery case for the team lead"), "reopen": _("open the case again"), "nothing": _("nothing"),
    }  # fmt: skip
    return words.get(choice, choice)


def when_words(when: dict[str, Any] | None, above: list[dict[str, Any]], language: str) -> str:
    """When a question is asked, as a sentence; empty where it always is. `above`: the questions before it, as JSON."""
    other = next((one for one in above if when and one["key"] == when["key"]), None)
    if when is None or other is None:
        return ""
    said = {
        "question": in_language(other["label"], language) if other["label"] else "…",
        "least": when["least"],
        "most": when["most"],
    }
    if when.get("answered") is not None:
        words = (
            _("Asked where “%(question)s” was answered")
            if when["answered"]
            else _("Asked where “%(question)s” was not answered")
        )
    elif when["codes"]:
        chosen = [in_language(words, language) or code for code, words in other["options"] if code in when["codes"]]
        said["choices"] = " · ".join(chosen)
        words = _("Asked where “%(question)s” is one of: %(choices)s")
    elif when["least"] is None:
        words = _("Asked where “%(question)s” is %(most)s or less")
    elif when["most"] is None:
        words = _("Asked where “%(question)s” is %(least)s or more")
    elif when["least"] == when["most"]:
        words = _("Asked where “%(question)s” is exactly %(least)s")
    else:
        words = _("Asked where “%(question)s” is from %(least)s to %(most)s")
    return words % said


def way_words(how: str, question: str) -> str:
    """One way in which a question may wait for another, as a choice of a list."""
    words = {
        "score": _("where “%(question)s” has the score below"), "chosen": _("where “%(question)s” is one of the answers ticked below"),
        "answered": _("where “%(question)s” was answered"), "unanswered": _("where “%(question)s” was not answered"),
    }  # fmt: skip
    return words[how] % {"question": question}


def reason_words(reason: str) -> str:
    words = {
        "answered": _("had answered already"), "merged": _("merged into another case"), "spam": _("spam"), "reopened": _("opened again before"),
        "nobody_wrote": _("no customer had written"), "robot": _("written by a program"), "not_answered": _("nobody had answered them"),
        "opted_out": _("want no such letters"), "asked_lately": _("asked a short time ago"), "no_address": _("no mail address"),
        "switched_off": _("switched off meanwhile"), "broken": _("could not be written"),
    }  # fmt: skip
    return words.get(reason, reason)


def via_words(via: str) -> str:
    return {"mail": _("by mail"), "chat": _("in a chat"), "portal": _("on your pages"), "api": _("by a program")}.get(
        via, via
    )


def answer_row(row: Any, visit: Visit) -> dict[str, Any]:
    """An answer as lists and the case show it."""
    most = SCALES[row.kind][1] if row.kind in SCALES else None
    return {
        "key": row.id, "number": row.number, "url": f"/conversations/{row.number}", "subject": row.subject or _("(no subject)"),
        "score": "–" if row.score is None else str(row.score), "most": most, "kind": kind_words(row.kind), "comment": row.comment,
        "customer": row.customer_name or _("Nobody"), "agent": row.agent_name or "", "is_low": row.is_low, "via": via_words(row.via),
        "at": iso(row.answered_at), "when": moment_words(row.answered_at, at=visit.at, zone=visit.zone), "recovery": row.recovery_number,
        "recovery_url": f"/conversations/{row.recovery_number}" if row.recovery_number else "", "recovered": outcome_words(row.recovered),
    }  # fmt: skip
