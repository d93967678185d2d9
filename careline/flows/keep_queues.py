"""How teams' queues work, what cases ask for by rule, and what they count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.calendars.queries import calendar_by_id
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.history.actor import Actor
from careline.domain.routing.commands import queues
from careline.domain.routing.queries.terms import terms_of
from careline.domain.sla.commands.silence import keep_silence
from careline.domain.sla.queries.silence import silence_of
from careline.domain.sla.rules.silence import LONGEST_HOURS, USUAL, Silence
from careline.domain.staff.queries import teams
from careline.domain.staff.rules import Forbidden, Person, require
from careline.domain.staff.skills import LEVELS, skills

VERB = "routing:manage"
MODES = ("pull", "push")
STRATEGIES = ("round_robin", "least_loaded", "longest_idle")
WHEN_MISSED = ("next", "queue")
LONGEST_MINUTES = 60 * 24 * 30


class _Kept:
    """Stands for "as it is", where None means "never" or "none"."""


KEPT: Any = _Kept()


@dataclass(frozen=True, slots=True)
class QueueChange:
    """What is not given stays. Minutes and the limit: None for never and none; hours untouched: None for three days on the wall."""

    mode: str = KEPT
    strategy: str = KEPT
    accept_seconds: int = KEPT
    when_missed: str = KEPT
    sticky_days: int = KEPT
    sticky_minutes: int = KEPT
    lower_after_minutes: int | None = KEPT
    drop_after_minutes: int | None = KEPT
    most_each: int | None = KEPT
    calendar: int | None = KEPT
    untouched_hours: int | None = KEPT
    untouched_calendar: int | None = KEPT


@dataclass(frozen=True, slots=True)
class Rule:
    """Cases that fit all that is said here ask for the skill."""

    skill: int
    level: int = 1
    is_mandatory: bool = False
    topic: int | None = None
    language: str = ""
    channel: int | None = None
    brand: int | None = None
    team: int | None = None


def change_queue(agent: Person, team: int, wanted: QueueChange, *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NotFound, Refused."""
    require_over_team(agent, team)
    if team not in {row.id for row in teams()}:
        raise NotFound(f"There is no team {team}.")
    now = terms_of([team])[team]
    given = {f.name: getattr(wanted, f.name) for f in fields(wanted) if not f.name.startswith("untouched_")}
    said = {name: getattr(now, name) if value is KEPT else value for name, value in given.items()}
    _judge(said)
    silence = _silence(silence_of(team), wanted)
    with transaction.atomic():
        if any(value is not KEPT for value in given.values()):
            queues.save_queue(team, said, by=by, at=at)
        keep_silence(team, silence, by=by, at=at)


def add_rule(agent: Person, rule: Rule, *, by: Actor, at: datetime) -> int:
    """From now on such cases ask for the skill; its key. Raises Forbidden, Refused."""
    require(agent, VERB)
    require_skill(rule.skill, rule.level)
    if rule == Rule(rule.skill, rule.level, rule.is_mandatory):
        raise Refused("Say which cases ask for the skill: by topic, language, channel, brand or team.")
    return queues.add_requirement({f.name: getattr(rule, f.name) for f in fields(rule)}, by=by, at=at)


def remove_rule(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NotFound."""
    require(agent, VERB)
    if not queues.remove_requirement(key, by=by, at=at):
        raise NotFound(f"There is no rule {key}.")


def set_weights(agent: Person, wanted: Mapping[str, tuple[int | None, int]], *, by: Actor, at: datetime) -> None:
    """What a case counts by kind of channel: (units, units while the customer's turn it is); no units: it fills. Raises Forbidden, Refused."""
    require(agent, VERB)
    for units, waiting in wanted.values():
        if not (units is None or 1 <= units <= 100) or not 0 <= waiting <= 100:
            raise Refused("A case counts 1 to 100, or fills whoever has it; while it waits for the customer 0 to 100.")
    with transaction.atomic():
        queues.save_weights(wanted, by=by, at=at)


def require_over_team(person: Person, team: int) -> None:
    """Who manages routing does so everywhere, or in their own teams. Raises Forbidden."""
    if not any(grant.scope == "all" or team in person.team_ids for grant in person.grants.get(VERB, ())):
        raise Forbidden(VERB)


def require_skill(skill: int, level: int) -> None:
    if skill not in {row.id for row in skills()}:
        raise Refused(f"There is no skill {skill}.")
    if level not in LEVELS:
        raise Refused("A level is a number from 1 to 5.")


def _silence(now: Silence, wanted: QueueChange) -> Silence:
    hours = now.hours if wanted.untouched_hours is KEPT else wanted.untouched_hours
    calendar = now.calendar if wanted.untouched_calendar is KEPT else wanted.untouched_calendar
    if hours is None:
        return USUAL
    if not 1 <= hours <= LONGEST_HOURS:
        raise Refused(
            f"Give 1 to {LONGEST_HOURS} hours until a case that nobody touches comes up, or nothing for the usual three days."
        )
    if calendar is not None and calendar_by_id(calendar) is None:
        raise Refused(f"There is no calendar {calendar}.")
    return Silence(hours, calendar)


def _judge(said: Mapping[str, Any]) -> None:
    for name, known in (("mode", MODES), ("strategy", STRATEGIES), ("when_missed", WHEN_MISSED)):
        if said[name] not in known:
            raise Refused(f"There is no such choice for {name}; there are {', '.join(known)}.")
    if not 0 <= said["accept_seconds"] <= 86_400:
        raise Refused("Give a time to answer of 0 to 86400 seconds; 0 means that nobody has to.")
    if not 0 <= said["sticky_days"] <= 3650 or not 0 <= said["sticky_minutes"] <= LONGEST_MINUTES:
        raise Refused("Give 0 to 3650 days, and 0 to 43200 minutes to wait for whoever answered last.")
    for name in ("lower_after_minutes", "drop_after_minutes"):
        if said[name] is not None and not 1 <= said[name] <= LONGEST_MINUTES:
            raise Refused("Give 1 to 43200 minutes, or nothing for never.")
    if said["most_each"] is not None and not 1 <= said["most_each"] <= 1000:
        raise Refused("Give a limit of 1 to 1000 cases each, or nothing for none.")
    if said["calendar"] is not None and calendar_by_id(said["calendar"]) is None:
        raise Refused(f"There is no calendar {said['calendar']}.")
