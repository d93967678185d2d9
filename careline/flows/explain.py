"""What may somebody do, and why: each verb with the role, deputyship or scope behind it; and the same for one case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.rules.reasons import Explained, explained
from careline.domain.staff.granting_rules import Given
from careline.domain.staff.queries import person
from careline.domain.staff.roles import lines_of_roles, roles_of
from careline.domain.staff.rules import VERBS, Person, require

CASE_VERBS = tuple(verb for verb in VERBS if verb.startswith("conversation:"))


@dataclass(frozen=True, slots=True)
class Source:
    """One line that gives a verb, and from where: a role's code and name, or (`absent`) whom they stand in for."""

    line: Given
    role: str
    role_name: str
    absent: int | None = None
    absent_name: str = ""


@dataclass(frozen=True, slots=True)
class Rights:
    """`sources` by verb; a verb that nothing gives is not in it."""

    who: Person
    sources: dict[str, tuple[Source, ...]]


def rights(agent: Person, who: int, *, at: datetime) -> Rights:
    """What this person may do at that moment. Everybody may ask about themselves. Raises Forbidden, NotFound."""
    found = _asked_about(agent, who, at=at)
    lines = lines_of_roles()
    sources: dict[str, tuple[Source, ...]] = {}
    for one in (found, *found.absent):
        absent = (one.id, one.name) if one.id != who else (None, "")
        for role in roles_of(one.id):
            for line in lines.get(role.id, []):
                if absent[0] is None or line.verb in CASE_VERBS:
                    sources[line.verb] = (*sources.get(line.verb, ()), Source(line, role.code, role.name, *absent))
    return Rights(found, {verb: sources[verb] for verb in VERBS if verb in sources})


def why(agent: Person, who: int, number: int, *, at: datetime) -> tuple[Person, tuple[Explained, ...]]:
    """May this person see and answer that case, and by what. Only about a case that the asker sees. Raises Forbidden, NotFound."""
    found = _asked_about(agent, who, at=at)
    case = conversation_for(agent, number)
    return found, tuple(explained(found, verb, case) for verb in CASE_VERBS)


def _asked_about(agent: Person, who: int, *, at: datetime) -> Person:
    if who != agent.id:
        require(agent, "staff:read")
    found = person(who, at=at)
    if found is None:
        raise NotFound(f"Nobody who works here has the number {who}.")
    return found
