"""Who may do what, and on whose cases: decisions about a `Person`, without tables."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

VERBS = (
    "conversation:read",
    "conversation:reply",
    "conversation:note",
    "conversation:resolve",
    "conversation:assign",
    "conversation:label",
    "conversation:create",
    "conversation:merge",
    "conversation:restrict",
    "customer:read",
    "customer:write",
    "customer:merge",
    "customer:import",
    "customer:export",
    "customer:segment",
    "customer:fields",
    "customer:erase",
    "retention:manage",
    "channel:read",
    "channel:manage",
    "inbound:read",
    "inbound:replay",
    "outbox:read",
    "sender:block",
    "case_settings:manage",
    "staff:read",
    "staff:manage",
    "staff:grant",
    "token:own",
    "audit:read",
    "problem:manage",
    "mailing:send",
    "metrics:read",
    "webhook:manage",
    "view:manage",
    "routing:manage",
    "hours:manage",
    "promise:manage",
    "canned:manage",
    "rule:manage",
    "wall:read",
    "knowledge:read",
    "knowledge:write",
    "knowledge:approve",
    "knowledge:publish",
    "brand:manage",
    "guide:manage",
    "approval:ask",
    "approval:decide",
    "policy:manage",
    "order:read",
    "order:write",
    "order:refund",
    "payment:settle",
    "product:manage",
    "service_request:read",
    "service_request:write",
    "service_request:decide",
    "service_request:manage",
    "subscription:read",
    "subscription:write",
    "subscription:manage",
    "portal:view",
    "portal:manage",
    "complaint:record",
    "complaint:read",
    "complaint:work",
    "complaint:export",
    "complaint:manage",
    "survey:read",
    "survey:manage",
    "followup:read",
    "followup:write",
    "feedback:read",
    "feedback:write",
    "feedback:manage",
    "report:read",
    "report:export",
    "report:send",
    "loyalty:manage",
    "hint:read",
)
_ON_CASES = tuple(verb for verb in VERBS if verb.startswith("conversation:") and verb != "conversation:restrict")
_WORK = {
    "token:own": "all",
    **dict.fromkeys(_ON_CASES, "team"),
    "approval:ask": "team",
    "customer:read": "team",
    "customer:write": "team",
    "customer:merge": "team",
    **dict.fromkeys(("order:read", "order:write", "order:refund"), "team"),
    **dict.fromkeys(("complaint:record", "complaint:read", "complaint:work"), "team"),
    **dict.fromkeys(("service_request:read", "service_request:write", "service_request:decide"), "team"),
    **dict.fromkeys(("subscription:read", "subscription:write"), "team"),
    **dict.fromkeys(("survey:read", "followup:read", "followup:write", "feedback:write"), "team"),
    "feedback:read": "all",
    "staff:read": "all",
    "channel:read": "all",
    "knowledge:read": "all",
    "knowledge:write": "all",
    "portal:view": "all",
}
_LEAD = {
    **_WORK,
    **dict.fromkeys(("customer:export", "customer:segment"), "team"),
    "approval:decide": "team",
    "hint:read": "team",
    "feedback:manage": "all",
    "view:manage": "team",
    **dict.fromkeys(("routing:manage", "rule:manage"), "team"),
    **dict.fromkeys(("hours:manage", "promise:manage"), "all"),
    "wall:read": "team",
    **dict.fromkeys(("report:read", "report:export"), "team"),
    "canned:manage": "team",
    "knowledge:approve": "all",
    "problem:manage": "all",
    "guide:manage": "all",
    "conversation:restrict": "team",
    "sender:block": "all",
    "inbound:read": "all",
    "inbound:replay": "all",
    "outbox:read": "all",
}
_OVERSIGHT = {
    **_LEAD,
    "view:manage": "all",
    "routing:manage": "all",
    "wall:read": "all",
    **dict.fromkeys(("report:read", "report:export", "report:send"), "all"),
    "canned:manage": "all",
    "knowledge:publish": "all",
    **dict.fromkeys((*_ON_CASES, "conversation:restrict"), "all"),
    "case_settings:manage": "all",
    **dict.fromkeys(("survey:read", "survey:manage", "followup:read", "followup:write", "feedback:write"), "all"),
    "rule:manage": "all",
    "portal:manage": "all",
    **dict.fromkeys(("loyalty:manage", "hint:read"), "all"),
    **dict.fromkeys(("approval:ask", "approval:decide"), "all"),
    "mailing:send": "all",
    **dict.fromkeys(("complaint:record", "complaint:read", "complaint:work", "complaint:export"), "all"),
    **dict.fromkeys(("order:read", "order:write", "order:refund", "payment:settle", "product:manage"), "all"),
    **dict.fromkeys(
        ("service_request:read", "service_request:write", "service_request:decide", "service_request:manage"), "all"
    ),
    **dict.fromkeys(("subscription:read", "subscription:write", "subscription:manage"), "all"),
    "customer:read": "all",
    "customer:write": "all",
    **dict.fromkeys(("customer:merge", "customer:import", "customer:export", "customer:segment"), "all"),
}

# code: (name, verb → scope). The next rooms (quality, hiring, success …) give the later roles their own verbs.
DEFAULT_ROLES: dict[str, tuple[str, dict[str, str]]] = {
    "representative": ("Representative", _WORK),
    "specialist": ("Specialist", _WORK),
    "team_lead": ("Team lead", _LEAD),
    "supervisor": ("Supervisor", _OVERSIGHT),
    "quality_specialist": (
        "Quality specialist",
        {
            "conversation:read": "all",
            "conversation:note": "all",
            "customer:read": "all",
            "order:read": "all",
            "service_request:read": "all",
            "subscription:read": "all",
            "complaint:read": "all",
            "staff:read": "all",
            "knowledge:read": "all",
            "token:own": "all",
        },
    ),
    "success_manager": ("Customer success manager", {**_WORK, "mailing:send": "all"}),
    "recruiter": ("Recruiter", {"staff:read": "all", "knowledge:read": "all", "token:own": "all"}),
    "manager": ("Manager", {**_OVERSIGHT, "policy:manage": "all", "complaint:manage": "all"}),
    "director": ("Director", {**_OVERSIGHT, "policy:manage": "all", "complaint:manage": "all"}),
    "administrator": ("Administrator", dict.fromkeys(VERBS, "all")),
}


@dataclass(frozen=True, slots=True)
class Allowed:
    """One grant as a person holds it."""

    scope: str
    channel_id: int | None = None
    brand_id: int | None = None
    team_id: int | None = None

    @property
    def is_narrowed(self) -> bool:
        return any(key is not None for key in (self.channel_id, self.brand_id, self.team_id))


@dataclass(frozen=True, slots=True)
class Person:
    """An agent with all that decides what they may do; loaded once per request.

    `absent` are those they stand in for just now; `must_add_factor` says that a role of theirs asks for a second factor
    which they don't have yet. `preferences` are how they like their screens, each with its default. `house_language` is the
    company's, for whoever chose none.
    """

    id: int
    name: str
    email: str
    role: str
    language: str = ""
    time_zone: str = ""
    team_ids: tuple[int, ...] = ()
    grants: dict[str, tuple[Allowed, ...]] = field(default_factory=dict)
    absent: tuple[Person, ...] = ()
    must_add_factor: bool = False
    preferences: dict[str, Any] = field(default_factory=dict)
    house_language: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """Which cases a person reaches with one verb. Restricted cases are reached by being named on them only.

    Whoever is the case's assignee or follower reaches it by `own`; grants that are narrowed to a channel, brand or team
    reach no further than those (`member_of`: the teams that they mean by "team"). `absent`: of the own cases of each of
    these people, what that person reaches.
    """

    agent_id: int
    everything: bool = False
    nothing: bool = False
    team_ids: tuple[int, ...] = ()
    narrowed: tuple[Allowed, ...] = ()
    member_of: tuple[int, ...] = ()
    own: bool = True
    absent: tuple[Reach, ...] = ()


class Forbidden(Exception):
    """A refusal that may be told: what may be seen but not done."""

    def __init__(self, verb: str, sentence: str = "") -> None:
        super().__init__(sentence or f"You may not do this ({verb}).")
        self.verb = verb
        self.is_plain = not sentence
        self.code = "forbidden." + verb.replace(":", ".")


def reach_of(person: Person, verb: str) -> Reach:
    """The widest reach that the person's grants give for a verb."""
    held = person.grants.get(verb, ())
    absent = tuple(reach for one in person.absent if not (reach := reach_of(one, verb)).nothing)
    if not held:
        return Reach(person.id, own=False, absent=absent) if absent else Reach(person.id, nothing=True)
    plain = [grant for grant in held if not grant.is_narrowed]
    scopes = {grant.scope for grant in plain}
    narrowed = tuple(grant for grant in held if grant.is_narrowed)
    return Reach(
        person.id,
        everything="all" in scopes,
        team_ids=person.team_ids if "team" in scopes else (),
        narrowed=narrowed,
        member_of=person.team_ids if any(grant.scope == "team" for grant in narrowed) else (),
        own=bool(plain),
        absent=absent,
    )


def may(person: Person, verb: str) -> bool:
    """Whether the person holds the verb at all, whatever the scope."""
    return verb in person.grants


def may_over(person: Person, verb: str, teams: frozenset[int] = frozenset()) -> bool:
    """Whether the person holds the verb for all cases, not narrowed; or for their teams, and these are such and not none."""
    scopes = {grant.scope for grant in person.grants.get(verb, ()) if not grant.is_narrowed}
    return "all" in scopes or ("team" in scopes and bool(teams) and teams <= frozenset(person.team_ids))


def require(person: Person, verb: str) -> None:
    """Raises Forbidden where the person does not hold the verb."""
    if not may(person, verb):
        raise Forbidden(verb)


def narrowed_to(person: Person, scopes: frozenset[str]) -> Person:
    """The person as a token with these scopes acts: rights ∩ scopes; no scopes means all of the owner's."""
    if not scopes:
        return person
    return replace(
        person,
        grants={verb: grants for verb, grants in person.grants.items() if verb in scopes},
        absent=tuple(narrowed_to(one, scopes) for one in person.absent),
    )
