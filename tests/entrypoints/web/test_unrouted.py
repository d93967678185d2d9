"""What came in and became no case, on its page."""

from django.test import Client

from careline.domain.channels.queries import channels as all_channels
from careline.domain.company.queries import languages
from careline.flows.take_in import House, RawArrival, take_in
from careline.kit import db
from tests.world import NOON, World

RAW = b"From: Emil <emil@example.net>\r\nTo: sales@northwind.example\r\nSubject: Wheel\r\nMessage-ID: <w1@example.net>\r\n\r\nRound?\r\n"


def test_the_page_shows_what_found_no_place_with_its_reason(world: World, ada: Client) -> None:
    house = House(all_channels(), languages())
    take_in([RawArrival("a-1", RAW, NOON, envelope_to=("sales@northwind.example",))], house=house, at=NOON)
    shown = ada.get("/unrouted")
    assert shown.status_code == 200
    assert "No mailbox of ours has this address: sales@northwind.example." in shown.content.decode()


def test_what_went_to_an_address_of_nobody_is_taken_in_by_the_mailbox_somebody_chooses(
    world: World, ada: Client
) -> None:
    house = House(all_channels(), languages())
    take_in([RawArrival("a-1", RAW, NOON, envelope_to=("sales@northwind.example",))], house=house, at=NOON)
    key = db.value("SELECT max(id) FROM channels_inbound")
    assert "It still has no place" in ada.post(f"/inbound/{key}/replays", {"mailbox": ""}).content.decode()
    refused = ada.post(f"/inbound/{key}/replays", {"mailbox": "999999"})
    assert (refused.status_code, "There is no such mailbox." in refused.content.decode()) == (422, True)
    placed = ada.post(f"/inbound/{key}/replays", {"mailbox": str(world.mailbox.id)}).content.decode()
    case = db.row("SELECT number, subject, channel_id FROM conversations_conversation ORDER BY id DESC LIMIT 1")
    assert (case.subject, case.channel_id, f"#{case.number}" in placed) == ("Wheel", world.mailbox.id, True)
    assert ada.post(f"/inbound/{key}/replays", {"mailbox": str(world.mailbox.id)}).status_code == 422
