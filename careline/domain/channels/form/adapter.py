"""The kind form: reads what was sent, answers by the mailbox it is tied to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

from careline.domain.channels.adapter import Capabilities, ChannelRow, Outgoing, RawMessage, Sent, Setting
from careline.domain.channels.email.adapter import ADAPTER as MAIL
from careline.domain.channels.form.reading import read
from careline.domain.channels.inbound import Inbound
from careline.domain.channels.queries import channel_by_id


class FormAdapter:
    kind = Path(__file__).parent.name
    address_kind = "email"
    capabilities = Capabilities(html=True, files=True)
    settings: Sequence[Setting] = (
        Setting(
            "answers_by", "Answers leave by", "The mailbox whose address answers bear.", kind="channel", required=True
        ),
        Setting(
            "acknowledge",
            "Confirm by mail",
            "With the number of the case and the time an answer takes.",
            kind="yes_no",
            default=True,
        ),
    )

    def external_id(self, message: int, *, channel: ChannelRow) -> str:
        return MAIL.external_id(message, channel=channel)

    def parse(self, raw: RawMessage, *, channel: ChannelRow | None, own: frozenset[str]) -> Inbound:
        inbound = read(raw.raw, address=channel.address if channel else "")
        inbound.envelope_from, inbound.envelope_to = raw.envelope_from, list(raw.envelope_to)
        return inbound

    def send(self, outgoing: Outgoing, *, channel: ChannelRow, before_point_of_no_return: Callable[[], None]) -> Sent:
        """As mail, under the mailbox's name and by its way out."""
        return MAIL.send(outgoing, channel=_mailbox(channel), before_point_of_no_return=before_point_of_no_return)

    def run(self, channel: ChannelRow, *, deliver: Callable[[bytes, dict[str, Any]], None], stop: Event,
            note_health: Callable[[dict[str, Any]], None], now: Callable[[], datetime]) -> None:  # fmt: skip
        """Nothing is fetched: what comes in is handed in at the door."""

    def health(self, channel: ChannelRow) -> dict[str, Any]:
        return channel.health


def _mailbox(channel: ChannelRow) -> ChannelRow:
    """The mailbox it answers by; where that is gone, its address with the install's own way out."""
    answers_by = channel.settings.get("answers_by")
    found = channel_by_id(answers_by) if isinstance(answers_by, int) else None
    if found is None or found.kind != MAIL.kind:
        return replace(channel, settings={}, secrets={})
    return replace(found, signature=channel.signature or found.signature)


ADAPTER = FormAdapter()
