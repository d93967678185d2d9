"""Whose channel a message belongs to."""

from __future__ import annotations

from careline.domain.channels.adapter import ChannelRow
from careline.domain.channels.rules import channel_for, without_plus

SUPPORT = ChannelRow(1, "email", "Support", "support@northwind.example", 1, None, {})
SALES = ChannelRow(2, "email", "Sales", "Sales@northwind.example", 1, None, {})
PHONE = ChannelRow(3, "phone", "Hotline", "", 1, None, {})
ALL = [PHONE, SUPPORT, SALES]


def test_a_mail_belongs_to_the_mailbox_it_is_addressed_to_whatever_its_case() -> None:
    assert channel_for(["SUPPORT@northwind.example"], ALL) is SUPPORT
    assert channel_for(["sales@Northwind.example"], ALL) is SALES


def test_what_stands_behind_a_plus_does_not_lead_elsewhere() -> None:
    assert channel_for(["support+c12.abcdef@northwind.example"], ALL) is SUPPORT
    assert without_plus("support+a+b@northwind.example") == "support@northwind.example"


def test_the_first_address_that_is_ours_decides() -> None:
    assert channel_for(["carol@example.com", "sales@northwind.example", "support@northwind.example"], ALL) is SALES


def test_a_mail_to_nobody_of_ours_and_a_line_without_an_address_find_nothing() -> None:
    assert channel_for(["carol@example.com", ""], ALL) is None
