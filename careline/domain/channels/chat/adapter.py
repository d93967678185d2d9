"""Chat as a channel kind. An answer is handed over by being there: the visitor's browser fetches it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Event
from typing import Any

from careline.domain.channels.adapter import Capabilities, ChannelRow, Outcome, Outgoing, RawMessage, Sent, Setting
from careline.domain.channels.chat.addresses import is_visitor, message_word
from careline.domain.channels.chat.reading import read
from careline.domain.channels.chat.settings import SETTINGS
from careline.domain.channels.inbound import Inbound
from careline.kit.keys import ring

SHOWN = "It is in the chat."
NOT_BY_CHAT = "The chat reaches its visitor only: write to this address in a mail."


class ChatAdapter:
    kind = "chat"
    address_kind = "chat"
    capabilities = Capabilities(html=True, files=True, typing=True, waits=True)
    settings: Sequence[Setting] = SETTINGS

    def external_id(self, message: int, *, channel: ChannelRow) -> str:
        return message_word("ours", f"{message}.{ring().sign('chat-message', str(message).encode())}")

    def parse(self, raw: RawMessage, *, channel: ChannelRow | None, own: frozenset[str]) -> Inbound:
        inbound = read(raw.raw)
        inbound.envelope_from, inbound.envelope_to = raw.envelope_from, list(raw.envelope_to)
        return inbound

    def send(self, outgoing: Outgoing, *, channel: ChannelRow, before_point_of_no_return: Callable[[], None]) -> Sent:
        everyone = [party.value for party in (*outgoing.to, *outgoing.cc, *outgoing.bcc)]
        refused = {value: NOT_BY_CHAT for value in everyone if not is_visitor(value)}
        if len(refused) == len(everyone):
            return Sent(Outcome.FAILED, NOT_BY_CHAT)
        before_point_of_no_return()
        return Sent(Outcome.SENT, SHOWN, refused=refused)

    def run(self, channel: ChannelRow, *, deliver: Callable[[bytes, dict[str, Any]], None], stop: Event,
            note_health: Callable[[dict[str, Any]], None], now: Callable[[], datetime]) -> None:  # fmt: skip
        """Nothing is fetched: visitors' browsers come by themselves."""

    def health(self, channel: ChannelRow) -> dict[str, Any]:
        return channel.health


ADAPTER = ChatAdapter()
