"""A notification goes to a browser by push: claimed, sealed for it, posted without touching the database, its end written down."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import msgspec
from django.conf import settings
from django.utils import translation

from careline.domain.history.actor import Actor
from careline.domain.notifications.commands import devices, parcels
from careline.domain.notifications.commands.devices import Subscription, subscription_of
from careline.domain.notifications.queries.chosen import wishes_of
from careline.domain.notifications.queries.shown import parcels_shown, unseen_count
from careline.domain.notifications.rules.choices import SUBJECT
from careline.domain.notifications.rules.kinds import URGENT
from careline.domain.staff.queries import person
from careline.flows.notice_words import sentence_of
from careline.kit import webpush
from careline.kit.keys import CannotDecrypt, ring
from careline.kit.outgoing_http import Refused, check_url
from careline.kit.outgoing_post import allowing, post

PURPOSE = "push signature"
SECONDS = 10.0
AT_ONCE = 16
KEPT_FOR = 12 * 60 * 60
"""So many seconds its service keeps what a browser that is off can't take yet (RFC 8030, 5.2)."""
GONE = frozenset({404, 410})
_LONGEST_ENDPOINT = 1500


class UnfitDevice(ValueError):
    """This is no address a browser can be told at; one sentence."""


@dataclass(frozen=True, slots=True)
class Ready:
    """One post, ready to leave."""

    parcel: int
    device: int
    url: str
    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class End:
    """How it ended: `status` None where nobody answered."""

    status: int | None
    words: str = ""


def own_key() -> str:
    """The public key that browsers are to expect."""
    return webpush.public_words(webpush.key_from(ring().derive(PURPOSE)))


def add(agent: int, *, endpoint: str, p256dh: str, auth: str, name: str, by: Actor, at: datetime) -> int:
    """Somebody's browser is told from now on. Raises UnfitDevice."""
    _check(endpoint)
    try:
        webpush.check_keys(p256dh=p256dh, auth=auth)
    except webpush.UnfitKeys as error:
        raise UnfitDevice("The browser's keys are not understood.") from error
    subscription = Subscription(endpoint=endpoint, p256dh=p256dh, auth=auth, signed_by=own_key())
    return devices.add_device(agent, subscription, name=name, by=by, at=at)


def claim(*, at: datetime) -> list[Any]:
    """Takes what may leave now, for this worker alone."""
    return parcels.claim(at=at, limit=AT_ONCE)


def packed(claimed: Any, *, at: datetime) -> Ready | None:
    """The claimed parcel as it is posted; None where there is nothing to tell (any more), which is written down."""
    who = person(claimed.agent_id, at=at)
    shown = parcels_shown(who, [claimed.notification_id]) if who is not None else []
    if who is None or not shown:
        parcels.drop(claimed.id)
        return None
    key = _key_of(claimed.signed_by)
    try:
        to = subscription_of(claimed)
    except CannotDecrypt:
        key = None
    if key is None:  # of a key ring that is not ours any more: the browser subscribes anew at its next visit
        devices.forget_device(claimed.device_id)
        return None
    content = _payload(
        shown[0], says=wishes_of([who.id])[who.id].choices.says, language=who.language, unseen=unseen_count(who)
    )
    headers = {
        "Authorization": webpush.authorization(to.endpoint, key=key, contact=_contact(), at=at),
        "Content-Encoding": "aes128gcm", "Content-Type": "application/octet-stream", "TTL": str(KEPT_FOR),
        "Urgency": "high" if shown[0].kind in URGENT else "normal", "Topic": f"case-{shown[0].number}", "User-Agent": "Careline",
    }  # fmt: skip
    return Ready(
        claimed.id, claimed.device_id, to.endpoint, webpush.sealed(content, p256dh=to.p256dh, auth=to.auth), headers
    )


def posted(ready: Ready) -> End:
    """Posts it once. Touches no database."""
    try:
        _check(ready.url)
        answered = post(
            ready.url, body=ready.body, headers=ready.headers, seconds=SECONDS, most_bytes=300, allowed=allowing(settings.WEBHOOK_NETWORKS)
        )  # fmt: skip
    except (Refused, UnfitDevice) as refusal:
        return End(None, str(refusal))
    return End(answered.status, answered.beginning)


def note_end(ready: Ready, end: End, *, at: datetime) -> None:
    if end.status in GONE:
        devices.forget_device(ready.device)
    elif end.status is not None and 200 <= end.status < 300:
        parcels.note_left(ready.parcel, at=at)
    else:
        parcels.note_failed(ready.parcel, error=f"{end.status or ''} {end.words}".strip())


def _payload(shown: Any, *, says: str, language: str, unseen: int) -> bytes:
    """What the person lets be said on a screen that others may see: of a restricted case never its subject."""
    with translation.override(language or "en"):
        title = sentence_of(shown.kind, count=shown.count, number=shown.number)
    body = shown.subject[:200] if says == SUBJECT and not shown.is_restricted else ""
    said = {
        "title": title, "body": body, "url": f"/conversations/{shown.number}", "tag": f"case-{shown.number}", "unseen": unseen,
        "dir": "rtl" if translation.get_language_info(language or "en")["bidi"] else "ltr", "lang": language or "en",
    }  # fmt: skip
    return msgspec.json.encode(said)


def _key_of(signed_by: str) -> Any:
    keys = (webpush.key_from(seed) for seed in ring().derive_all(PURPOSE))
    return next((key for key in keys if webpush.public_words(key) == signed_by), None)


def _contact() -> str:
    """RFC 8292, 2.1: an https address, else one of mail; a server without https says what it can."""
    url: str = settings.PUBLIC_URL
    return url if url.startswith("https://") else f"mailto:careline@{urlsplit(url).hostname or 'localhost'}"


def _check(endpoint: str) -> None:
    """https only, save for networks that whoever runs this install has named."""
    if len(endpoint) > _LONGEST_ENDPOINT or not endpoint.isascii():
        raise UnfitDevice("It is no address of a push service.")
    try:
        check_url(endpoint, any_port=True)
    except Refused as refusal:
        raise UnfitDevice(str(refusal)) from refusal
    parts = urlsplit(endpoint)
    if parts.scheme != "https" and not _is_named(parts.hostname or "", settings.WEBHOOK_NETWORKS):
        raise UnfitDevice("A push service has an https address.")


def _is_named(host: str, networks: Sequence[str]) -> bool:
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return False
    return any(ip in ipaddress.ip_network(words) for words in networks)
