"""A case goes up the ladder of its topic to somebody who can have it, and down again; the customer keeps their owner.

By hand, late, unanswered, by a rule, or opened again too often: the same step. Whoever steps holds routing's lock, so nobody
is given more than they can have and two workers never step twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import cases, followers
from careline.domain.conversations.errors import AlreadyGone, Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.rules.covers import UNDO_HOLD
from careline.domain.history.actor import Actor
from careline.domain.routing.commands import ladders as commands
from careline.domain.routing.commands.ladders import Step
from careline.domain.routing.queries.hands import hands_of
from careline.domain.routing.queries.ladders import (
    ladder_for,
    last_escalation,
    needs_by_hand,
    people_on,
    standing_of,
    stepped_by,
)
from careline.domain.routing.queries.terms import conditions, terms_of, weights
from careline.domain.routing.rules.asking import Ask, asked_of
from careline.domain.routing.rules.hands import Hand
from careline.domain.routing.rules.ladders import (
    BY_HAND,
    NOBODY,
    NOT_TWICE,
    TRY_AGAIN,
    UNANSWERED,
    Ladder,
    Reached,
    may_nobody,
    next_due,
    reach,
)
from careline.domain.sla.commands.promises import keep_promises
from careline.domain.staff.queries import agent_by_id, is_assignable
from careline.domain.staff.rules import Person, require
from careline.flows.note import note
from careline.flows.route import LOCK
from careline.kit import db

VERB = "conversation:assign"


class TopOfLadder(Refused):
    """There is no step above."""

    code = "top_of_ladder"


class NobodyMay(Refused):
    """Nobody on the ladder may see this case."""

    code = "nobody_may"


@dataclass(frozen=True, slots=True)
class Raised:
    """`level` and `name` of where the case stands now; `agent` or `team` has it, or (neither) nobody was there for it."""

    level: int
    name: str
    agent: int | None
    team: int | None


@dataclass(frozen=True, slots=True)
class Look:
    """What a step looks at: the ladder, who stands where with how much, what the case asks for."""

    ladder: Ladder
    people: Mapping[int, list[Hand]]
    terms: Mapping[int, Any]
    asks: tuple[Ask, ...]
    units: int | None


def escalate(agent: Person, number: int, *, words: str, level: int | None = None, by: Actor, at: datetime) -> Raised:
    """By hand, to the next step or the one that is said, with a note for whoever takes over.

    Raises NotFound, Forbidden, Refused, TopOfLadder, NobodyMay.
    """
    conversation_for(agent, number, verb=VERB)
    if not words.strip():
        raise Refused("Write what whoever takes over has to know.")
    with transaction.atomic():
        db.lock_words([LOCK])
        found = cases.locked(conversation_for(agent, number, verb=VERB).id)
        _require_open(found)
        now = standing_of(found.id)
        wanted = (now.level if now else 0) + 1 if level is None else level
        if wanted <= (now.level if now else 0):
            raise Refused("The case stands there already. Bring it down instead.")
        look = look_at(found, at=at)
        if look.ladder.rung(wanted) is None:
            raise TopOfLadder("There is no step above this one.")
        reached = _reach(found, look, wanted, but={agent.id, found.assignee_id or 0})
        if may_nobody(reached):
            raise NobodyMay(_why_nobody(found))
        key = note(agent, number, text=words, by=by, at=at)
        case = cases.locked(found.id)
        return _step(case, now, look, reached, reason=BY_HAND, note_id=key, asker=agent.id, by=by, at=at)


def raise_by_itself(
    conversation: int, *, reason: str, level: int | None = None, by: Actor, at: datetime
) -> Raised | None:
    """The house takes a step; to `level` it is tried again, after nobody was there.

    None where there is nothing to raise: it is over, stands on top, or rose just now.
    """
    with transaction.atomic():
        db.lock_words([LOCK])
        case = cases.locked_where_it_stands(conversation)
        if case is None or case.category == "resolved" or case.is_spam or case.side_of_id is not None:
            return None
        now = standing_of(case.id)
        stands = now.level if now else 0
        if level is None and now is not None and now.raised_at is not None and at - now.raised_at < NOT_TWICE:
            return None
        look = look_at(case, at=at)
        wanted = stands + 1 if level is None else level
        if look.ladder.rung(wanted) is None:
            return None
        reached = _reach(case, look, wanted, but={case.assignee_id or 0})
        if may_nobody(reached):
            commands.note_refused(case, reached, reason=reason, level=stands, by=by, at=at)
            return None
        if level is not None and not reached.is_anybody:
            commands.plan(case.id, due_at=at + TRY_AGAIN, why=NOBODY)
            return None
        return _step(case, now, look, reached, reason=reason, note_id=None, asker=None, by=by, at=at)


def lower(agent: Person, number: int, *, level: int = 0, by: Actor, at: datetime) -> Raised:
    """By hand, down to a level; at the bottom it is its owner's again, where they can have it. Raises NotFound, Forbidden, Refused."""
    with transaction.atomic():
        db.lock_words([LOCK])
        case = cases.locked(conversation_for(agent, number, verb=VERB).id)
        now = standing_of(case.id)
        if now is None or not 0 <= level < now.level:
            raise Refused("The case does not stand above that.")
        rung = ladder_for(case.topic_id).rung(level)
        name = rung.name if rung else ""
        back = now.owner_id if level == 0 and now.owner_id and _may_have(case, now.owner_id) else None
        step = Step(
            BY_HAND,
            now.level,
            level,
            name,
            owner=now.owner_id if level else None,
            agent=back,
            before=_before(case, now),
        )
        if back is not None:
            cases.assign(case, assignee_id=back, team_id=case.team_id, by=by, at=at)
        commands.take_step(case, step, by=by, at=at)
    return Raised(level, name, back, None)


