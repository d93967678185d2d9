"""Channels: mailboxes and whatever else customers come by."""

from __future__ import annotations

from typing import Any

from careline.domain.channels.adapter import ChannelRow, adapter_of
from careline.domain.channels.commands import add_channel
from careline.domain.channels.queries import channel_by_id
from careline.domain.channels.queries import channels as all_channels
from careline.domain.company.queries import default_brand
from careline.domain.conversations.errors import NotFound
from careline.domain.staff.rules import require
from careline.entrypoints.api.naming import address_of, team_key
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.house import Channel, NewChannel
from careline.entrypoints.api.shapes.parts import Page, PageQuery


@route("GET", "/channels", query=PageQuery, answer=Page[Channel])
def channels(call: Call) -> Any:
    """All channels, those at rest included. Secrets are never shown."""
    require(call.person, "channel:read")
    return short_page_of([_shown(row) for row in all_channels(active=False)], call.query)


@route("GET", "/channels/{id}", answer=Channel)
def channel(call: Call) -> Any:
    """One channel, without its secrets."""
    require(call.person, "channel:read")
    found = channel_by_id(call.id)
    if found is None:
        raise NotFound(f"There is no channel {call.id}.")
    return _shown(found)


@route("POST", "/channels", body=NewChannel, answer=Channel, status=201)
def new_channel(call: Call) -> Any:
    """Adds a channel; an address that another one of its kind has is refused with 409."""
    require(call.person, "channel:manage")
    given = call.body
    known = {setting.name: setting for setting in adapter_of(given.kind).settings}
    for name, value in given.settings.items():
        wanted = bool if name in known and known[name].kind == "bool" else str
        if name in known and not isinstance(value, wanted):
            raise Wrong((f"settings.{name}", "Give true or false." if wanted is bool else "Give text."))
    address = address_of(given.address, "address") if given.address or given.kind == "email" else ""
    new = add_channel(
        given.kind, name=given.name.strip() or address, address=address, brand_id=default_brand().pk,
        team_id=None if given.team is None else team_key(given.team, "team"), settings=given.settings, by=call.by, at=call.at,
    )  # fmt: skip
    return Created(f"/channels/{new.pk}", _shown(channel_by_id(new.pk)))  # type: ignore[arg-type]


def _shown(row: ChannelRow) -> Channel:
    team = str(row.team_id) if row.team_id else None
    return Channel(str(row.id), row.kind, row.name, row.address, team, row.is_active, row.settings, row.health)
