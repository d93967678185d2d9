"""Who works here."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.crypto import constant_time_compare

from careline.domain.staff.models import Agent
from careline.domain.staff.preference_rules import with_defaults
from careline.domain.staff.rules import Allowed, Person, narrowed_to
from careline.kit import db

ATTEMPTS_ALLOWED = 10
ATTEMPTS_WITHIN = timedelta(minutes=15)

_HOLDS = "(r.id = a.role_id OR r.id IN (SELECT e.role_id FROM staff_extrarole e WHERE e.agent_id = a.id))"
_PERSON = f"""
SELECT a.id, a.name, a.email, r.code AS role, a.language, a.time_zone, a.password,
    ARRAY(SELECT m.team_id FROM staff_membership m WHERE m.agent_id = a.id ORDER BY 1) AS team_ids,
    (SELECT coalesce(json_agg(json_build_array(g.verb, g.scope, g.channel_id, g.brand_id, g.team_id) ORDER BY g.id), '[]')::text
     FROM staff_grant g JOIN staff_role r ON r.id = g.role_id WHERE {_HOLDS}) AS grants,
    EXISTS (SELECT FROM staff_role r WHERE {_HOLDS} AND r.needs_second_factor)
        AND NOT EXISTS (SELECT FROM staff_factor f WHERE f.agent_id = a.id) AS must_add_factor,
    ARRAY(SELECT d.absent_id FROM staff_deputy d WHERE d.deputy_id = a.id AND d.starts_at <= %(at)s AND d.ends_at > %(at)s
          ORDER BY 1) AS absent_ids,
    (SELECT v.last_seen_at FROM staff_session v WHERE v.id = %(session)s AND v.agent_id = a.id AND v.ended_at IS NULL)
        AS last_seen_at,
    (SELECT p.chosen FROM staff_preference p WHERE p.agent_id = a.id) AS preferences,
    (SELECT c.languages->>0 FROM company c ORDER BY c.id LIMIT 1) AS house_language{{besides}}
FROM staff_agent a JOIN staff_role r ON r.id = a.role_id
WHERE a.is_active AND a.id = %(agent)s
"""
_ALONE = _PERSON.format(besides="")
_WITH_SESSION = _PERSON.format(
    besides=""", (SELECT b.session_data FROM django_session b WHERE b.session_key = %(browser)s AND b.expire_date > now()) AS session_data,
    (SELECT h.tx::text || '-' || h.id FROM history h WHERE %(newest)s AND h.tx < pg_snapshot_xmin(pg_current_snapshot())
     ORDER BY h.tx DESC, h.id DESC LIMIT 1) AS newest"""
)


def person(agent_id: int, *, at: datetime | None = None) -> Person | None:
    """The person as they are now; None where there is none or they were deactivated.

    `at` adds those whom they stand in for at that moment; without one, nobody.
    """
    found = _row_of(agent_id, at=at)
    return _as_person(found) if found is not None else None


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is behind a session; `seen_at` is when it was last noted as in use, None where it is not on the list of sessions."""

    person: Person
    session: int | None
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Opened:
    """What a browser's session holds, and the row of whoever it was last time. It says nothing of whose the session is now.

    `newest`: where history stood then, as tx-id, where it was asked for.
    """

    agent_id: int
    session: int | None
    session_data: str
    newest: str
    row: Any


def opened_session(
    browser: str, *, agent_id: int, session: int | None, at: datetime, with_newest: bool = False
) -> Opened | None:
    """The session kept under the name `browser` in one statement with the person who is likely behind it; None where either is gone."""
    asked = {"agent": agent_id, "session": session, "at": at, "browser": browser, "newest": with_newest}
    found = db.row(_WITH_SESSION, asked, prepared=True)
    if found is None or found.session_data is None:
        return None
    return Opened(agent_id, session, found.session_data, found.newest or "", found)


def visitor_of_session(
    agent_id: int,
    *,
    session_hash: str,
    session: int | None = None,
    at: datetime | None = None,
    opened: Opened | None = None,
) -> Visitor | None:
    """Who a session belongs to; None where it was ended, its password was changed since, or its agent is gone.

    `session` is its number among those that are listed; what began before there was a list has none. `opened` saves a statement where
    it was read for this agent and this number.
    """
    is_read = opened is not None and (opened.agent_id, opened.session) == (agent_id, session)
    found = opened.row if opened is not None and is_read else _row_of(agent_id, session=session, at=at)
    if found is None or not _is_their_session(found.password, session_hash):
        return None
    if session is not None and found.last_seen_at is None:
        return None
    return Visitor(_as_person(found), session, found.last_seen_at)


def person_of_session(
    agent_id: int, *, session_hash: str, session: int | None = None, at: datetime | None = None
) -> Person | None:
    """The person alone, of `visitor_of_session`."""
    found = visitor_of_session(agent_id, session_hash=session_hash, session=session, at=at)
    return found.person if found is not None else None


def _row_of(agent_id: int, *, session: int | None = None, at: datetime | None = None) -> Any:
    return db.row(_ALONE, {"agent": agent_id, "session": session, "at": at}, prepared=True)


