"""By which connection a mailbox's mail leaves."""

from dataclasses import replace

import pytest

from careline.domain.channels.adapter import ChannelRow
from careline.domain.channels.email import outgoing
from careline.domain.channels.email.smtp import held

MAILBOX = ChannelRow(
    1, "email", "Support", "support@northwind.example", 1, None, {"smtp_url": "smtp://mail.example.com"}
)


def test_a_mailbox_with_the_same_way_out_keeps_its_connection() -> None:
    assert held(outgoing.route_of(MAILBOX)) is held(outgoing.route_of(MAILBOX))


@pytest.mark.parametrize("options", ["?verify=no", "?tls=optional", ":2525", "?timeout=5", "?helo=desk.example.com"])
def test_whoever_changes_the_way_out_gets_a_new_connection(options: str) -> None:
    before = held(outgoing.route_of(MAILBOX))
    changed = replace(MAILBOX, settings={"smtp_url": f"smtp://mail.example.com{options}"})
    after = held(outgoing.route_of(changed))
    assert after is not before
    assert after.settings == outgoing.route_of(changed)


def test_the_mailboxs_own_password_goes_to_its_own_server_only(settings) -> None:
    settings.SMTP_URL = "smtp://install:house@relay.example.com"
    secret = replace(MAILBOX, secrets={"smtp_password": "own"})
    assert outgoing.route_of(secret).password == "own"
    assert outgoing.route_of(replace(secret, settings={})).password == "house"
