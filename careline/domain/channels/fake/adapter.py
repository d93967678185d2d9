"""The fake kind. Its name is its folder's, so that a copy is a kind of its own."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

from careline.domain.channels.adapter import Capabilities, ChannelRow, Outcome, Outgoing, RawMessage, Sent, Setting
from careline.domain.channels.fake.reading import read
from careline.domain.channels.inbound import Inbound
from careline.kit.keys import ring

MOST_KEPT = 1000


class FakeAdapter:
    """`sent` is what has left, newest last."""

    kind = Path(__file__).parent.name
    address_kind = "email"
    capabilities = Capabilities(html=True, files=True)
    settings: Sequence[Setting] = (
        Setting("outcome", "How sending ends", "sent, retry, failed or uncertain.", default="sent"),
        Setting("words", "What the other side says", "Shown on the message."),
        Setting("key", "Key", "Asked for and kept secret, as a real channel's would be.", secret=True),
    )

    def __init__(self) -> None:
        self.sent: deque[Outgoing] = deque(maxlen=MOST_KEPT)

    def external_id(self, message: int, *, channel: ChannelRow) -> str:
        return f"{self.kind}-{ring().sign('fake-id', str(message).encode())}-{message}"

    def parse(self, raw: RawMessage, *, channel: ChannelRow | None, own: frozenset[str]) -> Inbound:
        inbound = read(raw.raw)
        inbound.envelope_from, inbound.envelope_to = raw.envelope_from, list(raw.envelope_to)
        return inbound

    def send(self, outgoing: Outgoing, *, channel: ChannelRow, before_point_of_no_return: Callable[[], None]) -> Sent:
        wanted = str(channel.settings.get("outcome") or "sent")
        outcome = Outcome(wanted) if wanted in set(Outcome) else Outcome.FAILED
        words = str(channel.settings.get("words") or f"The fake channel says: {wanted}.")
        if outcome in (Outcome.RETRY, Outcome.FAILED):
            return Sent(outcome, words)
        before_point_of_no_return()
        self.sent.append(outgoing)
        return Sent(outcome, words)

    def run(self, channel: ChannelRow, *, deliver: Callable[[bytes, dict[str, Any]], None], stop: Event,
            note_health: Callable[[dict[str, Any]], None], now: Callable[[], datetime]) -> None:  # fmt: skip
        """Nothing is fetched: what comes in is handed in at the door."""

    def health(self, channel: ChannelRow) -> dict[str, Any]:
        return channel.health


ADAPTER = FakeAdapter()
