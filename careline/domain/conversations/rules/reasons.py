"""Why somebody reaches a case with a verb, or does not: the predicate of `visible`, said in words' codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from careline.domain.staff.rules import Allowed, Person


@dataclass(frozen=True, slots=True)
class Reason:
    """`why`: assignee, follower, mentioned, team or all by a grant of `scope`, narrowed as `allowed` says; `absent` whom they stand in for."""

    why: str
    allowed: Allowed
    absent: int | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """Allowed with at least one reason and nothing in the way. `is_held`: the verb is held at all; `is_kept_out`: restricted."""

    verb: str
    is_held: bool
    is_kept_out: bool
    reasons: tuple[Reason, ...]

    @property
    def is_allowed(self) -> bool:
        return bool(self.reasons)


def explained(person: Person, verb: str, case: Any) -> Explained:
    """`case` is a row with assignee_id, follower_ids, mentioned_ids, team_id, channel_id, brand_id, restricted_to."""
    own = tuple(_reasons(person, verb, case))
    reasons = own if _is_let_in(person, case) else ()
    for absent in person.absent:
        if _holds(absent, case) and _is_let_in(absent, case):
            reasons += tuple(Reason(one.why, one.allowed, absent.id) for one in _reasons(absent, verb, case))
    is_held = verb in person.grants or any(verb in absent.grants for absent in person.absent)
    return Explained(verb, is_held, bool(own) and not _is_let_in(person, case), reasons)


def _reasons(person: Person, verb: str, case: Any) -> Iterator[Reason]:
    for grant in person.grants.get(verb, ()):
        if not _is_here(grant, case):
            continue
        if grant.scope == "all":
            yield Reason("all", grant)
        if case.assignee_id == person.id:
            yield Reason("assignee", grant)
        elif person.id in (case.follower_ids or ()):
            yield Reason("follower", grant)
        elif person.id in (case.mentioned_ids or ()):
            yield Reason("mentioned", grant)
        if grant.scope == "team" and case.team_id in person.team_ids:
            yield Reason("team", grant)


def _is_here(grant: Allowed, case: Any) -> bool:
    places = ((grant.channel_id, case.channel_id), (grant.brand_id, case.brand_id), (grant.team_id, case.team_id))
    return all(wanted is None or wanted == there for wanted, there in places)


def _holds(person: Person, case: Any) -> bool:
    return case.assignee_id == person.id or person.id in (*(case.follower_ids or ()), *(case.mentioned_ids or ()))


def _is_let_in(person: Person, case: Any) -> bool:
    return case.restricted_to is None or person.id in case.restricted_to
