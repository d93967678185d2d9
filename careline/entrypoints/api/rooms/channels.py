"""Channels: mailboxes and whatever else customers come by."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET

from careline.domain.channels.adapter import ChannelRow, adapter_of
from careline.domain.channels.commands import add_channel, change_channel
from careline.domain.channels.queries import channel_by_id
from careline.domain.channels.queries import channels as all_channels
from careline.domain.company.queries import default_brand
from careline.domain.conversations.errors import NotFound
from careline.domain.staff.rules import require
from careline.entrypoints.api.naming import address_of, team_key
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.house import Channel, ChannelPatch, NewChannel
from careline.entrypoints.api.shapes.parts import Page, PageQuery

_ELSEWHERE = {"chat": "under /chat-sites", "form": "under /forms", "portal": "with the customers' pages"}
"""Kinds that have a room of their own, which asks more than an adapter's settings do."""


@route("GET", "/channels", query=PageQuery, answer=Page[Channel])
def channels(call: Call) -> Any:
    """All channels, those at rest included. Secrets are never shown."""
    require(call.person, "channel:read")
    return short_page_of([_shown(row) for row in all_channels(active=False)], call.query)


@route("GET", "/channels/{id}", answer=Channel)
def channel(call: Call) -> Any:
    """One channel, without its secrets."""
    require(call.person, "channel:read")
    return _shown(_found(call.id))


@route("POST", "/channels", body=NewChannel, answer=Channel, status=201)
def new_channel(call: Call) -> Any:
    """Adds a channel; an address that another one of its kind has is refused with 409."""
    require(call.person, "channel:manage")
    given = call.body
    _fit_kind(given.kind)
    _fit_settings(given.kind, given.settings)
    address = address_of(given.address, "address") if given.address or given.kind == "email" else ""
    new = add_channel(
        given.kind, name=given.name.strip() or address, address=address, brand_id=default_brand().pk,
        team_id=None if given.team is None else team_key(given.team, "team"), settings=given.settings, by=call.by, at=call.at,
    )  # fmt: skip
    return Created(f"/channels/{new.pk}", _shown(channel_by_id(new.pk)))  # type: ignore[arg-type]


@route("PATCH", "/channels/{id}", body=ChannelPatch, answer=Channel)
def changed_channel(call: Call) -> Any:
    """Changes what is given; the address stays. Of `settings`, those that are named; a secret that is given empty stays as it is.

    `team: null` takes the team away; `is_active: false` puts the channel at rest, its cases stay. Chat sites and forms are changed
    under their own addresses.
    """
    require(call.person, "channel:manage")
    kept, given = _found(call.id), call.body
    _fit_kind(kept.kind)
    if given.name is not UNSET and not given.name.strip():
        raise Wrong(("name", "A channel needs a name: customers see it as the sender."))
    settings = {} if given.settings is UNSET else given.settings
    _fit_settings(kept.kind, settings)
    change_channel(
        kept.id, name=None if given.name is UNSET else given.name.strip(), team_id=team_key(given.team, "team") if given.team else None,
        has_no_team=given.team is None, settings=settings or None, is_active=None if given.is_active is UNSET else given.is_active,
        by=call.by, at=call.at,
    )  # fmt: skip
    return _shown(_found(kept.id))


def _fit_kind(kind: str) -> None:
    if kind in _ELSEWHERE:
        raise Wrong(("kind", f"A channel of kind {kind} is set up {_ELSEWHERE[kind]}."))


def _fit_settings(kind: str, settings: dict[str, Any]) -> None:
    known = {setting.name: setting for setting in adapter_of(kind).settings}
    for name, value in settings.items():
        wanted = bool if name in known and known[name].kind == "bool" else str
        if name in known and not isinstance(value, wanted):
            raise Wrong((f"settings.{name}", "Give true or false." if wanted is bool else "Give text."))


def _found(key: int) -> ChannelRow:
    found = channel_by_id(key)
    if found is None:
        raise NotFound(f"There is no channel {key}.")
    return found


def _shown(row: ChannelRow) -> Channel:
    team = str(row.team_id) if row.team_id else None
    return Channel(str(row.id), row.kind, row.name, row.address, team, row.is_active, row.settings, row.health)
