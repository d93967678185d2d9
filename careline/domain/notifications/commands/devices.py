"""Browsers that are told by push (RFC 8030): their addresses and keys lie sealed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db
from careline.kit.keys import ring

SEALED_FOR = "push device"
MOST_DEVICES = 20


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a browser gives: where to post, its public key and its secret (base64url, RFC 8291), and whose key it expects."""

    endpoint: str
    p256dh: str
    auth: str
    signed_by: str


@transaction.atomic
def add_device(agent: int, subscription: Subscription, *, name: str, by: Actor, at: datetime) -> int:
    """This browser tells this person, and nobody else who used it before. Beyond twenty the oldest goes."""
    digest = hashlib.sha256(subscription.endpoint.encode()).digest()
    sealed = ring().encrypt(SEALED_FOR, msgspec.json.encode(subscription))
    key = db.value(
        """INSERT INTO notifications_device AS d (agent_id, digest, sealed, name, signed_by, added_at) VALUES (%s, %s, %s, %s, %s, %s)
           ON CONFLICT (digest) DO UPDATE SET agent_id = excluded.agent_id, sealed = excluded.sealed, name = excluded.name,
               signed_by = excluded.signed_by,
               added_at = CASE WHEN d.agent_id = excluded.agent_id THEN d.added_at ELSE excluded.added_at END
           RETURNING id""",
        [agent, digest, sealed, name[:100], subscription.signed_by, at],
    )
    # What waits here was for whoever used it before.
    db.execute(
        """DELETE FROM notifications_parcel p USING notifications_notification n
           WHERE p.device_id = %s AND n.id = p.notification_id AND n.agent_id <> %s""",
        [key, agent],
    )
    _remove_beyond(agent)
    record(Happening("agent.device_added", "agent", agent, data={"device": key}), by=by, at=at)
    return int(key)


@transaction.atomic
def remove_device(agent: int, device: int, *, by: Actor, at: datetime) -> bool:
    """False where it is not theirs, or not there."""
    found = db.value("SELECT id FROM notifications_device WHERE id = %s AND agent_id = %s FOR UPDATE", [device, agent])
    if found is None:
        return False
    forget_device(device)
    record(Happening("agent.device_removed", "agent", agent, data={"device": device}), by=by, at=at)
    return True


@transaction.atomic
def forget_device(device: int) -> None:
    """Its browser is gone (its service said so): nothing waits for it any more."""
    db.execute("DELETE FROM notifications_parcel WHERE device_id = %s", [device])
    db.execute("DELETE FROM notifications_device WHERE id = %s", [device])


def subscription_of(claimed: Any) -> Subscription:
    return msgspec.json.decode(ring().decrypt(SEALED_FOR, bytes(claimed.sealed)), type=Subscription)


def _remove_beyond(agent: int) -> None:
    old = db.rows(
        "SELECT id FROM notifications_device WHERE agent_id = %s ORDER BY added_at DESC, id DESC OFFSET %s",
        [agent, MOST_DEVICES],
    )
    for row in old:
        forget_device(row.id)
