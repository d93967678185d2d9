"""Mail as a channel kind: what it can do, its settings, and the way in and out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Event
from typing import Any

from django.conf import settings

from careline.domain.channels.adapter import Capabilities, ChannelRow, Outcome, Outgoing, RawMessage, Sent, Setting
from careline.domain.channels.email import tokens
from careline.domain.channels.email.authenticity import check, txt_over_dns
from careline.domain.channels.email.own import Own
from careline.domain.channels.email.parse import parse
from careline.domain.channels.email.reading import inbound_of
from careline.domain.channels.email.settings import SETTINGS
from careline.domain.channels.inbound import Inbound
from careline.kit.keys import KeyRing, ring


class EmailAdapter:
    kind = "email"
    address_kind = "email"
    capabilities = Capabilities(html=True, files=True)
    settings: Sequence[Setting] = SETTINGS

    def external_id(self, message: int, *, channel: ChannelRow) -> str:
        """A signed Message-ID in the domain of the mailbox."""
        domain = channel.address.rpartition("@")[2] or "careline.invalid"
        return tokens.message_id_for(message, domain=domain, ring=ring())

    def parse(self, raw: RawMessage, *, channel: ChannelRow | None, own: frozenset[str]) -> Inbound:
        """The mail understood, with the tokens of ours that it truly bears in `data`."""
        keys = ring()
        set_up = channel.settings if channel else {}
        mail = parse(
            raw.raw,
            envelope_from=raw.envelope_from,
            envelope_to=raw.envelope_to,
            trusted_server=str(set_up.get("trusted_server", "")),
            own=Own(own, lambda message_id: tokens.message_key_of(message_id, ring=keys) is not None),
        )
        if set_up.get("check_dkim") and not mail.authenticity.source:
            check(mail, dkim_at_door=txt_over_dns)
        inbound = inbound_of(mail)
        inbound.data.update(_signed(inbound, raw, keys))
        return inbound

    def send(self, outgoing: Outgoing, *, channel: ChannelRow, before_point_of_no_return: Callable[[], None]) -> Sent:
        """By the mailbox's server, its sending service, or the install's default. Never raises for what a server does."""
        # What only a sender needs: `careline mail parse` starts without it.
        from careline.domain.channels.email import outgoing as out
        from careline.domain.channels.email.compose.letter import CannotCompose
        from careline.domain.channels.email.compose.writing import compose
        from careline.domain.channels.email.route import BadRoute
        from careline.domain.channels.email.smtp import held

        letter = out.letter_of(outgoing, channel=channel)
        recipients = list(outgoing.only) or letter.recipients
        try:
            raw = compose(letter)
            if channel.settings.get("anymail"):
                from careline.domain.channels.email.anymail import send_by_service

                before_point_of_no_return()
                return out.as_sent(
                    send_by_service(raw, channel=channel, mail_from=channel.address, recipients=recipients)
                )
            if not out.way_out(channel):
                return Sent(Outcome.SENT, out.KEPT_HERE) if settings.DEMO else Sent(Outcome.FAILED, out.NO_WAY_OUT)
            route = held(out.route_of(channel))
        except (BadRoute, CannotCompose) as error:
            return Sent(Outcome.FAILED, str(error))
        bounces_to = "" if outgoing.is_automatic else channel.address
        return out.as_sent(
            route.send(raw, mail_from=bounces_to, recipients=recipients, before_final_dot=before_point_of_no_return)
        )

    def run(self, channel: ChannelRow, *, deliver: Callable[[bytes, dict[str, Any]], None], stop: Event,
            note_health: Callable[[dict[str, Any]], None], now: Callable[[], datetime]) -> None:  # fmt: skip
        from careline.domain.channels.email.fetching import fetch

        fetch(channel, deliver=deliver, stop=stop, note_health=note_health, now=now)

    def health(self, channel: ChannelRow) -> dict[str, Any]:
        return channel.health


def _signed(inbound: Inbound, raw: RawMessage, keys: KeyRing) -> dict[str, Any]:
    """Messages and cases of ours that the mail names by a token nobody can guess."""
    original = inbound.bounce.original_message_id if inbound.bounce else ""
    words = [inbound.in_reply_to, *reversed(inbound.references), original]
    messages = [key for word in words if word and (key := tokens.message_key_of(word, ring=keys)) is not None]
    addresses = [*raw.envelope_to, *(party.value for party in (*inbound.to, *inbound.cc))]
    cases = [case for address in addresses if (case := tokens.case_of_address(address, ring=keys)) is not None]
    named = tokens.case_of_subject(inbound.subject, ring=keys)
    found = {
        "signed_messages": list(dict.fromkeys(messages)),
        "signed_cases": list(dict.fromkeys([*cases, *([named] if named is not None else [])])),
    }
    return {name: keys_ for name, keys_ in found.items() if keys_}


ADAPTER = EmailAdapter()
