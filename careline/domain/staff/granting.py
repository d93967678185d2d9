"""Roles, and who holds them. Nobody gives what they do not hold, nor lifts themselves; somebody always may mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.domain.staff.errors import LastAdministrator, NameTaken, RoleInUse
from careline.domain.staff.granting_rules import ADMINISTRATION, Given, checked, lacking, lines_of
from careline.domain.staff.models import Agent, ExtraRole, Grant, Role
from careline.domain.staff.queries import person
from careline.domain.staff.roles import holders_of, lines_of_role, role_with
from careline.domain.staff.rules import DEFAULT_ROLES, Forbidden, Person, narrowed_to
from careline.kit import db

ALWAYS_WHOLE = "administrator"
"""This role holds every verb there is, else a verb of a newer version could be given by nobody."""


@transaction.atomic
def ensure_roles() -> None:
    """Makes the default roles that are missing, and gives those that nobody changed the verbs that are new."""
    Role.objects.bulk_create(
        [Role(code=code, name=name) for code, (name, _) in DEFAULT_ROLES.items()], ignore_conflicts=True
    )
    roles = {role.code: role for role in Role.objects.filter(code__in=DEFAULT_ROLES)}
    held = set(Grant.objects.filter(role__in=roles.values()).values_list("role_id", "verb"))
    Grant.objects.bulk_create(
        [
            Grant(role=role, verb=verb, scope=scope)
            for code, (_, scopes) in DEFAULT_ROLES.items()
            for verb, scope in scopes.items()
            if (role := roles[code]) and (role.pk, verb) not in held and (not role.is_changed or code == ALWAYS_WHOLE)
        ]
    )


@transaction.atomic
def add_role(name: str, *, lines: Iterable[Given], by: Actor, at: datetime, needs_second_factor: bool = False) -> Role:
    """A role of one's own making. Raises NameTaken, WrongGrant, Forbidden where more is given than held."""
    wanted = checked(lines)
    require_held(wanted, by=by, at=at)
    if Role.objects.filter(name__iexact=name).exists():
        raise NameTaken(f"There is a role {name!r} already.")
    role = Role.objects.create(
        code=_free_code(name), name=name, is_changed=True, needs_second_factor=needs_second_factor
    )
    _write(role, wanted)
    data = {"role": role.code, "given": [line.code for line in wanted]}
    record(Happening("role.added", "role", role.pk, data=data), by=by, at=at)
    return role


@transaction.atomic
def change_role_grants(
    code: str, *, by: Actor, at: datetime, name: str = "", lines: Iterable[Given] | None = None,
    needs_second_factor: bool | None = None,
) -> Role:  # fmt: skip
    """Another name, other lines (None: the same), whether a second factor is asked for. Raises as add_role, LastAdministrator."""
    with administrators_stay(by=by):
        role = role_with(code, locked=True)
        before = set(lines_of_role(role.pk))
        wanted = before if lines is None else set(checked(lines))
        if code == ALWAYS_WHOLE and wanted != before:
            raise RoleInUse("Administrators hold every right; make a role of your own for anything less.")
        require_held(before ^ wanted, by=by, at=at)
        if name and Role.objects.filter(name__iexact=name).exclude(pk=role.pk).exists():
            raise NameTaken(f"There is a role {name!r} already.")
        role.name = name or role.name
        role.is_changed = role.is_changed or wanted != before
        role.needs_second_factor = role.needs_second_factor if needs_second_factor is None else needs_second_factor
        role.save()
        if wanted != before:
            Grant.objects.filter(role=role).delete()
            _write(role, checked(wanted))
        data = {
            "role": role.code, "given": sorted(line.code for line in wanted - before), "second_factor": role.needs_second_factor,
            "taken": sorted(line.code for line in before - wanted), "agents": holders_of(role.pk),
        }  # fmt: skip
        record(Happening("role.changed", "role", role.pk, data=data), by=by, at=at)
    return role


@transaction.atomic
def remove_role(code: str, *, by: Actor, at: datetime) -> None:
    """A role that nobody holds goes. Raises NoSuchRole, RoleInUse; those of the house stay."""
    role = role_with(code, locked=True)
    if code in DEFAULT_ROLES:
        raise RoleInUse("A role that came with Careline can be changed but not removed.")
    require_held(lines_of_role(role.pk), by=by, at=at)
    if holders_of(role.pk) or role.identityprovider_set.exists():
        raise RoleInUse(f"Somebody still holds the role {role.name}: give them another one first.")
    record(Happening("role.removed", "role", role.pk, data={"role": code}), by=by, at=at)
    role.delete()


