"""Who may do what, and on whose cases: decisions about a `Person`, without tables."""

from __future__ import annotations

from dataclasses import dataclass, field

VERBS = (
    "conversation:read",
    "conversation:reply",
    "conversation:note",
    "conversation:resolve",
    "conversation:assign",
    "conversation:label",
    "conversation:create",
    "customer:read",
    "customer:write",
    "channel:read",
    "channel:manage",
    "inbound:read",
    "inbound:replay",
    "outbox:read",
    "staff:read",
    "staff:manage",
    "metrics:read",
)
_ON_CASES = tuple(verb for verb in VERBS if verb.startswith("conversation:"))
_WORK = {
    **dict.fromkeys(_ON_CASES, "team"),
    "customer:read": "team",
    "customer:write": "team",
    "staff:read": "all",
    "channel:read": "all",
}
_LEAD = {**_WORK, "inbound:read": "all", "inbound:replay": "all", "outbox:read": "all"}
_OVERSIGHT = {**_LEAD, **dict.fromkeys(_ON_CASES, "all"), "customer:read": "all", "customer:write": "all"}

# code: (name, verb → scope). The next rooms (quality, hiring, success …) give the later roles their own verbs.
DEFAULT_ROLES: dict[str, tuple[str, dict[str, str]]] = {
    "representative": ("Representative", _WORK),
    "specialist": ("Specialist", _WORK),
    "team_lead": ("Team lead", _LEAD),
    "supervisor": ("Supervisor", _OVERSIGHT),
    "quality_specialist": (
        "Quality specialist",
        {"conversation:read": "all", "conversation:note": "all", "customer:read": "all", "staff:read": "all"},
    ),
    "success_manager": ("Customer success manager", _WORK),
    "recruiter": ("Recruiter", {"staff:read": "all"}),
    "manager": ("Manager", _OVERSIGHT),
    "director": ("Director", _OVERSIGHT),
    "administrator": ("Administrator", dict.fromkeys(VERBS, "all")),
}


@dataclass(frozen=True, slots=True)
class Allowed:
    """One grant as a person holds it."""

    scope: str
    channel_id: int | None = None
    brand_id: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """An agent with all that decides what they may do; loaded once per request."""

    id: int
    name: str
    email: str
    role: str
    language: str = ""
    time_zone: str = ""
    team_ids: tuple[int, ...] = ()
    grants: dict[str, tuple[Allowed, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reach:
    """Which cases a person reaches with one verb. Restricted cases are reached by being named on them only."""

    agent_id: int
    everything: bool = False
    nothing: bool = False
    team_ids: tuple[int, ...] = ()
    narrowed: tuple[Allowed, ...] = ()


class Forbidden(Exception):
    """A refusal that may be told: what may be seen but not done."""

    def __init__(self, verb: str, sentence: str = "") -> None:
        super().__init__(sentence or f"You may not do this ({verb}).")
        self.verb = verb
        self.code = "forbidden." + verb.replace(":", ".")


def reach_of(person: Person, verb: str) -> Reach:
    """The widest reach that the person's grants give for a verb."""
    held = person.grants.get(verb, ())
    if not held:
        return Reach(person.id, nothing=True)
    plain = [grant for grant in held if grant.channel_id is None and grant.brand_id is None]
    scopes = {grant.scope for grant in plain}
    return Reach(
        person.id,
        everything="all" in scopes,
        team_ids=person.team_ids if "team" in scopes else (),
        narrowed=tuple(grant for grant in held if grant not in plain),
    )


def may(person: Person, verb: str) -> bool:
    """Whether the person holds the verb at all, whatever the scope."""
    return verb in person.grants


def require(person: Person, verb: str) -> None:
    """Raises Forbidden where the person does not hold the verb."""
    if not may(person, verb):
        raise Forbidden(verb)


def narrowed_to(person: Person, scopes: frozenset[str]) -> Person:
    """The person as a token with these scopes acts: rights ∩ scopes; no scopes means all of the owner's."""
    if not scopes:
        return person
    kept = {verb: grants for verb, grants in person.grants.items() if verb in scopes}
    return Person(
        person.id, person.name, person.email, person.role, person.language, person.time_zone, person.team_ids, kept
    )
