"""Why somebody was chosen, or is left out, as a sentence."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careline.domain.staff.skills import skills
from careline.flows.explain_routing import skill_of


def reason_words(counts: dict[str, int]) -> list[str]:
    """One line each, the most people first."""
    names = {row.id: row.name for row in skills()}
    return [_left_out(reason, n, names) for reason, n in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]


def _left_out(reason: str, n: int, names: dict[int, str]) -> str:
    if (missing := skill_of(reason)) is not None:
        said = {"n": n, "skill": names.get(missing[0], "?"), "level": missing[1]}
        return ngettext("%(n)s person lacks %(skill)s %(level)s", "%(n)s people lack %(skill)s %(level)s", n) % said
    sentences = {
        "may_not_reply": ngettext("%(n)s person may not answer it", "%(n)s people may not answer it", n),
        "away": ngettext("%(n)s person is away", "%(n)s people are away", n),
        "busy": ngettext("%(n)s person is busy", "%(n)s people are busy", n),
        "outside_hours": ngettext("%(n)s person is outside their hours", "%(n)s people are outside their hours", n),
        "gave_it_back": ngettext("%(n)s person gave it back", "%(n)s people gave it back", n),
        "full": ngettext("%(n)s person has no room", "%(n)s people have no room", n),
        "queue_limit": ngettext("%(n)s person is at this queue's limit", "%(n)s people are at this queue's limit", n),
    }
    return sentences.get(reason, reason) % {"n": n}


def why_words(decision: Any) -> str:
    """`decision` has why, agent_name and candidates."""
    said = {"name": decision.agent_name, "n": decision.candidates}
    sentences = {
        "sticky": _("%(name)s answered this customer last."),
        "taken": _("%(name)s took it from the queue."),
        "round_robin": _("It was the turn of %(name)s, one of %(n)s who could take it."),
        "longest_idle": _("%(name)s had been without new work the longest, of %(n)s who could take it."),
        "least_loaded": _("%(name)s had the least on hand, of %(n)s who could take it."),
    }
    return sentences.get(decision.why, "%(name)s") % said


def state_words(state: str, reason: str = "") -> str:
    reasons = {
        "break": _("On a break"), "meal": _("At a meal"), "meeting": _("In a meeting"), "training": _("In training"),
        "did_not_answer": _("Away: did not answer"), "signed_out": _("Signed out"),
    }  # fmt: skip
    states = {"available": _("Available"), "busy": _("Busy"), "away": _("Away")}
    return reasons.get(reason) or states.get(state, state)
