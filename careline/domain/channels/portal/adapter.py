"""The kind of what customers write on their pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

from careline.domain.channels.adapter import Capabilities, ChannelRow, Outcome, Outgoing, RawMessage, Sent, Setting
from careline.domain.channels.inbound import Inbound
from careline.domain.channels.portal.reading import read
from careline.kit.keys import ring


class PortalAdapter:
    kind = Path(__file__).parent.name
    address_kind = "email"
    capabilities = Capabilities(files=True)
    settings: Sequence[Setting] = ()

    def external_id(self, message: int, *, channel: ChannelRow) -> str:
        return f"{self.kind}-{ring().sign('portal-id', str(message).encode())}-{message}"

    def parse(self, raw: RawMessage, *, channel: ChannelRow | None, own: frozenset[str]) -> Inbound:
        inbound = read(raw.raw)
        inbound.envelope_from, inbound.envelope_to = raw.envelope_from, list(raw.envelope_to)
        return inbound

    def send(self, outgoing: Outgoing, *, channel: ChannelRow, before_point_of_no_return: Callable[[], None]) -> Sent:
        return Sent(Outcome.FAILED, "Nothing leaves by the customers' pages: answer from a mailbox.")

    def run(self, channel: ChannelRow, *, deliver: Callable[[bytes, dict[str, Any]], None], stop: Event,
            note_health: Callable[[dict[str, Any]], None], now: Callable[[], datetime]) -> None:  # fmt: skip
        """Nothing is fetched: the page hands it in."""

    def health(self, channel: ChannelRow) -> dict[str, Any]:
        return channel.health


ADAPTER = PortalAdapter()
