"""Who may give how much alone, and what money is worth in another currency."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from careline.domain.approvals.commands import limits as commands
from careline.domain.approvals.queries.authority import authority_of, limit_by_id, limits
from careline.domain.approvals.queries.policies import book_at
from careline.domain.approvals.rules.facts import Facts
from careline.domain.approvals.rules.limits import ACTION, ANY, PERS, Limit, holds_for
from careline.domain.approvals.rules.policies import SKILL
from careline.domain.calendars.queries import calendar_by_id
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.history.actor import Actor
from careline.domain.staff.queries import agent_by_id, roles
from careline.domain.staff.rules import Person, require
from careline.domain.staff.skills import skills
from careline.flows.keep_policies import VERB
from careline.kit.money import BadMoney, currency_of

_WORD = re.compile(r"[a-z][a-z0-9_]{0,49}")
ADMINISTRATOR = "administrator"
LARGEST_RATE = Decimal(10) ** 9


def keep_limit(agent: Person, limit: Limit, *, by: Actor, at: datetime) -> int:
    """What the same holder may of the same action is from now on this; its key. Raises Forbidden, Refused."""
    require(agent, VERB)
    if sum((bool(limit.role), limit.skill is not None, limit.agent is not None)) != 1:
        raise Refused("A limit is of a role, a skill or a person: one of them.")
    if limit.role and limit.role not in {row.code for row in roles()}:
        raise Refused(f"There is no role {limit.role[:60]}.")
    if limit.skill is not None and limit.skill not in {row.id for row in skills()}:
        raise Refused(f"There is no skill {limit.skill}.")
    if limit.agent is not None and agent_by_id(limit.agent) is None:
        raise Refused("Nobody who works here has this number.")
    _require_not_own(agent, limit, at=at)
    if limit.action != ANY and _WORD.fullmatch(limit.action) is None:
        raise Refused("Name an action by its code, as in refund, or * for all.")
    if limit.per not in PERS:
        raise Refused(f"A limit counts per {', '.join(PERS)}.")
    if not 1 <= limit.level <= 5:
        raise Refused("A level is a number from 1 to 5.")
    if limit.money is not None and limit.money.minor < 0:
        raise Refused("A limit is not below zero.")
    if limit.percent is not None and (limit.per != ACTION or not 0 <= limit.percent <= 100):
        raise Refused("A percentage is from 0 to 100, and counts each time, not per case, customer or day.")
    return commands.save_limit(limit, by=by, at=at)


def remove_limit(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NotFound, Refused."""
    require(agent, VERB)
    found = limit_by_id(key)
    if found is not None:  # without one, whoever writes the limits has none
        _require_not_own(agent, found, at=at)
    if not commands.remove_limit(key, by=by, at=at):
        raise NotFound(f"There is no limit {key}.")


def keep_deadlines(agent: Person, calendar: int | None, *, by: Actor, at: datetime) -> None:
    """In whose opening hours the time to decide is counted; None: round the clock. Raises Forbidden, Refused."""
    require(agent, VERB)
    if calendar is not None and calendar_by_id(calendar) is None:
        raise Refused(f"There is no calendar {calendar}.")
    commands.set_deadline_calendar(calendar, by=by, at=at)


def keep_rate(
    agent: Person, source: str, target: str, *, rate: Decimal, on: date | None = None, by: Actor, at: datetime
) -> int:
    """What one unit of `source` is worth in `target` on a day; its key. Raises Forbidden, Refused."""
    require(agent, VERB)
    try:
        pair = currency_of(source), currency_of(target)
    except BadMoney as wrong:
        raise Refused(str(wrong)) from None
    if pair[0] == pair[1]:
        raise Refused("A rate is between two currencies.")
    if not rate.is_finite() or not 0 < rate <= LARGEST_RATE:
        raise Refused("A rate is a number above zero.")
    day = on or at.date()
    if day > at.date() + timedelta(days=1):
        raise Refused("A rate is not known before its day.")
    return commands.save_rate(*pair, on=day, rate=rate.quantize(Decimal("0.00000001")), by=by, at=at)


def require_no_own_skill(person: Person, who: int, levels: Mapping[int, int], *, at: datetime) -> None:
    """Raises Refused where somebody gives themselves a skill by which more may be given or agreed to."""
    if who != person.id:
        return
    rules = book_at(at).rules
    counting = {one.skill for one in limits()} | {rule.approver.skill for rule in rules if rule.approver.by == SKILL}
    now = authority_of(person.id, action=ANY, facts=Facts(), at=at).skills
    if any(levels.get(skill, 0) > now.get(skill, 0) for skill in counting if skill is not None):
        raise Refused("Nobody gives themselves a skill that counts for what they may give: let a colleague do it.")


def _require_not_own(agent: Person, limit: Limit, *, at: datetime) -> None:
    """Raises Refused. An administrator may write that of their role: it is on the record who did, and where two people have
    to agree it counts for nothing that they decide."""
    if limit.agent == agent.id:
        raise Refused("Nobody sets their own limit: let a colleague do it.")
    own = authority_of(agent.id, action=ANY, facts=Facts(), at=at)
    if ADMINISTRATOR not in own.roles and holds_for(limit, roles=own.roles, skills=own.skills, agent=agent.id):
        raise Refused("Nobody sets a limit that is theirs too: let a colleague do it who has another role.")
