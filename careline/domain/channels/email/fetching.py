"""A mailbox that is fetched: its settings, its place in the mailbox, its health, kept with the channel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from threading import Event
from typing import Any
from urllib.parse import unquote, urlsplit

from careline.domain.channels.adapter import ChannelRow
from careline.domain.channels.email.account import token_of
from careline.domain.channels.email.imap.mailbox import ImapMailbox
from careline.domain.channels.email.imap.shape import Health, ImapSettings, Position
from careline.domain.channels.email.settings import IMAP_TLS, check_after_reading, check_imap_url
from careline.domain.channels.queries import channel_by_id


def fetch(
    channel: ChannelRow,
    *,
    deliver: Callable[[bytes, dict[str, Any]], None],
    stop: Event,
    note_health: Callable[[dict[str, Any]], None],
    now: Callable[[], datetime],
) -> None:
    """Watches the mailbox until `stop`; returns at once where none is set. What goes wrong is told as its health."""
    if not channel.settings.get("imap_url"):
        return
    try:
        settings = imap_settings(channel)
    except ValueError as error:
        note_health({"state": "down", "last_error": str(error)})
        return
    place = _Place(channel.id, note_health)
    ImapMailbox(settings, cursor=place, now=now).run(deliver, stop, lambda health: note_health(_as_json(health)))


def imap_settings(channel: ChannelRow) -> ImapSettings:
    """The settings as the mailbox's form holds them. Raises ValueError with one sentence."""
    url = str(channel.settings["imap_url"]).strip()
    check_imap_url(url)
    parts = urlsplit(url if "://" in url else f"imaps://{url}")
    words = str(channel.settings.get("imap_after") or "seen")
    check_after_reading(words)
    after, _, folder = words.partition(":")
    has_token = bool(channel.settings.get("oauth_token_url"))
    return ImapSettings(
        host=parts.hostname or "",
        port=parts.port or 0,
        user=unquote(parts.username or channel.address),
        address=channel.address,
        channel=str(channel.id),
        password=channel.secrets.get("imap_password", unquote(parts.password or "")),
        token=token_of(channel) if has_token else None,
        tls="none" if "tls=none" in parts.query else IMAP_TLS[parts.scheme],  # type: ignore[arg-type]
        verify="verify=no" not in parts.query,
        folder=str(channel.settings.get("imap_folder") or "INBOX"),
        after=after,  # type: ignore[arg-type]
        move_to=folder or "Careline",
    )


class _Place:
    """The position in the mailbox, kept in the channel's health."""

    def __init__(self, channel: int, note: Callable[[dict[str, Any]], None]) -> None:
        self._channel, self._note = channel, note

    def load(self) -> Position | None:
        channel = channel_by_id(self._channel)
        held = channel.health.get("position") if channel else None
        if not held:
            return None
        return Position(
            held["uid_validity"], held["uid"], datetime.fromisoformat(held["at"]), held.get("backlog_until", 0)
        )

    def save(self, position: Position) -> None:
        self._note({"position": {**asdict(position), "at": position.at.astimezone(UTC).isoformat()}})


def _as_json(health: Health) -> dict[str, Any]:
    return {
        "state": health.state.value,
        "connected_at": health.connected_at.isoformat() if health.connected_at else None,
        "last_mail_at": health.last_mail_at.isoformat() if health.last_mail_at else None,
        "last_error": health.last_error,
        "failures": health.failures,
    }
