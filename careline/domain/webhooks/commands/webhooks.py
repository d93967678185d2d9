"""Adding, changing, pausing, and removing webhooks; new secrets."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from careline.domain.history.actor import SYSTEM, Actor
from careline.domain.history.commands import Happening, record
from careline.domain.webhooks.models import Webhook
from careline.domain.webhooks.queries import PURPOSE
from careline.domain.webhooks.rules.payloads import THIN
from careline.domain.webhooks.rules.retries import OLD_SECRET_GOOD_FOR
from careline.domain.webhooks.rules.signatures import SECRET_BYTES, secret_of
from careline.domain.webhooks.rules.topics import checked
from careline.kit import db
from careline.kit.keys import ring

BY_HAND, FAILING, GONE, OWNER_LEFT = "by_hand", "failing", "gone", "owner_left"
MOST = 100
LONGEST_URL = 2000


class BadUrl(ValueError):
    """The address can't be posted to."""


class TooMany(ValueError):
    """There are as many webhooks as an install can have."""


@transaction.atomic
def add_webhook(
    name: str, *, url: str, topics: Sequence[str], owner_id: int, content: str = THIN, by: Actor, at: datetime
) -> tuple[int, str]:
    """A new webhook's key, and its secret, which is shown only now. Raises BadUrl, NoSuchTopic, TooMany."""
    db.lock_words(["webhooks"])
    if Webhook.objects.count() >= MOST:
        raise TooMany(f"There are {MOST} webhooks already: remove one first.")
    secret = secret_of(secrets.token_bytes(SECRET_BYTES))
    new = Webhook.objects.create(
        name=name, url=checked_url(url), topics=checked(topics), content=content, owner_id=owner_id, secret=_sealed(secret), added_at=at,
    )  # fmt: skip
    record(Happening("webhook.added", "webhook", new.pk), by=by, at=at)
    return new.pk, secret


@transaction.atomic
def change_webhook(key: int, *, owner_id: int, by: Actor, at: datetime, **given: Any) -> None:
    """Changes name, url, topics, content. Who says where it goes, or what, answers for it from then on."""
    if "url" in given:
        given["url"] = checked_url(given["url"])
    if "topics" in given:
        given["topics"] = checked(given["topics"])
    if not {"url", "topics", "content"}.isdisjoint(given):
        given["owner_id"] = owner_id
    if Webhook.objects.filter(pk=key).update(**given):
        record(Happening("webhook.changed", "webhook", key, data={"fields": sorted(given)}), by=by, at=at)


@transaction.atomic
def renew_secret(key: int, *, by: Actor, at: datetime) -> str:
    """A new secret, shown only now; the old one signs beside it for a day, so that nobody is cut off."""
    row = Webhook.objects.select_for_update().get(pk=key)
    secret = secret_of(secrets.token_bytes(SECRET_BYTES))
    Webhook.objects.filter(pk=key).update(
        secret=_sealed(secret), old_secret=row.secret, old_secret_until=at + OLD_SECRET_GOOD_FOR
    )
    record(Happening("webhook.secret_renewed", "webhook", key), by=by, at=at)
    return secret


@transaction.atomic
def pause_webhook(key: int, *, reason: str = BY_HAND, by: Actor = SYSTEM, at: datetime) -> None:
    """Nothing is tried until it is resumed; what happens meanwhile waits."""
    if Webhook.objects.filter(pk=key, paused_at=None).update(paused_at=at, paused_for=reason):
        record(Happening("webhook.paused", "webhook", key, data={"reason": reason}), by=by, at=at)


@transaction.atomic
def resume_webhook(key: int, *, owner_id: int, by: Actor, at: datetime) -> None:
    """All that waited goes now. Who resumes it answers for it from then on."""
    if (
        not Webhook.objects.filter(pk=key)
        .exclude(paused_at=None)
        .update(paused_at=None, paused_for="", failing_since=None, failures=0, rest_until=None, owner_id=owner_id)
    ):
        return
    db.execute(
        "UPDATE webhooks_delivery SET due_at = least(due_at, %s) WHERE webhook_id = %s AND state = 'waiting'", [at, key]
    )
    record(Happening("webhook.resumed", "webhook", key), by=by, at=at)


@transaction.atomic
def remove_webhook(key: int, *, by: Actor, at: datetime) -> None:
    """With its log of deliveries; what waited is not sent."""
    db.execute("DELETE FROM webhooks_delivery WHERE webhook_id = %s", [key])
    if db.execute("DELETE FROM webhooks_webhook WHERE id = %s", [key]):
        record(Happening("webhook.removed", "webhook", key), by=by, at=at)


def checked_url(url: str) -> str:
    """The address as it is kept; whether its name leads into a private network is judged at each attempt. Raises BadUrl."""
    plain = url.strip()
    try:
        parts = urlsplit(plain)
        port = parts.port
    except ValueError:
        raise BadUrl("This is no address, as in https://example.com/careline.") from None
    if parts.scheme not in ("https", "http") or not parts.hostname or port == 0 or len(plain) > LONGEST_URL:
        raise BadUrl("Give an address that begins with https://, as in https://example.com/careline.")
    if not plain.isascii() or any(not sign.isprintable() or sign.isspace() for sign in plain):
        raise BadUrl("An address has only plain letters in it: write others percent-encoded, names as xn--….")
    if parts.username is not None or parts.fragment:
        raise BadUrl("An address has no user and no # in it; what comes from us is known by its signature.")
    return plain


def _sealed(secret: str) -> bytes:
    return ring().encrypt(PURPOSE, secret.encode())
