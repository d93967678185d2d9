"""Changing channels, and keeping what came in."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from careline.domain.channels.adapter import Setting, adapter_of
from careline.domain.channels.models import Channel
from careline.domain.channels.rules import without_password
from careline.domain.history.actor import SYSTEM, Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db
from careline.kit.keys import ring


class AddressTaken(ValueError):
    """Another channel of the kind has this address."""


class BadSettings(ValueError):
    """A setting is missing or wrong; `field` names it."""

    def __init__(self, sentence: str, *, field: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Arrival:
    """A raw message as it lay in the spool, its bytes stored under `digest`."""

    spool_name: str
    digest: str
    size: int
    door: str
    received_at: datetime
    envelope_from: str = ""
    envelope_to: list[str] = field(default_factory=list)
    channel_id: int | None = None
    subject: str = ""
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What became of one inbound message."""

    inbound_id: int
    status: str
    outcome: str
    reason: str = ""
    conversation_number: int | None = None
    message_key: int | None = None
    channel_id: int | None = None


def add_channel(
    kind: str,
    *,
    name: str,
    address: str,
    brand_id: int,
    team_id: int | None,
    settings: dict[str, Any],
    by: Actor,
    at: datetime,
) -> Channel:
    """A new channel; secret settings are encrypted. Raises NoSuchKind, BadSettings, AddressTaken."""
    plain, secret = _sorted_settings(kind, settings)
    try:
        with transaction.atomic():
            channel = Channel.objects.create(
                kind=kind, name=name, address=address.strip().lower(), brand_id=brand_id, team_id=team_id,
                settings=plain, secrets=_sealed(secret), created_at=at,
            )  # fmt: skip
            record(Happening("channel.added", "channel", channel.pk, data={"kind": kind}), by=by, at=at)
    except IntegrityError:
        raise AddressTaken(f"There is a channel with the address {address} already.") from None
    return channel


@transaction.atomic
def change_channel(channel_id: int, *, by: Actor, at: datetime, name: str | None = None, team_id: int | None = None, has_no_team: bool = False,
                   settings: dict[str, Any] | None = None, is_active: bool | None = None) -> None:  # fmt: skip
    """Changes what is given; secret settings that are given empty stay as they are. Raises BadSettings."""
    channel = Channel.objects.select_for_update().get(pk=channel_id)
    if name is not None:
        channel.name = name
    if team_id is not None or has_no_team:
        channel.team_id = team_id
    if is_active is not None:
        channel.is_active = is_active
    if settings is not None:
        plain, secret = _sorted_settings(channel.kind, settings)
        channel.settings = {**channel.settings, **plain}
        if secret:
            held = json.loads(ring().decrypt("channel", bytes(channel.secrets))) if channel.secrets else {}
            channel.secrets = _sealed({**held, **secret})
    channel.save()
    record(Happening("channel.changed", "channel", channel_id), by=by, at=at)


@transaction.atomic
def keep_secret(channel_id: int, name: str, value: str) -> None:
    """A secret that the other side changed by itself (a rotated refresh token); not a change that a person made."""
    channel = Channel.objects.select_for_update().get(pk=channel_id)
    held = json.loads(ring().decrypt("channel", bytes(channel.secrets))) if channel.secrets else {}
    Channel.objects.filter(pk=channel_id).update(secrets=_sealed({**held, name: value}))


def note_health(channel_id: int, health: dict[str, Any]) -> None:
    """What the channel's own connection says of itself; merged into what is known."""
    db.execute("UPDATE channels_channel SET health = health || %s WHERE id = %s", [db.json(health), channel_id])


def take_in(arrivals: list[Arrival]) -> dict[str, int]:
    """Inbound rows for arrivals (spool name → id). One that was taken in before keeps its row and is left out."""
    made = db.rows(
        """INSERT INTO channels_inbound (spool_name, file_id, size, door, received_at, envelope_from, envelope_to,
               channel_id, subject, sender, status, outcome, reason, attempts)
           SELECT a.spool_name, a.digest, a.size, a.door, a.received_at, a.envelope_from, a.envelope_to,
               a.channel_id, a.subject, a.sender, 'unprocessed', '', '', 0
           FROM jsonb_to_recordset(%s) AS a (spool_name text, digest text, size bigint, door text, received_at timestamptz,
               envelope_from text, envelope_to text[], channel_id bigint, subject text, sender text)
           ORDER BY a.spool_name
           ON CONFLICT (spool_name) DO NOTHING RETURNING id, spool_name""",
        [db.json([_as_json(arrival) for arrival in arrivals])],
        prepared=True,
    )
    return {row.spool_name: row.id for row in made}


def conclude_all(conclusions: list[Conclusion], *, at: datetime) -> None:
    """What became of a batch of inbound messages, and why; one statement."""
    db.send(
        """UPDATE channels_inbound i SET status = c.status, outcome = c.outcome, reason = c.reason,
               conversation_number = c.conversation_number, message_key = c.message_key,
               channel_id = coalesce(c.channel_id, i.channel_id), processed_at = %s, attempts = attempts + 1
           FROM jsonb_to_recordset(%s) AS c (inbound_id bigint, status text, outcome text, reason text,
               conversation_number bigint, message_key bigint, channel_id bigint)
           WHERE i.id = c.inbound_id""",
        [at, db.json([asdict(conclusion) for conclusion in conclusions])],
    )


def note_rejection(inbound_id: int, *, by: Actor = SYSTEM, at: datetime) -> None:
    """Puts on the record that an inbound message was not placed, so that the view of such shows it at once."""
    record(Happening("inbound.unplaced", "inbound", inbound_id), by=by, at=at)


def _sorted_settings(kind: str, given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Plain and secret settings apart, a password in an address among the secret ones.

    Raises BadSettings for one that the kind does not know or that would not work.
    """
    known = {setting.name: setting for setting in adapter_of(kind).settings}
    for name, value in given.items():
        if name not in known:
            raise BadSettings(f"A channel of kind {kind} has no setting {name!r}.", field=name)
        _check(known[name], value)
    plain = {name: value for name, value in given.items() if not known[name].secret}
    secret = {name: value for name, value in given.items() if known[name].secret and value}
    for name in [name for name in plain if name.endswith("_url") and isinstance(plain[name], str)]:
        place = name.removesuffix("_url") + "_password"
        address, password = without_password(plain[name])
        if password and place in known:
            plain[name] = address
            secret.setdefault(place, password)
    return plain, secret


def _check(setting: Setting, value: Any) -> None:
    if setting.check and isinstance(value, str) and value.strip():
        try:
            setting.check(value)
        except ValueError as error:
            raise BadSettings(str(error), field=setting.name) from error


def _sealed(secret: dict[str, str]) -> bytes:
    return ring().encrypt("channel", json.dumps(secret).encode()) if secret else b""


def _as_json(arrival: Arrival) -> dict[str, Any]:
    return {
        "spool_name": arrival.spool_name,
        "digest": arrival.digest,
        "size": arrival.size,
        "door": arrival.door,
        "received_at": arrival.received_at.isoformat(),
        "envelope_from": arrival.envelope_from,
        "envelope_to": arrival.envelope_to,
        "channel_id": arrival.channel_id,
        "subject": arrival.subject,
        "sender": arrival.sender,
    }
