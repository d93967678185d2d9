"""The roles there are, what they allow, and who holds them: reads."""

from __future__ import annotations

from typing import Any

from careline.domain.staff.errors import WrongGrant
from careline.domain.staff.granting_rules import Given
from careline.domain.staff.models import Role
from careline.kit import db


class NoSuchRole(ValueError):
    """The role's code is not one of the install's."""


def role_with(code: str, *, locked: bool = False) -> Role:
    """The role of this code. Raises NoSuchRole."""
    roles = Role.objects.select_for_update() if locked else Role.objects
    found = roles.filter(code=code).first()
    if found is None:
        known = ", ".join(Role.objects.order_by("pk").values_list("code", flat=True))
        raise NoSuchRole(f"There is no role {code[:60]!r}. Roles are: {known}.")
    return found


def roles_with_figures() -> list[Any]:
    """The roles: id, code, name, is_changed, needs_second_factor, holders (how many active people)."""
    return db.rows(
        """SELECT r.id, r.code, r.name, r.is_changed, r.needs_second_factor, (
               SELECT count(*) FROM staff_agent a WHERE a.is_active AND (a.role_id = r.id OR EXISTS (
                   SELECT FROM staff_extrarole e WHERE e.agent_id = a.id AND e.role_id = r.id))) AS holders
           FROM staff_role r ORDER BY r.id"""
    )


def lines_of_role(role_id: int) -> list[Given]:
    return lines_of_roles().get(role_id, [])


def lines_of_roles() -> dict[int, list[Given]]:
    """What each role allows, by the role's id."""
    found: dict[int, list[Given]] = {}
    for row in db.rows(
        "SELECT role_id, verb, scope, channel_id, brand_id, team_id FROM staff_grant ORDER BY role_id, verb, id"
    ):
        found.setdefault(row.role_id, []).append(Given(*row[1:]))
    return found


def holders_of(role_id: int) -> list[int]:
    """The ids of everybody who holds the role, those who left among them."""
    found = db.rows(
        """SELECT id FROM staff_agent WHERE role_id = %(role)s UNION SELECT agent_id FROM staff_extrarole WHERE role_id = %(role)s
           ORDER BY 1""",
        {"role": role_id},
    )
    return [row.id for row in found]


def roles_of(agent_id: int) -> list[Any]:
    """What somebody holds, their own role first: id, code, name, is_extra."""
    return db.rows(
        """SELECT r.id, r.code, r.name, false AS is_extra FROM staff_agent a JOIN staff_role r ON r.id = a.role_id WHERE a.id = %(agent)s
           UNION ALL SELECT r.id, r.code, r.name, true FROM staff_extrarole e JOIN staff_role r ON r.id = e.role_id
           WHERE e.agent_id = %(agent)s ORDER BY is_extra, name""",
        {"agent": agent_id},
    )


def extra_roles() -> dict[int, list[str]]:
    """The names of the roles that people hold besides their own, by agent."""
    found: dict[int, list[str]] = {}
    for row in db.rows(
        "SELECT e.agent_id, r.name FROM staff_extrarole e JOIN staff_role r ON r.id = e.role_id ORDER BY e.agent_id, r.name"
    ):
        found.setdefault(row.agent_id, []).append(row.name)
    return found


def require_places(lines: list[Given], *, channels: set[int], brands: set[int], teams: set[int]) -> None:
    """Raises WrongGrant where a line is narrowed to a place that there is none of."""
    for line in lines:
        for key, known, what in (
            (line.channel_id, channels, "channel"), (line.brand_id, brands, "brand"), (line.team_id, teams, "team"),
        ):  # fmt: skip
            if key is not None and key not in known:
                raise WrongGrant(f"There is no {what} {key}.")


def brand_names() -> dict[int, str]:
    return {row.id: row.name for row in db.rows("SELECT id, name FROM company_brand ORDER BY lower(name), id")}
