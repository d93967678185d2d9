"""Whether rights that are given away are held: decisions without tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from careline.domain.staff.errors import WrongGrant
from careline.domain.staff.rules import DEFAULT_ROLES, VERBS, Allowed, Person

SCOPES = ("own", "team", "all")
_SCOPED = {verb for _, grants in DEFAULT_ROLES.values() for verb, scope in grants.items() if scope != "all"}
ADMINISTRATION = ("staff:manage", "staff:grant")
"""Who holds these for all can mend every right of the house; somebody always must."""


@dataclass(frozen=True, slots=True, order=True)
class Given:
    """One line of a role: a verb, how far it reaches, and where it is narrowed to."""

    verb: str
    scope: str = "all"
    channel_id: int | None = None
    brand_id: int | None = None
    team_id: int | None = None

    @property
    def allowed(self) -> Allowed:
        return Allowed(self.scope, self.channel_id, self.brand_id, self.team_id)

    @property
    def code(self) -> str:
        """As the record keeps it: `conversation:reply team channel=3`."""
        narrow = [("channel", self.channel_id), ("brand", self.brand_id), ("team", self.team_id)]
        return " ".join([self.verb, self.scope, *(f"{name}={key}" for name, key in narrow if key is not None)])


def is_scoped(verb: str) -> bool:
    """Whether own, team or all makes a difference: a default role says so."""
    return verb in _SCOPED


def is_narrowable(verb: str) -> bool:
    """Whether a channel, brand or team makes a difference: it is done to a case."""
    return verb.startswith("conversation:")


def checked(given: Iterable[Given]) -> tuple[Given, ...]:
    """The lines of a role without doubles, in order. Raises WrongGrant."""
    for line in given:
        if line.verb not in VERBS:
            raise WrongGrant(f"There is no verb {line.verb[:80]!r}; there are {', '.join(VERBS)}.")
        if line.scope not in SCOPES:
            raise WrongGrant(f"There is no scope {line.scope[:20]!r}; there are own, team and all.")
        if not is_scoped(line.verb) and line.scope != "all":
            raise WrongGrant(f"{line.verb} is held or not: its scope is all.")
        if line.allowed.is_narrowed and not is_narrowable(line.verb):
            raise WrongGrant(f"{line.verb} is not done to a case: it can't be narrowed to a channel, brand or team.")
    return tuple(dict.fromkeys(sorted(given, key=lambda line: (VERBS.index(line.verb), line.code))))


def lacking(giver: Mapping[str, tuple[Allowed, ...]], wanted: Iterable[Given]) -> list[Given]:
    """Of the lines wanted, those that the giver does not hold at least as widely."""
    return [line for line in wanted if not any(_covers(held, line.allowed) for held in giver.get(line.verb, ()))]


def lines_of(person: Person) -> tuple[Given, ...]:
    return tuple(
        Given(verb, held.scope, held.channel_id, held.brand_id, held.team_id)
        for verb, grants in person.grants.items()
        for held in grants
    )


def _covers(held: Allowed, wanted: Allowed) -> bool:
    places = ((held.channel_id, wanted.channel_id), (held.brand_id, wanted.brand_id), (held.team_id, wanted.team_id))
    is_wide = SCOPES.index(held.scope) >= SCOPES.index(wanted.scope)
    return is_wide and all(here is None or here == there for here, there in places)
