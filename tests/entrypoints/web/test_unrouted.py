"""What came in and became no case, on its page."""

from django.test import Client

from careline.domain.channels.queries import channels as all_channels
from careline.domain.company.queries import languages
from careline.flows.take_in import House, RawArrival, take_in
from tests.world import NOON, World

RAW = b"From: Emil <emil@example.net>\r\nTo: sales@northwind.example\r\nSubject: Wheel\r\nMessage-ID: <w1@example.net>\r\n\r\nRound?\r\n"


def test_the_page_shows_what_found_no_place_with_its_reason(world: World, ada: Client) -> None:
    house = House(all_channels(), languages())
    take_in([RawArrival("a-1", RAW, NOON, envelope_to=("sales@northwind.example",))], house=house, at=NOON)
    shown = ada.get("/unrouted")
    assert shown.status_code == 200
    assert "No mailbox of ours has this address: sales@northwind.example." in shown.content.decode()