@transaction.atomic
def give_roles(agent: Agent, *, role: str, by: Actor, at: datetime, extra: Iterable[str] | None = None) -> None:
    """The agent holds this role, and the extra ones besides (None: as before). Raises NoSuchRole, Forbidden, LastAdministrator."""
    if by.kind is ActorKind.AGENT and by.id == agent.pk:
        raise Forbidden("staff:grant", "Nobody changes their own role: ask another administrator.")
    with administrators_stay(by=by):
        main = role_with(role)
        more = None if extra is None else [role_with(code) for code in dict.fromkeys(extra) if code != role]
        require_over(agent.pk, by=by, at=at)
        for one in (main, *(more or ())):
            require_held(lines_of_role(one.pk), by=by, at=at)
        Agent.objects.filter(pk=agent.pk).update(role=main)
        if more is not None:
            ExtraRole.objects.filter(agent=agent).delete()
            ExtraRole.objects.bulk_create([ExtraRole(agent=agent, role=one) for one in more])
        data = {"role": role} | ({"extra": [one.code for one in more]} if more is not None else {})
        record(Happening("agent.role_changed", "agent", agent.pk, data=data), by=by, at=at)


def require_held(wanted: Iterable[Given], *, by: Actor, at: datetime) -> None:
    """Raises Forbidden where a person would give, or take, what they do not hold themselves. The house itself may."""
    giver = giver_of(by, at=at)
    if giver is not None and (missing := lacking(giver.grants, wanted)):
        raise Forbidden("staff:grant", f"You can't give or take what you do not hold yourself: {missing[0].code}.")


def require_over(agent_id: int, *, by: Actor, at: datetime, only: tuple[str, ...] = ()) -> None:
    """Raises Forbidden where the agent may more than who acts: else a link or another role would lift the one to the other.

    `only` these verbs matter, where it says so. A narrowed token is less than its own owner.
    """
    target, giver = person(agent_id), giver_of(by, at=at)
    if target is None or giver is None or (giver.id == agent_id and not by.token_scopes):
        return
    held = [line for line in lines_of(target) if not only or line.verb in only]
    if lacking(giver.grants, held):
        raise Forbidden("staff:grant", f"{target.name} may do more than you: ask another administrator.")


def giver_of(by: Actor, *, at: datetime) -> Person | None:
    """Who acts, with their own rights alone (nobody gives away what an absent colleague holds); None for the house itself."""
    if by.kind is not ActorKind.AGENT:
        return None
    found = person(by.id)
    if found is None:
        raise Forbidden("staff:grant")
    return narrowed_to(found, by.token_scopes or frozenset())


@contextmanager
def administrators_stay(*, by: Actor) -> Iterator[None]:
    """Raises LastAdministrator where what is done inside would leave nobody who may manage people and roles."""
    with transaction.atomic():
        db.lock_words(["staff administrators"])
        were = administrators()
        yield
        if were and not administrators():
            raise LastAdministrator


def administrators() -> list[int]:
    """Active agents who may manage people and roles, everywhere."""
    found = db.rows(
        """SELECT a.id FROM staff_agent a WHERE a.is_active AND (
               SELECT count(DISTINCT g.verb) FROM staff_grant g
               WHERE (g.role_id = a.role_id OR g.role_id IN (SELECT e.role_id FROM staff_extrarole e WHERE e.agent_id = a.id))
                 AND g.verb = ANY(%s) AND g.scope = 'all' AND coalesce(g.channel_id, g.brand_id, g.team_id) IS NULL) = %s
           ORDER BY a.id""",
        [list(ADMINISTRATION), len(ADMINISTRATION)],
    )
    return [row.id for row in found]


def _write(role: Role, lines: Iterable[Given]) -> None:
    Grant.objects.bulk_create(
        [
            Grant(role=role, verb=line.verb, scope=line.scope, channel_id=line.channel_id, brand_id=line.brand_id, team_id=line.team_id)
            for line in lines
        ]
    )  # fmt: skip


def _free_code(name: str) -> str:
    wanted = slugify(name).replace("-", "_")[:40] or "role"
    taken = set(Role.objects.filter(code__startswith=wanted).values_list("code", flat=True))
    return next(code for n in range(len(taken) + 2) if (code := f"{wanted}_{n}" if n else wanted) not in taken)
