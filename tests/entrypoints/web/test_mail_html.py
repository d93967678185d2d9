"""A mail as its sender made it, and its files: to those who may see the case, and never as something that runs."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from careline.domain.conversations.commands.messages import NewAttachment
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.messages import attachments_of, messages_after
from careline.entrypoints.web.case import mail_images
from careline.entrypoints.web.headers import FILE_POLICY, MAIL_POLICY
from careline.flows.remote_image import Image
from careline.flows.uploaded import keep_upload
from careline.kit import clock
from tests.entrypoints.web.conftest import PART
from tests.world import NOON, World

PICTURE = b"\x89PNG\r\n"


@pytest.fixture
def pictured(world: World) -> int:
    """A message of Carol's with a picture inside, one from the web and a page attached."""
    from careline.domain.channels.inbound import Inbound, Party
    from careline.flows.receive import Carried, receive

    files = tuple(
        NewAttachment(keep_upload(content, at=NOON), name, kind, len(content), inline, cid)
        for name, kind, content, inline, cid in (
            ("crack.png", "image/png", PICTURE, True, "one@mail"), ("Größe \"x\".html", "text/html", b"<script>", False, ""),
        )
    )  # fmt: skip
    inbound = Inbound(
        sender=Party("carol@example.com", "Carol"), subject="See", text="See", visible_text="See", fingerprint="f" * 64,
        html='<p>See</p><img data-cid="one@mail"><img data-remote-src="https://images.example/a?b=1&amp;c=2">', sent_at=NOON,
    )  # fmt: skip
    got = receive(inbound, channel=world.mailbox, carried=Carried(attachments=files), at=NOON + timedelta(minutes=1))
    assert got.message is not None
    return got.message


def test_pictures_inside_the_mail_are_shown_and_those_of_the_web_are_not(pictured: int, ada: Client) -> None:
    answer = ada.get(f"/messages/{pictured}/html")
    page = answer.content.decode()
    assert answer.headers["Content-Security-Policy"] == MAIL_POLICY
    assert [Client().get(address).content for address in sources(page)] == [PICTURE]
    assert "Show the pictures from the web" in page
    assert ' src="https://' not in page


def test_pictures_of_the_web_come_by_our_own_address_when_asked_for(
    pictured: int, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def fetched(url: str, *, at: datetime) -> Image:
        asked.append(url)
        return Image("image/png", PICTURE)

    monkeypatch.setattr(mail_images, "remote_image", fetched)
    _, address = sources(ada.get(f"/messages/{pictured}/html?images=1").content.decode())
    answer = Client().get(address)
    assert (answer.status_code, answer.content, asked) == (200, PICTURE, ["https://images.example/a?b=1&c=2"])
    assert answer.headers["Content-Security-Policy"] == FILE_POLICY


def test_an_address_of_a_picture_can_be_neither_made_up_nor_kept(
    pictured: int, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    (address,) = sources(ada.get(f"/messages/{pictured}/html").content.decode())
    for wrong in (
        address[:-1],
        address[:-24] + "a" * 24,
        "/mail-images/aW5zaWRlIDEgMQ.aaaaaaaaaaaaaaaaaaaaaaaa",
        "/mail-images/x",
    ):
        assert Client().get(wrong).status_code == 404
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=2))
    assert Client().get(address).status_code == 404


def sources(page: str) -> list[str]:
    return re.findall(r'<img[^>]* src="([^"]+)"', page)


def test_a_picture_is_shown_in_place_and_a_page_is_saved(pictured: int, ada: Client) -> None:
    picture, page = (ada.get(f"/attachments/{file.id}") for file in attachments_of(pictured))
    assert (picture.content, picture.headers["Content-Type"]) == (PICTURE, "image/png")
    assert picture.headers["Content-Disposition"].startswith("inline")
    assert page.headers["Content-Type"] == "application/octet-stream"
    assert page.headers["Content-Disposition"] == (
        "attachment; filename=\"Gr__e _x_.html\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%22x%22.html"
    )
    for answer in (picture, page):
        assert (answer.headers["X-Content-Type-Options"], answer.headers["Content-Security-Policy"]) == (
            "nosniff",
            FILE_POLICY,
        )


def test_neither_the_mail_nor_its_files_are_there_for_another_team(
    pictured: int, world: World, enter: Callable[..., Client]
) -> None:
    cleo = enter(world.cleo)
    assert cleo.get(f"/messages/{pictured}/html").status_code == 404
    assert cleo.get(f"/attachments/{attachments_of(pictured)[0].id}").status_code == 404


def test_words_of_a_customer_are_shown_as_words(world: World, ada: Client) -> None:
    from tests.world import writes_in

    written = writes_in(
        "<b>Bold</b>", text="<script>alert(1)</script> https://example.com/x", mailbox=world.mailbox, name="<i>Eve</i>"
    )
    page = ada.get(f"/conversations/{written.number}", headers=PART).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "<i>Eve" not in page
    assert '<a href="https://example.com/x" rel="noopener noreferrer nofollow" target="_blank">' in page
    assert len(messages_after(conversation_by_number(written.number).id, 0)) == 1
