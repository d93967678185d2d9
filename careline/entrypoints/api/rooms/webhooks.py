"""Webhooks: who is told of what happens here, and how that went."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, structs

from careline.domain.conversations.errors import NotFound
from careline.domain.staff.rules import require
from careline.domain.webhooks.queries import deliveries_page, delivery_by_id
from careline.domain.webhooks.queries import webhooks as all_webhooks
from careline.entrypoints.api.paging import key_alone, page_of, short_page_of
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.parts import Named, Page, PageQuery
from careline.entrypoints.api.shapes.webhooks import (
    DeliveryQuery,
    NewReplay,
    NewWebhook,
    Replayed,
    Webhook,
    WebhookChange,
    WebhookDelivery,
    WebhookSecret,
)
from careline.flows.change_webhook import (
    VERB,
    add_webhook,
    change_webhook,
    found_webhook,
    pause_webhook,
    ping_webhook,
    remove_webhook,
    renew_secret,
    replay_webhook,
    resume_webhook,
)

_PATH = "/webhooks/{id}"


@route("GET", "/webhooks", query=PageQuery, answer=Page[Webhook])
def webhooks(call: Call) -> Any:
    """The webhooks, by name. Their secrets are never shown."""
    require(call.person, VERB)
    return short_page_of([_shown(row) for row in all_webhooks()], call.query)


@route("POST", "/webhooks", body=NewWebhook, answer=WebhookSecret, status=201)
def new_webhook(call: Call) -> Any:
    """Adds a webhook and tells its secret, this once.

    Each happening is POSTed as `{"type", "timestamp", "data"}` and signed as Standard Webhooks say: check
    `webhook-signature` against `webhook-id`, `webhook-timestamp` and the body. Answer with a status of 2xx within 15 s; all else
    is tried again, for about three days, under the same `webhook-id`. What belongs to one case comes in its order.
    """
    given = call.body
    key, secret = add_webhook(
        call.person, name=given.name, url=given.url, topics=given.topics, content=given.content, by=call.by, at=call.at
    )
    return Created(f"/webhooks/{key}", WebhookSecret(secret, _shown(found_webhook(call.person, key))))


@route("GET", _PATH, answer=Webhook)
def webhook(call: Call) -> Any:
    """One webhook."""
    return _shown(found_webhook(call.person, call.id))


@route("PATCH", _PATH, body=WebhookChange, answer=Webhook)
def changed_webhook(call: Call) -> Any:
    """Changes what is given. Whoever says where it goes, or what, owns it from then on."""
    given = {name: value for name, value in structs.asdict(call.body).items() if value is not UNSET}
    change_webhook(call.person, call.id, by=call.by, at=call.at, **given)
    return _shown(found_webhook(call.person, call.id))


@route("DELETE", _PATH, status=204)
def removed_webhook(call: Call) -> Any:
    """Removes it with its log; what waited is not sent."""
    remove_webhook(call.person, call.id, by=call.by, at=call.at)


@route("POST", _PATH + "/secrets", answer=WebhookSecret, status=201)
def renewed_secret(call: Call) -> Any:
    """Makes a new secret and tells it, this once; for 24 hours the old one signs beside it."""
    secret = renew_secret(call.person, call.id, by=call.by, at=call.at)
    return WebhookSecret(secret, _shown(found_webhook(call.person, call.id)))


@route("PUT", _PATH + "/pause", answer=Webhook)
def paused_webhook(call: Call) -> Any:
    """Pauses it; what happens meanwhile waits, for at most 30 days."""
    pause_webhook(call.person, call.id, by=call.by, at=call.at)
    return _shown(found_webhook(call.person, call.id))


@route("DELETE", _PATH + "/pause", answer=Webhook)
def resumed_webhook(call: Call) -> Any:
    """Resumes it: all that waited goes now, and you own it from then on."""
    resume_webhook(call.person, call.id, by=call.by, at=call.at)
    return _shown(found_webhook(call.person, call.id))


@route("POST", _PATH + "/pings", answer=WebhookDelivery, status=201)
def pinged_webhook(call: Call) -> Any:
    """Sends `webhook.pinged` to try it out, once, also while it is paused; look at the delivery to see how it went."""
    key = ping_webhook(call.person, call.id, by=call.by, at=call.at)
    return Created(f"/webhooks/{call.id}/deliveries/{key}", _delivery(delivery_by_id(call.id, key)))


@route("GET", _PATH + "/deliveries", query=DeliveryQuery, answer=Page[WebhookDelivery])
def webhook_deliveries(call: Call) -> Any:
    """What was sent or is to be sent, the newest first; kept for 30 days."""
    found_webhook(call.person, call.id)
    asked = call.query
    rows = deliveries_page(call.id, state=asked.state or "", before=key_alone(asked.cursor), limit=asked.limit + 1)
    return page_of(rows, limit=asked.limit, key=lambda row: (row.id,), item=_delivery)


@route("GET", _PATH + "/deliveries/{delivery}", answer=WebhookDelivery)
def webhook_delivery(call: Call) -> Any:
    """One delivery."""
    found_webhook(call.person, call.id)
    row = delivery_by_id(call.id, int(call.path["delivery"]))
    if row is None:
        raise NotFound(f"There is no delivery {call.path['delivery']} of this webhook.")
    return _delivery(row)


@route("POST", _PATH + "/replays", body=NewReplay, answer=Replayed, status=201)
def replayed_deliveries(call: Call) -> Any:
    """Sends one delivery again, whatever became of it, or all that failed."""
    one = call.body.delivery
    count = replay_webhook(call.person, call.id, delivery=None if one is None else int(one), by=call.by, at=call.at)
    return Replayed(count)


def _shown(row: Any) -> Webhook:
    return Webhook(
        id=str(row.id), name=row.name, url=row.url, topics=row.topics, content=row.content, owner=Named(str(row.owner_id), row.owner_name),
        state="paused" if row.paused_at else "failing" if row.failing_since else "active", added_at=row.added_at,
        delivered_at=row.delivered_at, failing_since=row.failing_since, paused_at=row.paused_at, paused_for=row.paused_for,
        waiting=row.waiting,
    )  # fmt: skip


def _delivery(row: Any) -> WebhookDelivery:
    return WebhookDelivery(
        id=str(row.id), key=row.key, type=row.name, state=row.state, happened_at=row.happened_at, attempts=row.attempts, due_at=row.due_at,
        tried_at=row.tried_at, status=row.status, words=row.words, answer=row.answer, took_ms=row.took_ms, event=row.event,
    )  # fmt: skip
