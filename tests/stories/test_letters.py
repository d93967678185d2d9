"""What leaves, as the customer's mail program reads it."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from careline.domain.conversations.commands.messages import NewAttachment
from careline.flows.uploaded import keep_upload
from tests.sinks import SmtpSink
from tests.stories.desk import CAROL, DAN, LATER, Desk, mail

PICTURE = b"\x89PNG\r\n\x1a\n" + b"a picture"
DUE = LATER + timedelta(minutes=1)


@pytest.fixture
def sink(settings) -> Iterator[SmtpSink]:
    with SmtpSink() as sink:
        settings.SMTP_URL = f"smtp://127.0.0.1:{sink.port}?tls=none"
        yield sink


def letter(sink: SmtpSink) -> EmailMessage:
    [taken] = sink.received
    return message_from_bytes(taken.raw, policy=policy.default)  # type: ignore[return-value]


def picture(content_id: str) -> NewAttachment:
    digest = keep_upload(PICTURE, at=LATER)
    return NewAttachment(digest, "bell.png", "image/png", len(PICTURE), content_id=content_id)


def test_a_picture_in_the_text_stands_in_the_text_and_another_is_attached(desk: Desk, sink: SmtpSink) -> None:
    case = desk.comes(mail()).number
    files = (picture("one@careline"), picture("two@careline"))
    html = '<p>Here: <img src="cid:one@careline" alt="The bell"></p>'
    desk.answers(case, "Here:", html=html, attachments=files, hold_seconds=0)
    desk.sends(at=DUE)
    parts = {part["Content-ID"]: part for part in letter(sink).walk() if part.get_content_type() == "image/png"}
    assert {cid: part.get_content_disposition() for cid, part in parts.items()} == {
        "<one@careline>": "inline",
        None: "attachment",
    }
    assert [part.get_content() for part in parts.values()] == [PICTURE, PICTURE]
    shown = letter(sink).get_body(("html",))
    assert shown is not None
    assert 'src="cid:one@careline"' in shown.get_content()


def test_an_answer_is_threaded_and_bears_the_mailboxs_signature_and_the_history_asked_for(
    desk: Desk, sink: SmtpSink
) -> None:
    case = desk.comes(mail(named="<first@mail.example>", cc=[DAN], text="It does not ring.")).number
    desk.answers(case, "Turn it round.", everybody=True, with_history=True, hold_seconds=0)
    desk.sends(at=DUE)
    found = letter(sink)
    assert (found["In-Reply-To"], found["References"]) == ("<first@mail.example>", "<first@mail.example>")
    assert [address.addr_spec for line in ("To", "Cc") for address in found[line].addresses] == [CAROL, DAN]
    assert found["Subject"] == "Re: The bell"
    text = found.get_body(("plain",))
    assert text is not None
    assert text.get_content().splitlines()[0] == "Turn it round."
    assert "> It does not ring." in text.get_content().splitlines()
