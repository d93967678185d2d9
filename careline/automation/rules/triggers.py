"""Rules hear of what happened: judged in their order, done once, written down whatever came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.automation.rules.acts import act, outcome_of
from careline.automation.rules.book import Book, Ready
from careline.domain.history.queries import Happened
from careline.domain.triggers.commands.runs import Judged, conclude, log, next_run_id
from careline.domain.triggers.queries.facts import known_of, tag_names, with_happening
from careline.domain.triggers.queries.rules import listening_rules, rule_by_id
from careline.domain.triggers.queries.runs import (
    chain_of,
    happening_of,
    is_undone,
    judged_already,
    often_of,
    waiting_run,
)
from careline.domain.triggers.rules.actions import leaves_the_house
from careline.domain.triggers.rules.chains import held_back
from careline.domain.triggers.rules.judging import Known, judge
from careline.domain.triggers.rules.whens import WHENS
from careline.domain.webhooks.rules.holding import leaves_at

BROUGHT_IN = "import"
"""What is brought in from another desk happened there: no rule of ours acts on it."""
ACTED = ("done", "partly", "refused", "waiting")


def rules_for(happened: Happened, rules: Sequence[Any]) -> list[Any]:
    """Those that hear of it, in their order."""
    if happened.conversation_id is None or happened.via == BROUGHT_IN:
        return []
    return [
        row for row in rules
        if happened.at >= row.heard_from and any(happened.name in WHENS.get(when, ()) for when in row.whens)
    ]  # fmt: skip


def read_rules() -> list[Any]:
    """Triggers that are switched on, in order."""
    return listening_rules()


def react(happened: Happened, rules: Sequence[Any], *, at: datetime) -> list[Judged]:
    """Judges these rules on what happened and does what they say, in the caller's transaction. What is read twice is done once."""
    case = happened.conversation_id
    known = _known(happened, at=at)
    if case is None or known is None or known.values["is_merged"]:
        return []
    before = judged_already(happened.id, [row.id for row in rules])
    chain, book = chain_of(happened), Book(at)
    often: dict[int, int] | None = None
    judged: list[Judged] = []
    for row in rules:
        if row.id in before or known is None:
            continue
        one = verdict(book.ready(row), known, book)
        one.happening, one.chain = happened.id, chain
        judged.append(one)
        if one.outcome:
            continue
        often = often_of(case, at=at) if often is None else often
        _run(one, row, happened, known, often, at=at)
        if one.outcome in ACTED:
            known = _known(happened, before=known, at=at)
            if row.stops:
                break
    log(judged, at=at)
    return judged


def verdict(ready: Ready, known: Known, book: Book) -> Judged:
    """What stands against the rule on this case; an empty outcome where nothing does."""
    one = Judged(ready.row.id, known.values["id"], "")
    if ready.is_broken or ready.tree is None:
        one.outcome, one.against = "broken", ready.against
    else:
        found = judge(ready.tree, known, book.moment(ready.row.calendar_id, asks_hours=ready.asks_hours))
        if not found.holds:
            one.outcome, one.against = "unmatched", list(found.against)
        elif known.values["is_restricted"]:
            one.outcome, one.against = "closed", []
    return one


def _run(one: Judged, row: Any, happened: Happened, known: Known, often: dict[int, int], *, at: datetime) -> None:
    if hindrance := held_back(row.id, chain=one.chain, runs=often.get(row.id, 0)):
        one.outcome = hindrance
        return
    leaves = leaves_at(happened.name, actor_kind=happened.actor_kind, happened_at=happened.at, at=at)
    if leaves > at and leaves_the_house(row.actions):
        one.outcome, one.due_at = "waiting", leaves
        return
    one.id = next_run_id()
    one.steps = act(known.values["number"], row.actions, rule=row.id, run=one.id, answers=_answered(happened), at=at)
    one.outcome = outcome_of(one.steps)


def finish_waiting(*, at: datetime) -> bool:
    """Does what waited until it could not be undone any more: one run in one transaction. False where none is due."""
    with transaction.atomic():
        run = waiting_run(at)
        if run is None:
            return False
        conclude(run.id, _finished(run, at=at), at=at)
    return True


def _finished(run: Any, *, at: datetime) -> Judged:
    """Judged anew: what was undone, or does not fit any more, is dropped."""
    one = Judged(run.rule_id, run.conversation_id, "undone")
    row, found = rule_by_id(run.rule_id), happening_of(run.conversation_id, run.happening)
    if row is None or not row.is_active or found is None or is_undone(found):
        return one
    happened = Happened(*found)
    known, book = _known(happened, at=at), Book(at)
    if known is None or known.values["is_merged"]:
        return one
    one = verdict(book.ready(row), known, book)
    if not one.outcome:
        one.steps = act(
            known.values["number"], row.actions, rule=row.id, run=run.id, answers=_answered(happened), at=at
        )
        one.outcome = outcome_of(one.steps)
    return one


def _known(happened: Happened, *, before: Known | None = None, at: datetime) -> Known | None:
    case = happened.conversation_id
    found = known_of([case], at=at).get(case) if case is not None else None
    if found is None:
        return None
    known = with_happening(found, happened, tags=tag_names([happened]))
    return before.renewed(known.values) if before is not None else known


def _answered(happened: Happened) -> int | None:
    return happened.subject_key if happened.name == "message.received" else None
