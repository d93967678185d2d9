"""What a letter about a complaint says: the company's own where it has written one, else ours, in the customer's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from babel.dates import format_date
from django.utils import translation
from django.utils.translation import gettext as _

from careline.domain.company.queries import languages
from careline.domain.complaints.commands.clocks import clocks_of
from careline.domain.complaints.queries.book import letters
from careline.domain.complaints.rules.handling import NOT_UPHELD, PARTLY, UPHELD
from careline.domain.complaints.rules.terms import ACKNOWLEDGEMENT, FINAL, HOLDING
from careline.domain.conversations.queries.merges import cases_below
from careline.domain.desk.queries.complaints import redress_on
from careline.domain.knowledge.queries.values import values_in
from careline.domain.knowledge.rules.languages import language_for
from careline.domain.knowledge.rules.variables import fill
from careline.domain.staff.rules import Person
from careline.flows.complaint_terms import rules_of, schedule_of_rules
from careline.kit.money import Money
from careline.kit.spoken import spoken

VARIABLES = (
    "complaint.number", "complaint.received_on", "complaint.due_on", "complaint.outcome", "complaint.reasons", "complaint.redress",
    "complaint.outside",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LetterText:
    """`unfilled`: what nobody knows here; it has to be replaced before the letter goes out. `letter`: None for ours."""

    text: str
    language: str
    unfilled: tuple[str, ...]
    letter: int | None


def number_words(key: int) -> str:
    """As people say it."""
    return f"COMP-{key}"


def letter_text(
    agent: Person, row: Any, case: Any, kind: str, *, letter: int | None = None, at: datetime
) -> LetterText:
    """`letter`: one of the company's own; None for the first that fits, else ours."""
    fitting = [one for one in letters(kind=kind) if one.outcome in ("", row.outcome)]
    fitting.sort(key=lambda one: (one.id != letter, one.outcome == ""))
    chosen = fitting[0] if fitting else None
    if chosen is not None:
        language = language_for(chosen.texts, wanted=case.language, company=languages())
        text = chosen.texts[language]
    else:
        language = spoken(case.language) or spoken(languages()[0]) or "en"
        text = _ours(kind, language)
    values = values_in(case, agent, language=language, at=at) | _values(row, case, language)
    filled = fill(text, values)
    return LetterText(_tidy(filled.text), language, filled.unfilled, chosen.id if chosen is not None else None)


def _values(row: Any, case: Any, language: str) -> dict[str, str]:
    rules = rules_of(row)
    zone = schedule_of_rules(rules).zone
    final = clocks_of(row.id).get(FINAL)
    with translation.override(language):
        return {
            "complaint.number": number_words(row.id),
            "complaint.received_on": _day(row.received_at.astimezone(zone), language),
            # a day ends at midnight: what is due then is due on the day before
            "complaint.due_on": _day(_last_moment(final.due_at).astimezone(zone), language)
            if final is not None
            else "",
            "complaint.outcome": _outcome(row.outcome),
            "complaint.reasons": row.reasons,
            "complaint.redress": _redress(row, case, language) or " ",
            "complaint.outside": _outside(rules.body if rules is not None else "") or " ",
        }


def _last_moment(due_at: datetime) -> datetime:
    return due_at - timedelta(seconds=1)


def _day(moment: datetime, language: str) -> str:
    return format_date(moment.date(), "long", locale=language.replace("-", "_"))


def _outcome(outcome: str) -> str:
    said = {
        UPHELD: _("We looked into it and agree with you: your complaint is upheld."),
        PARTLY: _("We looked into it and agree with you in part: your complaint is partly upheld."),
        NOT_UPHELD: _("We looked into it and do not agree: your complaint is not upheld."),
    }
    return said.get(outcome, "")


def _redress(row: Any, case: Any, language: str) -> str:
    """What was given, in a sentence; empty where nothing was."""
    given = [
        Money(one.amount, one.currency).words(language)
        for one in redress_on(cases_below(case.id), since=row.received_at, until=row.closed_at)
        if one.state == "given"
    ]
    return _("To put it right you receive: %(what)s.") % {"what": ", ".join(given)} if given else ""


def _outside(body: str) -> str:
    if not body:
        return ""
    return _("If you are not satisfied with this answer, you may turn to: %(body)s") % {"body": body}


def _tidy(text: str) -> str:
    """Where nothing stands for a variable, no gap is left."""
    lines = [line.rstrip() for line in text.splitlines()]
    kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    return "\n".join(kept).strip()


def _ours(kind: str, language: str) -> str:
    with translation.override(language):
        return {ACKNOWLEDGEMENT: _acknowledgement, HOLDING: _holding, FINAL: _final}[kind]()


def _acknowledgement() -> str:
    return _(
        "Dear {{customer.name|customer}},\n\nwe have received your complaint of {{complaint.received_on}} and are sorry that you are not "
        "satisfied. Its number is {{complaint.number}}.\n\nWe are looking into it. You will have our answer by {{complaint.due_on}} at the "
        "latest.\n\nKind regards,\n{{agent.name}}\n{{company.name}}"
    )


def _holding() -> str:
    return _(
        "Dear {{customer.name|customer}},\n\nwe are still looking into your complaint {{complaint.number}} of {{complaint.received_on}} and "
        "need more time to answer it properly. You will have our answer by {{complaint.due_on}} at the latest.\n\n{{complaint.outside}}\n\n"
        "Kind regards,\n{{agent.name}}\n{{company.name}}"
    )


def _final() -> str:
    return _(
        "Dear {{customer.name|customer}},\n\nthis is our final answer to your complaint {{complaint.number}} of {{complaint.received_on}}.\n\n"
        "{{complaint.outcome}}\n\n{{complaint.reasons}}\n\n{{complaint.redress}}\n\n{{complaint.outside}}\n\n"
        "Kind regards,\n{{agent.name}}\n{{company.name}}"
    )
