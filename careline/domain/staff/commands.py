"""Changing who works here and how they get in."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.staff.errors import NameTaken
from careline.domain.staff.granting import administrators_stay, ensure_roles, give_roles, require_held, require_over
from careline.domain.staff.granting_rules import ADMINISTRATION
from careline.domain.staff.models import Agent, Membership, SignInAttempt, SignInLink, Team
from careline.domain.staff.roles import NoSuchRole, lines_of_role, role_with
from careline.domain.staff.sessions import end_sessions
from careline.domain.staff.tokens import make_token, revoke_tokens

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
    """The agent is out of every browser and program at once. What is handed over of their work is told by flows.leave.

    Raises LastAdministrator, Forbidden.
    """
    require_over(agent.pk, by=by, at=at, only=ADMINISTRATION)
    with administrators_stay(by=by):
        Agent.objects.filter(pk=agent.pk).update(is_active=False, deactivated_at=at)
        end_sessions(agent.pk, by=by, at=at)
        revoke_tokens(agent.pk, by=by, at=at)
        SignInLink.objects.filter(agent=agent, used_at=None).update(used_at=at)
        record(Happening("agent.deactivated", "agent", agent.pk), by=by, at=at)


@transaction.atomic
def reactivate(agent: Agent, *, by: Actor, at: datetime) -> None:
    """Somebody is back, with the role they had; tokens and sessions of before stay dead. Raises Forbidden."""
    Agent.objects.filter(pk=agent.pk).update(is_active=True, deactivated_at=None)
    require_over(agent.pk, by=by, at=at)
    record(Happening("agent.reactivated", "agent", agent.pk), by=by, at=at)


@transaction.atomic
def add_team(name: str, *, by: Actor, at: datetime, signature: str = "", agent_ids: tuple[int, ...] = ()) -> Team:
    team = Team.objects.create(name=name, signature=signature)
    record(Happening("team.added", "team", team.pk), by=by, at=at)
    if agent_ids:
        set_members(team.pk, agent_ids=agent_ids, by=by, at=at)
    return team


@transaction.atomic
def change_team(
    team_id: int, *, name: str, signature: str, by: Actor, at: datetime, agent_ids: tuple[int, ...] | None = None
) -> None:
    """Name, signature, and where they are given exactly these members. Raises NameTaken."""
    if Team.objects.filter(name__iexact=name).exclude(pk=team_id).exists():
        raise NameTaken(f"There is a team {name!r} already.")
    Team.objects.filter(pk=team_id).update(name=name, signature=signature)
    record(Happening("team.renamed", "team", team_id), by=by, at=at)
    if agent_ids is not None:
        set_members(team_id, agent_ids=agent_ids, by=by, at=at)


@transaction.atomic
def set_members(team_id: int, *, agent_ids: tuple[int, ...], by: Actor, at: datetime) -> None:
    """Exactly these agents are in the team."""
    Membership.objects.filter(team_id=team_id).exclude(agent_id__in=agent_ids).delete()
    Membership.objects.bulk_create(
        [Membership(agent_id=agent, team_id=team_id) for agent in agent_ids], ignore_conflicts=True
    )
    record(Happening("team.changed", "team", team_id, data={"agents": list(agent_ids)}), by=by, at=at)


def issue_token(agent: Agent, *, by: Actor, at: datetime, name: str = "", scopes: tuple[str, ...] = ()) -> str:
    """The words of a new API token of the agent, without an end. Raises as make_token."""
    return make_token(agent, by=by, at=at, name=name, scopes=scopes)[1]


@transaction.atomic
def issue_link(agent: Agent, *, by: Actor, at: datetime, purpose: str = "entry", valid: timedelta = LINK_VALID) -> str:
    """The token of a link that signs the agent in once, or sets a new password. Raises Forbidden for one who may more."""
    require_over(agent.pk, by=by, at=at)
    words = secrets.token_urlsafe(24)
    SignInLink.objects.create(agent=agent, digest=_digest(words), due_at=at + valid, purpose=purpose)
    record(Happening("link.issued", "agent", agent.pk, data={"purpose": purpose}), by=by, at=at)
    return words


@transaction.atomic
def use_link(words: str, *, by: Actor, at: datetime, purpose: str = "entry") -> Agent | None:
    """Whose link this is; it is spent by the call. None for a wrong, spent or expired one."""
    found = SignInLink.objects.select_for_update().filter(digest=_digest(words), purpose=purpose)
    link = found.filter(used_at=None, due_at__gt=at).first()
    if link is None or not link.agent.is_active:
        return None
    SignInLink.objects.filter(pk=link.pk).update(used_at=at)
    record(Happening("link.used", "agent", link.agent_id, data={"purpose": purpose}), by=by, at=at)
    return link.agent


@transaction.atomic
def note_sign_in(agent: Agent, *, by: Actor, at: datetime) -> None:
    Agent.objects.filter(pk=agent.pk).update(last_login=at)
    record(Happening("agent.signed_in", "agent", agent.pk), by=by, at=at)


@transaction.atomic
def note_failed_sign_in(
    keys: list[str], *, agent_id: int | None, by: Actor, at: datetime, how: str = "password"
) -> None:
    """Counts a failed sign-in against the account and the caller's address."""
    SignInAttempt.objects.bulk_create([SignInAttempt(key=key, at=at) for key in keys])
    record(Happening("agent.sign_in_failed", "agent", agent_id or 0, data={"how": how}), by=by, at=at)


def note_asking(keys: list[str], *, at: datetime) -> None:
    """Counts that somebody asked for a letter: no failure, but only so many are let through."""
    SignInAttempt.objects.bulk_create([SignInAttempt(key=key, at=at) for key in keys])


def forget_attempts(*, at: datetime) -> int:
    """Failed sign-ins that no longer count are nobody's business; how many."""
    return SignInAttempt.objects.filter(at__lt=at - ATTEMPTS_KEPT).delete()[0]


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
