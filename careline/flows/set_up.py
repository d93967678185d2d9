"""An empty install becomes somebody's: roles and statuses, the company, its first administrator, its first mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.channels import commands as channels
from careline.domain.channels.queries import channels as all_channels
from careline.domain.company import commands as companies
from careline.domain.company.queries import company, default_brand
from careline.domain.conversations.commands import labels
from careline.domain.history.actor import Actor
from careline.domain.staff import commands as staff
from careline.domain.staff.queries import agent_by_email, teams

UNNAMED = "Our company"


@dataclass(frozen=True, slots=True)
class Founding:
    """What `careline init` was told. Without a password the administrator signs in by a link."""

    company: str
    admin: str
    name: str = ""
    password: str = ""
    mailbox: str = ""
    mailbox_name: str = ""
    mailbox_settings: dict[str, Any] | None = None
    languages: tuple[str, ...] = ("en",)


def set_up(founding: Founding, *, by: Actor, at: datetime) -> str:
    """The token of the administrator's sign-in link; empty where a password was given. Who and what is there already stays.

    Raises channels.BadSettings for a setting that a mailbox does not have, AnothersInstall for another company's name.
    """
    with transaction.atomic():
        furnish(by=by, at=at)
        there = company()
        if there is not None and there.name not in (UNNAMED, founding.company):
            raise AnothersInstall(
                f"This install is {there.name}'s. Give --company {there.name!r}, or another --data folder for another company."
            )
        companies.found(founding.company, languages=founding.languages, by=by, at=at)
        if founding.mailbox and founding.mailbox not in {
            channel.address for channel in all_channels(kind="email", active=False)
        }:
            channels.add_channel(
                "email", name=founding.mailbox_name or founding.company, address=founding.mailbox, brand_id=default_brand().pk,
                team_id=None, settings=founding.mailbox_settings or {}, by=by, at=at,
            )  # fmt: skip
        if agent_by_email(founding.admin) is not None:
            return _link(founding.admin, by=by, at=at)
        return add_person(
            founding.admin, name=founding.name, role="administrator", password=founding.password, by=by, at=at
        )


def add_person(
    email: str, *, name: str, role: str, by: Actor, at: datetime, password: str = "", team_names: tuple[str, ...] = ()
) -> str:
    """Adds somebody; the token of their sign-in link, empty where they have a password. Raises NoSuchRole, AddressTaken, NoSuchTeam."""
    with transaction.atomic():
        furnish(by=by, at=at)
        known = {team.name.casefold(): team.id for team in teams()}
        for team in team_names:
            if team.casefold() not in known:
                raise NoSuchTeam(f"There is no team {team!r}.")
        held = tuple(dict.fromkeys(known[team.casefold()] for team in team_names))
        staff.add_agent(email, name=name, role=role, team_ids=held, password=password, by=by, at=at)
        return "" if password else _link(email, by=by, at=at)


def furnish(*, by: Actor, at: datetime) -> None:
    """What nothing works without: roles, statuses, a company with its brand. Those there are stay as they are."""
    staff.ensure_roles()
    labels.ensure_statuses()
    if company() is None:
        companies.found(UNNAMED, by=by, at=at)


class AnothersInstall(ValueError):
    """The install has a company, of another name."""


class NoSuchTeam(ValueError):
    """No team has this name."""


def _link(email: str, *, by: Actor, at: datetime) -> str:
    person = agent_by_email(email)
    assert person is not None
    return staff.issue_link(person, by=by, at=at)
