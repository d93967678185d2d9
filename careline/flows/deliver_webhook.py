"""A happening goes to a webhook: claimed, prepared, posted without touching the database, its end written down."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from careline.domain.desk.queries.api_customers import customer_row
from careline.domain.staff.queries import person
from careline.domain.staff.rules import Person
from careline.domain.webhooks.commands import attempts
from careline.domain.webhooks.commands.attempts import Attempt
from careline.domain.webhooks.commands.webhooks import OWNER_LEFT, pause_webhook
from careline.domain.webhooks.queries import free_places, reached_cases, target_of
from careline.domain.webhooks.rules.payloads import FULL, body_of
from careline.domain.webhooks.rules.signatures import headers_of
from careline.kit.outgoing_http import Refused
from careline.kit.outgoing_post import allowing, post

SECONDS = 15.0
MOST_OF_THE_ANSWER = 1000
Describe = Callable[[Person, dict[str, Any]], dict[str, Any]]
"""What a thin event names, as the API shows it to this person: {conversation, message, customer}."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One attempt, ready to be posted."""

    delivery: int
    url: str
    body: bytes
    headers: dict[str, str]


def claim(*, worker: str, at: datetime) -> list[Any]:
    """Takes what may be tried now, for this worker alone."""
    free = free_places()
    return attempts.claim(worker=worker, free=free, at=at) if free else []


def packed(delivery: Any, *, worker: str, describe: Describe | None, at: datetime) -> Parcel | None:
    """The claimed delivery as it is posted; None where it is not to be sent (any more), which is written down."""
    target = target_of(delivery.webhook_id, at=at)
    if target is None:
        return None
    owner = person(target.owner_id)
    if owner is None:
        pause_webhook(target.id, reason=OWNER_LEFT, at=at)
        attempts.put_back(delivery.id, worker=worker)
        return None
    if not _may_see(owner, delivery):
        attempts.drop(delivery.id, words="Its owner may not see this any more.", worker=worker)
        return None
    objects = describe(owner, delivery.event) if describe is not None and target.content == FULL else None
    body = body_of(name=delivery.name, happened_at=delivery.happened_at, event=delivery.event, objects=objects)
    signed = headers_of(secrets=target.secrets, key=delivery.key, timestamp=int(at.timestamp()), body=body)
    headers = {"Content-Type": "application/json", "User-Agent": "Careline", "Accept-Encoding": "identity", **signed}
    return Parcel(delivery.id, target.url, body, headers)


def posted(parcel: Parcel) -> Attempt:
    """Posts it once. Touches no database, so it may take its time on a thread of its own."""
    began = time.monotonic()
    try:
        answered = post(
            parcel.url, body=parcel.body, headers=parcel.headers, seconds=SECONDS, most_bytes=MOST_OF_THE_ANSWER,
            allowed=allowing(settings.WEBHOOK_NETWORKS),
        )  # fmt: skip
    except Refused as refusal:
        return Attempt(None, str(refusal), took_ms=_since(began))
    return Attempt(answered.status, _words_of(answered.status), answered.beginning, _since(began), answered.retry_after)


def note_end(delivery: int, attempt: Attempt, *, worker: str, at: datetime) -> None:
    """Writes down how it ended. May be called again with the same where the database was away."""
    attempts.note_end(delivery, attempt, worker=worker, at=at)


def take_over_abandoned(*, worker: str, under_way: Sequence[int], at: datetime) -> int:
    """What a dead worker had under way is tried again."""
    return attempts.take_over_abandoned(worker=worker, under_way=under_way, at=at)


def _may_see(owner: Person, delivery: Any) -> bool:
    if delivery.conversation_id is not None:
        return bool(reached_cases(owner, [delivery.conversation_id]))
    return delivery.customer_id is None or customer_row(owner, delivery.customer_id) is not None


def _words_of(status: int) -> str:
    if 200 <= status < 300:
        return ""
    if 300 <= status < 400:
        return f"It answered {status}: redirects are not followed. Give the address that it leads to."
    return f"It answered {status}."


def _since(began: float) -> int:
    return int((time.monotonic() - began) * 1000)
