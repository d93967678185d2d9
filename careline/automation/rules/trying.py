"""A rule is tried before it is let loose: which cases it would have met, and what it would do on one; nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.automation.rules.acts import act, outcome_of
from careline.automation.rules.book import Book, asks_hours
from careline.automation.rules.triggers import verdict
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.staff.rules import Person
from careline.domain.triggers.commands.runs import Judged
from careline.domain.triggers.queries.facts import known_of, tag_names, with_happening
from careline.domain.triggers.queries.matching import fitting_now, newest_happening, would_have_fitted
from careline.domain.triggers.rules.bounds import teams_of
from careline.domain.triggers.rules.whens import TIME, happenings_of
from careline.flows.change_rule import VERB, WrittenRule, fit_rule, found_rule, require_of_all

MOST_SHOWN = 50


class _OnlyTried(Exception):
    """Ends a trial: what was tried is undone."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What would come of a rule on one case; `name` of what happened there last that it hears of, "" where nothing did."""

    judged: Judged
    happening: str = ""


def preview_rule(agent: Person, written: WrittenRule, *, at: datetime) -> list[Any]:
    """Cases of the last seven days on which it would have acted, as they stand now: id, number, subject, at. Raises BadRule, Forbidden."""
    require_of_all(agent, (VERB, "conversation:read"), teams=teams_of(written.conditions))
    rule = fit_rule(written)
    book = Book(at)
    tree = rule.tree
    moment = book.moment(written.calendar, asks_hours=asks_hours(tree))
    if written.kind == TIME:
        return fitting_now(tree, moment, limit=MOST_SHOWN)
    return would_have_fitted(happenings_of(written.whens), tree, moment, limit=MOST_SHOWN)


def try_rule(agent: Person, key: int, number: int, *, at: datetime) -> Trial:
    """What the rule would do on this case now, with what would be refused, or why it would not. Raises NotFound, Forbidden."""
    row = found_rule(agent, key)
    require_of_all(agent, ("conversation:read",), teams=teams_of(row.conditions))
    case = conversation_for(agent, number)
    known, book = known_of([case.id], at=at)[case.id], Book(at)
    happened = newest_happening(case.id, happenings_of(row.whens), before=at) if row.kind != TIME else None
    if happened is not None:
        known = with_happening(known, happened, tags=tag_names([happened]))
    one = verdict(book.ready(row), known, book)
    if not one.outcome:
        try:
            with transaction.atomic():
                one.steps = act(number, row.actions, rule=key, run=0, answers=None, at=at)
                raise _OnlyTried
        except _OnlyTried:
            one.outcome = outcome_of(one.steps)
    return Trial(one, happened.name if happened is not None else "")
