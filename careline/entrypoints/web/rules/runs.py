"""What rules did and why not: of a rule, of a case; and a dry run."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.automation.rules.trying import try_rule
from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.staff.rules import may, may_over
from careline.domain.triggers.queries.runs import runs_of_case, runs_of_rule
from careline.entrypoints.web.pages import next_page, page, part
from careline.entrypoints.web.rules.choices import Choices
from careline.entrypoints.web.rules.names import OUTCOMES
from careline.entrypoints.web.rules.sentences import action_words, against_words, asked_words, leaves_in, step_words
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import iso, moment_words
from careline.flows.change_rule import VERB, found_rule

SHOWN = 30
_GOOD = ("done", "partly")


def of_rule(visit: Visit, key: int) -> HttpResponse:
    row = found_rule(visit.person, key)
    only = (
        visit.asked.get("only", "") if may_over(visit.person, VERB) else "acted"
    )  # what did not fit was another team's, maybe
    before = whole_number(visit.asked.get("after"))
    found = runs_of_rule(key, acted=only == "acted", before=before, limit=SHOWN + 1)
    choices = Choices(visit)
    return page(
        visit, "rules/runs", "settings", row.name, rule={"url": f"/rules/{key}", "name": row.name}, only=only,
        says=[asked_words(leaf, choices) for leaf in leaves_in(row.conditions)], does=[action_words(one, choices) for one in row.actions],
        runs=[run_shown(one, visit, choices) for one in found[:SHOWN]], next_url=next_page(f"/rules/{key}/runs", found, SHOWN, only=only),
    )  # fmt: skip


def of_case(visit: Visit, number: int) -> HttpResponse:
    """Beside the case, or as a page of its own."""
    case = conversation_for(visit.person, number)
    before = whole_number(visit.asked.get("after"))
    found = runs_of_case(case.id, before=before, limit=SHOWN + 1)
    choices = Choices(visit)
    shown: dict[str, Any] = {
        "case": {"number": number, "url": f"/conversations/{number}", "subject": case.subject}, "may_open": may(visit.person, VERB),
        "runs": [run_shown(one, visit, choices) for one in found[:SHOWN]],
        "next_url": next_page(f"/conversations/{number}/rule-runs", found, SHOWN),
    }  # fmt: skip
    if visit.is_fragment:
        return part(visit, "rules/_runs", **shown)
    return page(visit, "rules/case_runs", "inbox", _("Rules on this case"), **shown)


def tried(visit: Visit, key: int) -> HttpResponse:
    """What it would do on one case; nothing is changed."""
    found_rule(visit.person, key)
    number = whole_number(visit.asked.get("number"))
    try:
        trial = try_rule(visit.person, key, number or 0, at=visit.at)
    except NotFound:
        return part(visit, "rules/_trial", wrong=_("There is no such case that you see."), trial=None)
    choices, judged = Choices(visit), trial.judged
    return part(
        visit, "rules/_trial", wrong="", number=number,
        trial={
            "outcome": _("It would act on it:") if judged.steps else _(OUTCOMES[judged.outcome]), "good": judged.outcome in _GOOD,
            "against": [against_words(told, choices) for told in judged.against], "steps": [step_words(step) for step in judged.steps],
        },
    )  # fmt: skip


def run_shown(row: Any, visit: Visit, choices: Choices) -> dict[str, Any]:
    return {
        "rule": row.rule_name, "rule_url": f"/rules/{row.rule_id}/runs", "number": row.number, "at": iso(row.at),
        "at_text": moment_words(row.at, at=visit.at, zone=visit.zone), "outcome": _(OUTCOMES.get(row.outcome, row.outcome)),
        "tone": "good" if row.outcome in _GOOD else "off" if row.outcome in ("unmatched", "waiting", "undone", "closed") else "bad",
        "against": [against_words(told, choices) for told in row.against], "steps": [step_words(step) for step in row.steps],
    }  # fmt: skip