def _is_their_session(password: str, session_hash: str) -> bool:
    """The session bears the hash that Django's sign-in gave it, which a new password changes."""
    return constant_time_compare(_session_hash(password, settings.SECRET_KEY), session_hash)


@lru_cache(maxsize=2_000)
def _session_hash(password: str, _secret: str) -> str:
    return str(Agent(password=password).get_session_auth_hash())


def _as_person(found: Any) -> Person:
    return Person(
        found.id, found.name, found.email, found.role, found.language, found.time_zone, tuple(found.team_ids),
        dict(_grants_in(found.grants)),
        tuple(absent for key in found.absent_ids if (absent := person(key)) is not None), found.must_add_factor,
        with_defaults(found.preferences or {}), found.house_language or "",
    )  # fmt: skip


@lru_cache(maxsize=2_000)
def _grants_in(written: str) -> dict[str, tuple[Allowed, ...]]:
    """By verb, of what the statement tells as JSON: the same few sets of rights are read again and again."""
    grants: dict[str, list[Allowed]] = {}
    for verb, scope, channel_id, brand_id, team_id in json.loads(written):
        grants.setdefault(verb, []).append(Allowed(scope, channel_id, brand_id, team_id))
    return {verb: tuple(dict.fromkeys(held)) for verb, held in grants.items()}


@dataclass(frozen=True, slots=True)
class TokenOwner:
    """Who calls with a token, narrowed to its scopes; `used_at` is when it was last noted as in use."""

    person: Person
    token: int
    scopes: frozenset[str]
    used_at: datetime | None


def owner_of_token(token: str, *, at: datetime) -> TokenOwner | None:
    """None for a wrong, revoked or expired token."""
    found = db.row(
        """SELECT id, agent_id, scopes, last_used_at FROM staff_apitoken
           WHERE digest = %s AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > %s)""",
        [hashlib.sha256(token.encode()).hexdigest(), at],
        prepared=True,
    )
    owner = person(found.agent_id, at=at) if found else None
    if owner is None or found is None:
        return None
    scopes = frozenset(found.scopes)
    return TokenOwner(narrowed_to(owner, scopes), found.id, scopes, found.last_used_at)


def person_of_token(token: str, *, at: datetime) -> Person | None:
    """Whose API token this is, narrowed to its scopes; None for a wrong, revoked or expired one."""
    found = owner_of_token(token, at=at)
    return found.person if found is not None else None


def agent_by_email(email: str) -> Agent | None:
    return Agent.objects.filter(email=email.strip().lower()).first()


def agent_by_id(agent_id: int) -> Agent | None:
    return Agent.objects.filter(pk=agent_id, is_active=True).first()


def agent_by_number(agent_id: int) -> Agent | None:
    """Also one who has left."""
    return Agent.objects.filter(pk=agent_id).first()


def agent_id_of(email: str) -> int | None:
    """The active agent with this mail address, whatever its case."""
    return db.value("SELECT id FROM staff_agent WHERE email = %s AND is_active", [email.strip().lower()])


def is_locked_out(keys: list[str], *, at: datetime) -> bool:
    """Whether one of the keys (account, caller's address) has failed to sign in too often just now."""
    worst = db.value(
        """SELECT max(n) FROM (SELECT count(*) AS n FROM staff_signinattempt WHERE key = ANY(%s) AND at > %s GROUP BY key) k""",
        [keys, at - ATTEMPTS_WITHIN],
    )
    return (worst or 0) >= ATTEMPTS_ALLOWED


def agents() -> list[Any]:
    """Everybody who works here, by name: id, name, email, role, role_name, is_active, reports_to_id, team_names."""
    return db.rows(
        """SELECT a.id, a.name, a.email, r.code AS role, r.name AS role_name, a.is_active, a.reports_to_id,
               ARRAY(SELECT t.name FROM staff_membership m JOIN staff_team t ON t.id = m.team_id
                     WHERE m.agent_id = a.id ORDER BY 1) AS team_names
           FROM staff_agent a JOIN staff_role r ON r.id = a.role_id ORDER BY a.is_active DESC, a.name, a.id"""
    )


def teams() -> list[Any]:
    """The teams by name: id, name, signature, size."""
    return db.rows(
        """SELECT t.id, t.name, t.signature, count(m.id) AS size FROM staff_team t
           LEFT JOIN staff_membership m ON m.team_id = t.id GROUP BY t.id ORDER BY t.name, t.id"""
    )


def members_of(team_id: int) -> list[int]:
    return [row.agent_id for row in db.rows("SELECT agent_id FROM staff_membership WHERE team_id = %s", [team_id])]


def roles() -> list[Any]:
    """The roles: id, code, name."""
    return db.rows("SELECT id, code, name FROM staff_role ORDER BY id")


def is_assignable(agent_id: int, verb: str = "conversation:reply") -> bool:
    """Whether work may be given to this agent: active, and holding the verb."""
    who = person(agent_id)
    return who is not None and verb in who.grants
