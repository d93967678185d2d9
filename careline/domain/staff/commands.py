"""Changing who works here and how they get in."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.staff.granting import ensure_roles, give_roles, require_held
from careline.domain.staff.models import Agent, ApiToken, Membership, SignInAttempt, SignInLink, Team
from careline.domain.staff.roles import NoSuchRole, lines_of_role, role_with

__all__ = ["NoSuchRole", "ensure_roles"]  # asked for here by those who set up an install
LINK_VALID = timedelta(hours=24)
ATTEMPTS_KEPT = timedelta(days=1)


class AddressTaken(ValueError):
    """Another agent has this mail address."""


@transaction.atomic
def add_agent(
    email: str, *, name: str, role: str, by: Actor, at: datetime, team_ids: tuple[int, ...] = (), password: str = ""
) -> Agent:
    """A new agent. Raises NoSuchRole, AddressTaken. Without a password only a link signs them in."""
    held = role_with(role)
    require_held(lines_of_role(held.pk), by=by, at=at)
    address = email.strip().lower()
    if Agent.objects.filter(email=address).exists():
        raise AddressTaken(f"{address} is an agent already.")
    new = Agent(email=address, name=name or address.split("@")[0], role=held, joined_at=at)
    new.set_password(password or None)
    new.save()
    Membership.objects.bulk_create([Membership(agent=new, team_id=team) for team in team_ids])
    record(Happening("agent.added", "agent", new.pk, data={"role": role}), by=by, at=at)
    return new


def change_role(agent: Agent, *, role: str, by: Actor, at: datetime) -> None:
    """Gives an agent another role; what they hold besides stays. Raises as give_roles."""
    give_roles(agent, role=role, by=by, at=at)


@transaction.atomic
def deactivate(agent: Agent, *, by: Actor, at: datetime) -> None:
    """The agent can no longer sign in or call the API. Their open cases stay theirs until somebody moves them."""
    Agent.objects.filter(pk=agent.pk).update(is_active=False, deactivated_at=at)
    record(Happening("agent.deactivated", "agent", agent.pk), by=by, at=at)


@transaction.atomic
def add_team(name: str, *, by: Actor, at: datetime, signature: str = "") -> Team:
    team = Team.objects.create(name=name, signature=signature)
    record(Happening("team.added", "team", team.pk), by=by, at=at)
    return team


@transaction.atomic
def set_members(team_id: int, *, agent_ids: tuple[int, ...], by: Actor, at: datetime) -> None:
    """Exactly these agents are in the team."""
    Membership.objects.filter(team_id=team_id).exclude(agent_id__in=agent_ids).delete()
    Membership.objects.bulk_create(
        [Membership(agent_id=agent, team_id=team_id) for agent in agent_ids], ignore_conflicts=True
    )
    record(Happening("team.changed", "team", team_id, data={"agents": list(agent_ids)}), by=by, at=at)


@transaction.atomic
def issue_token(agent: Agent, *, by: Actor, at: datetime, name: str = "", scopes: tuple[str, ...] = ()) -> str:
    """A new API token of the agent; its words are told once and kept nowhere."""
    words = "cl_" + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(agent=agent, digest=_digest(words), name=name, scopes=list(scopes), created_at=at)
    record(Happening("token.issued", "agent", agent.pk, data={"token": token.pk}), by=by, at=at)
    return words


@transaction.atomic
def issue_link(agent: Agent, *, by: Actor, at: datetime) -> str:
    """The token of a link that signs the agent in once within 24 h."""
    words = secrets.token_urlsafe(24)
    SignInLink.objects.create(agent=agent, digest=_digest(words), due_at=at + LINK_VALID)
    record(Happening("link.issued", "agent", agent.pk), by=by, at=at)
    return words


@transaction.atomic
def use_link(words: str, *, by: Actor, at: datetime) -> Agent | None:
    """Whose link this is; it is spent by the call. None for a wrong, spent or expired one."""
    link = SignInLink.objects.select_for_update().filter(digest=_digest(words), used_at=None, due_at__gt=at).first()
    if link is None or not link.agent.is_active:
        return None
    SignInLink.objects.filter(pk=link.pk).update(used_at=at)
    note_sign_in(link.agent, by=by, at=at)
    return link.agent


@transaction.atomic
def note_sign_in(agent: Agent, *, by: Actor, at: datetime) -> None:
    Agent.objects.filter(pk=agent.pk).update(last_login=at)
    record(Happening("agent.signed_in", "agent", agent.pk), by=by, at=at)


@transaction.atomic
def note_failed_sign_in(keys: list[str], *, agent_id: int | None, by: Actor, at: datetime) -> None:
    """Counts a failed sign-in against the account and the caller's address."""
    SignInAttempt.objects.bulk_create([SignInAttempt(key=key, at=at) for key in keys])
    record(Happening("agent.sign_in_failed", "agent", agent_id or 0), by=by, at=at)


def forget_attempts(*, at: datetime) -> int:
    """Failed sign-ins that no longer count are nobody's business; how many."""
    return SignInAttempt.objects.filter(at__lt=at - ATTEMPTS_KEPT).delete()[0]


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