def take_step_back(agent: Person, number: int, *, by: Actor, at: datetime) -> None:
    """Undoes one's own last step, where nothing came after it. Its note stays. Raises NotFound, Forbidden, AlreadyGone."""
    require(agent, VERB)
    with transaction.atomic():
        last = None
        found = stepped_by(agent.id, number)
        if found is not None:
            case = cases.locked(found)
            last = last_escalation(case.id)
        if last is None or last.undone_at is not None or last.by_agent_id != agent.id or at > last.at + UNDO_HOLD:
            conversation_for(agent, number)
            raise AlreadyGone("There is nothing of yours to undo here any more.")
        if case.version != last.version:
            raise AlreadyGone("Something came after it: change it by hand.")
        commands.take_step_back(case, last.id, by=by, at=at)
        cases.assign(case, assignee_id=last.before["assignee"], team_id=last.before["team"], by=by, at=at)
        keep_promises([case.id], by=by, at=at)


def look_at(case: Any, *, at: datetime) -> Look:
    """`case`: a row of all its columns."""
    ladder = ladder_for(case.topic_id)
    standing = people_on(ladder, assignee=case.assignee_id, at=at)
    teams = [key for key in {case.team_id, *(rung.team for rung in ladder.rungs)} if key is not None]
    terms, counts = terms_of(teams), weights()
    everybody = sorted({key for people in standing.values() for key in people})
    # also: to whom a case is handed up they need not be of its team
    by_id = {hand.id: hand for hand in hands_of(terms, counts, at=at, also=everybody)}
    people = {level: [by_id[key] for key in keys if key in by_id] for level, keys in standing.items()}
    needs = [Ask(row.skill_id, row.level, row.is_mandatory) for row in needs_by_hand(case.id)]
    return Look(ladder, people, terms, asked_of(case, conditions(), needs), counts.open_units(case.channel_id))


@dataclass(frozen=True, slots=True)
class _Case:
    """A case as the matching sees it. Who gave it back before may be handed it all the same: it comes up to them."""

    team: int | None
    channel: int | None
    brand: int | None
    restricted: tuple[int, ...] | None
    returned_by: tuple[int, ...] = ()


def seen_as(case: Any) -> _Case:
    """A row of all the case's columns, as the matching sees it."""
    restricted = None if case.restricted_to is None else tuple(case.restricted_to)
    return _Case(case.team_id, case.channel_id, case.brand_id, restricted)


def _reach(case: Any, look: Look, level: int, *, but: set[int]) -> Reached:
    seen = seen_as(case)
    return reach(
        look.ladder, seen, look.people, from_level=level, terms=look.terms, asks=look.asks, units=look.units, but=but
    )


def _step(
    case: Any, now: Any, look: Look, reached: Reached, *, reason: str, note_id: int | None, asker: int | None, by: Actor, at: datetime
) -> Raised:  # fmt: skip
    """Hands it over, keeps the owner in sight of it, and plans the next step."""
    rung = look.ladder.rung(reached.level)
    assert rung is not None, "a step ends on a rung"
    owner = _owner(case, now, asker=asker, reached=reached)
    team = reached.team or case.team_id
    if owner is not None and owner != reached.agent and (case.restricted_to is None or owner in case.restricted_to):
        followers.follow(case, agent=owner, by=by, at=at)
    if reached.is_anybody:
        cases.assign(case, assignee_id=reached.agent, team_id=team, by=by, at=at)
    due_at, why = next_due(look.ladder, reached.level, raised_at=at, waiting_since=case.waiting_since), UNANSWERED
    if not reached.is_anybody:
        due_at, why = at + TRY_AGAIN, NOBODY
    step = Step(
        reason, now.level if now else 0, reached.level, rung.name, owner=owner, agent=reached.agent, team=reached.team,
        due_at=due_at, why_due=why if due_at else "", note=note_id, passed=reached.passed, before=_before(case, now),
    )  # fmt: skip
    commands.take_step(case, step, by=by, at=at)
    if team != case.team_id:
        keep_promises([case.id], by=by, at=at)
    return Raised(reached.level, rung.name, reached.agent, reached.team)


def _owner(case: Any, now: Any, *, asker: int | None, reached: Reached) -> int | None:
    """The same person as long as they work here; at first whoever had the case, else who hands it up, else who gets it."""
    kept = now.owner_id if now is not None else None
    for key in (kept, case.assignee_id, asker, reached.agent):
        if key is not None and agent_by_id(key) is not None:
            return int(key)
    return None


def _before(case: Any, now: Any) -> dict[str, Any]:
    due = now.due_at.isoformat() if now is not None and now.due_at else None
    return {
        "assignee": case.assignee_id, "team": case.team_id, "level": now.level if now else 0, "name": now.name if now else "",
        "owner": now.owner_id if now else None, "due_at": due, "why_due": now.why_due if now else "",
    }  # fmt: skip


def _may_have(case: Any, agent: int) -> bool:
    return is_assignable(agent) and (case.restricted_to is None or agent in case.restricted_to)


def _require_open(case: Any) -> None:
    if case.category == "resolved":
        raise Refused("The case is resolved: open it again first.")
    if case.side_of_id is not None:
        raise Refused("This is a side conversation: escalate the case it stands in.")


def _why_nobody(case: Any) -> str:
    if case.restricted_to is not None:
        return "This case is open to named people only, and nobody above is one of them: name somebody first."
    return "Nobody above may see and answer this case."
