"""Sites that hold the chat: added, changed, and given a key to sign who their visitors are."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from careline.domain.calendars.queries import calendar_by_id
from careline.domain.channels import commands as channels
from careline.domain.chats.queries import site_by_id
from careline.domain.chats.rules.sites import BadSite, Site, fit_settings
from careline.domain.company.queries import default_brand
from careline.domain.conversations.errors import NotFound
from careline.domain.history.actor import Actor
from careline.domain.staff.queries import teams
from careline.domain.staff.rules import Person, require

VERB = "channel:manage"


def add_chat_site(
    agent: Person, *, name: str, team: int | None, settings: Mapping[str, Any], by: Actor, at: datetime
) -> Site:
    """A new site with a token of its own. Raises Forbidden, BadSite."""
    require(agent, VERB)
    made = channels.add_channel(
        "chat", name=_fit_name(name), address=secrets.token_hex(16), brand_id=default_brand().pk, team_id=_fit_team(team),
        settings=_fit(settings), by=by, at=at,
    )  # fmt: skip
    return _found(made.pk)


def change_chat_site(
    agent: Person, key: int, *, name: str | None = None, team: int | None = None, is_active: bool | None = None,
    settings: Mapping[str, Any] | None = None, by: Actor, at: datetime,
) -> Site:  # fmt: skip
    """Changes what is given. Raises Forbidden, NotFound, BadSite."""
    require(agent, VERB)
    _found(key)
    channels.change_channel(
        key, name=None if name is None else _fit_name(name), team_id=_fit_team(team), is_active=is_active,
        settings=None if settings is None else _fit(settings), by=by, at=at,
    )  # fmt: skip
    return _found(key)


def give_identity_key(agent: Person, key: int, *, by: Actor, at: datetime) -> str:
    """A new key, told once; what was signed with the one before is believed no more. Raises Forbidden, NotFound."""
    require(agent, VERB)
    _found(key)
    words = secrets.token_urlsafe(32)
    channels.change_channel(key, settings={"identity_key": words}, by=by, at=at)
    return words


def _found(key: int) -> Site:
    found = site_by_id(key)
    if found is None:
        raise NotFound(f"There is no chat site {key}.")
    return found


def _fit(settings: Mapping[str, Any]) -> dict[str, Any]:
    fit = fit_settings(settings)
    if fit.get("calendar") is not None and calendar_by_id(fit["calendar"]) is None:
        raise BadSite("There is no such calendar.", field="calendar")
    return fit


def _fit_name(name: str) -> str:
    if not 0 < len(name.strip()) <= 100:
        raise BadSite("A name has 1 to 100 characters.", field="name")
    return name.strip()


def _fit_team(team: int | None) -> int | None:
    if team is not None and team not in {row.id for row in teams()}:
        raise BadSite("There is no such team.", field="team")
    return team
