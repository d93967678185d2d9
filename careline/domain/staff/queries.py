"""Who works here."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.utils.crypto import constant_time_compare

from careline.domain.staff.models import Agent
from careline.domain.staff.rules import Allowed, Person, narrowed_to
from careline.kit import db

ATTEMPTS_ALLOWED = 10
ATTEMPTS_WITHIN = timedelta(minutes=15)

_PERSON = """
SELECT a.id, a.name, a.email, r.code AS role, a.language, a.time_zone, a.password,
    ARRAY(SELECT m.team_id FROM staff_membership m WHERE m.agent_id = a.id ORDER BY 1) AS team_ids,
    (SELECT coalesce(json_agg(json_build_array(g.verb, g.scope, g.channel_id, g.brand_id)), '[]')
     FROM staff_grant g WHERE g.role_id = a.role_id) AS grants
FROM staff_agent a JOIN staff_role r ON r.id = a.role_id
WHERE a.is_active AND a.id = %s
"""


def person(agent_id: int) -> Person | None:
    """The person as they are now; None where there is none or they were deactivated."""
    found = db.row(_PERSON, [agent_id])
    return _as_person(found) if found is not None else None


def person_of_session(agent_id: int, *, session_hash: str) -> Person | None:
    """Who a session belongs to; None where its password was changed since, or its agent is gone."""
    found = db.row(_PERSON, [agent_id])
    if found is None or not _is_their_session(agent_id, found.password, session_hash):
        return None
    return _as_person(found)


def _is_their_session(agent_id: int, password: str, session_hash: str) -> bool:
    """The session bears the hash that Django's sign-in gave it, which a new password changes."""
    return constant_time_compare(Agent(pk=agent_id, password=password).get_session_auth_hash(), session_hash)


def _as_person(found: Any) -> Person:
    grants: dict[str, list[Allowed]] = {}
    for verb, scope, channel_id, brand_id in found.grants:
        grants.setdefault(verb, []).append(Allowed(scope, channel_id, brand_id))
    return Person(
        found.id, found.name, found.email, found.role, found.language, found.time_zone, tuple(found.team_ids),
        {verb: tuple(held) for verb, held in grants.items()},
    )  # fmt: skip


def person_of_token(token: str, *, at: datetime) -> Person | None:
    """Whose API token this is, narrowed to its scopes; None for a wrong, revoked or expired one."""
    found = db.row(
        """SELECT agent_id, scopes FROM staff_apitoken
           WHERE digest = %s AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > %s)""",
        [hashlib.sha256(token.encode()).hexdigest(), at],
    )
    owner = person(found.agent_id) if found else None
    return narrowed_to(owner, frozenset(found.scopes)) if owner and found else None


def agent_by_email(email: str) -> Agent | None:
    return Agent.objects.filter(email=email.strip().lower()).first()


def agent_by_id(agent_id: int) -> Agent | None:
    return Agent.objects.filter(pk=agent_id, is_active=True).first()


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
    """Everybody who works here, by name: id, name, email, role, role_name, is_active, team_names."""
    return db.rows(
        """SELECT a.id, a.name, a.email, r.code AS role, r.name AS role_name, a.is_active,
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


def roles() -> list[Any]:
    """The roles: id, code, name."""
    return db.rows("SELECT id, code, name FROM staff_role ORDER BY id")


def is_assignable(agent_id: int, verb: str = "conversation:reply") -> bool:
    """Whether work may be given to this agent: active, and holding the verb."""
    who = person(agent_id)
    return who is not None and verb in who.grants
