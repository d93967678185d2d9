"""API tokens: several for each person, named, narrowed to scopes, running out, revoked. Their words are shown once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.domain.staff.errors import NotPossible
from careline.domain.staff.models import Agent, ApiToken
from careline.domain.staff.rules import VERBS, Forbidden
from careline.kit import db

NOTED_EVERY = timedelta(minutes=5)
MOST = 100


@transaction.atomic
def make_token(
    agent: Agent, *, by: Actor, at: datetime, name: str = "", scopes: tuple[str, ...] = (), expires_at: datetime | None = None
) -> tuple[int, str]:  # fmt: skip
    """A new token of the agent: its id, and its words, which are told once and kept nowhere.

    Raises Forbidden where a person makes one for somebody else, or a narrowed token makes a wider one; NotPossible.
    """
    if by.kind is ActorKind.AGENT and by.id != agent.pk:
        raise Forbidden("token:own", "Everybody makes their own tokens.")
    if by.token_scopes and not (scopes and by.token_scopes >= set(scopes)):
        raise Forbidden("token:own", "A token makes none that may more than itself.")
    if unknown := [scope for scope in scopes if scope not in VERBS]:
        raise NotPossible(f"There is no scope {unknown[0][:80]!r}; there are {', '.join(VERBS)}.")
    if expires_at is not None and expires_at <= at:
        raise NotPossible("It would have run out already.")
    if ApiToken.objects.filter(agent=agent, revoked_at=None).count() >= MOST:
        raise NotPossible(f"Nobody has more than {MOST} tokens: revoke one that is no longer used.")
    words = "cl_" + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        agent=agent, digest=hashlib.sha256(words.encode()).hexdigest(), name=name, scopes=sorted(set(scopes)),
        created_at=at, expires_at=expires_at,
    )  # fmt: skip
    data = {"token": token.pk, "scopes": sorted(set(scopes))}
    record(Happening("token.issued", "agent", agent.pk, data=data), by=by, at=at)
    return token.pk, words


@transaction.atomic
def revoke_token(token_id: int, *, agent_id: int, by: Actor, at: datetime) -> bool:
    """The token opens nothing any more. False where there is no such token of theirs."""
    ended = ApiToken.objects.filter(pk=token_id, agent_id=agent_id, revoked_at=None).update(revoked_at=at)
    if ended:
        record(Happening("token.revoked", "agent", agent_id, data={"token": token_id}), by=by, at=at)
    return bool(ended)


@transaction.atomic
def revoke_tokens(agent_id: int, *, by: Actor, at: datetime) -> int:
    """All tokens of somebody; how many."""
    ended = ApiToken.objects.filter(agent_id=agent_id, revoked_at=None).update(revoked_at=at)
    if ended:
        record(Happening("token.revoked", "agent", agent_id, data={"count": ended}), by=by, at=at)
    return ended


def note_token_used(token_id: int, *, at: datetime) -> None:
    ApiToken.objects.filter(pk=token_id).update(last_used_at=at)


def tokens_of(agent_id: int) -> list[Any]:
    """Those that are not revoked, the newest first: id, name, scopes, created_at, expires_at, last_used_at."""
    return db.rows(
        """SELECT id, name, scopes, created_at, expires_at, last_used_at FROM staff_apitoken
           WHERE agent_id = %s AND revoked_at IS NULL ORDER BY id DESC""",
        [agent_id],
    )
