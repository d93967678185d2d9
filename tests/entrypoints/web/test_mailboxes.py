"""Mailboxes: saved, and tried where one asks for it."""

from urllib.parse import urlencode

from django.test import Client

from careline.domain.channels.queries import channel_by_id, channels
from tests.sinks import SmtpSink
from tests.world import World

FORM = {"name": "Support", "address": "support@northwind.example", "is_active": "on"}
CLOSED = "127.0.0.1:9"


def test_save_and_try_says_what_each_server_answered(world: World, ada: Client) -> None:
    at = f"/mailboxes/{world.mailbox.id}"
    with SmtpSink() as sink:
        smtp, imap = f"smtp://{sink.host}:{sink.port}", f"imap://ada@{CLOSED}"
        sent = ada.post(at, FORM | {"smtp_url": smtp, "imap_url": imap, "imap_password": "x", "then": "try"})
        assert (sent.status_code, sent.headers["Location"]) == (302, f"{at}/trial")
        page = ada.get(f"{at}/trial").content.decode()
        assert [page.count(f'class="banner {state}" role="status"') for state in ("good", "bad")] == [1, 1]
        assert "Works: connected and signed in." in page
        assert sink.received == []
    kept = channel_by_id(world.mailbox.id)
    assert (kept.settings["smtp_url"], kept.settings["imap_url"]) == (smtp, imap)


def test_a_mailbox_without_servers_has_nothing_to_try(world: World, ada: Client) -> None:
    page = ada.get(f"/mailboxes/{world.mailbox.id}/trial").content.decode()
    assert page.count('class="banner " role="status"') == 2


def test_a_mailbox_whose_answers_cannot_leave_says_so_before_one_is_written(world: World, ada: Client) -> None:
    said = "No outgoing server is set."
    assert said in ada.get("/mailboxes").content.decode()
    ada.post(f"/mailboxes/{world.mailbox.id}", FORM | {"smtp_url": f"smtp://{CLOSED}"})
    assert said not in ada.get("/mailboxes").content.decode()


def test_a_new_mailbox_is_tried_too_and_a_wrong_one_is_not_kept(world: World, ada: Client) -> None:
    new = {"name": "Sales", "address": "sales@northwind.example", "then": "try"}
    sent = ada.post("/mailboxes/new", new)
    (made,) = [channel for channel in channels() if channel.address == "sales@northwind.example"]
    assert sent.headers["Location"] == f"/mailboxes/{made.id}/trial"
    wrong = ada.post(
        "/mailboxes/new", urlencode(new | {"address": "nobody"}), content_type="application/x-www-form-urlencoded"
    )
    assert (wrong.status_code, len(channels())) == (422, 2)
