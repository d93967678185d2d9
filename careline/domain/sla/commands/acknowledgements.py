"""Acknowledgements are written, and each sender is given one a day."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.sla.models import Acknowledgement
from careline.domain.sla.rules.acknowledgements import WITHIN, Words, digest_of
from careline.kit import db

_COUNT = """
INSERT INTO sla_acknowledged AS a (sender, at) VALUES (%(sender)s, %(at)s)
ON CONFLICT (sender) DO UPDATE SET at = excluded.at WHERE a.at <= %(before)s RETURNING sender
"""


@transaction.atomic
def save_words(words: Words, *, by: Actor, at: datetime) -> int:
    """What is said for this mailbox and topic from now on; its key."""
    row, _ = Acknowledgement.objects.update_or_create(
        channel_id=words.channel,
        topic_id=words.topic,  # type: ignore[misc]
        defaults={"is_on": words.is_on, "texts": dict(words.texts)},
    )
    data = {"topic": words.topic, "is_on": words.is_on, "languages": sorted(words.texts)}
    record(Happening("acknowledgement.changed", "channel", words.channel, data=data), by=by, at=at)
    return int(row.pk)


@transaction.atomic
def remove_words(key: int, *, by: Actor, at: datetime) -> bool:
    """False where there are none."""
    found = Acknowledgement.objects.filter(pk=key).first()
    if found is None:
        return False
    found.delete()
    record(
        Happening("acknowledgement.removed", "channel", found.channel_id, data={"topic": found.topic_id}), by=by, at=at
    )
    return True


def is_first_today(address: str, *, at: datetime) -> bool:
    """Whether this sender had none for 24 hours; counted now, once also where two ask together."""
    said = {"sender": digest_of(address), "at": at, "before": at - WITHIN}
    db.execute("DELETE FROM sla_acknowledged WHERE at < %s AND sender <> %s", [at - 2 * WITHIN, said["sender"]])
    return db.row(_COUNT, said) is not None
