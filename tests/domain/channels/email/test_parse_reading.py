import base64
import quopri

from careline.domain.channels.email.parse import parse
from careline.domain.channels.email.reading import fingerprint, inbound_of
from careline.domain.channels.inbound import InboundFile, Party
from tests.domain.channels.email.mails import HEAD, multipart, part, plain

TEXT = "Grüße, the brake squeaks.\r\n".encode()


def test_the_rest_of_the_house_gets_all_that_was_understood():
    raw = multipart(
        part(TEXT), part(b"%PDF", b"Content-Disposition: attachment; filename=bill.pdf", media_type=b"application/pdf")
    )
    inbound = inbound_of(parse(raw))
    assert (inbound.sender, inbound.subject) == (Party("carol@example.com", "Carol"), "My bike")
    assert (inbound.external_id, inbound.text) == ("<bike-1@example.com>", "Grüße, the brake squeaks.")
    assert inbound.attachments == [InboundFile("bill.pdf", "application/pdf", b"%PDF")]


def test_a_copy_through_another_mailbox_has_the_same_fingerprint():
    received = b"Received: from a by b; Sun, 22 Nov 2026 10:00:00 +0000\r\nDelivered-To: ben@northwind.example\r\n"
    assert fingerprint(parse(received + plain(TEXT))) == fingerprint(parse(plain(TEXT)))


def test_a_copy_whose_transfer_encoding_a_server_changed_has_the_same_fingerprint():
    quoted = HEAD + b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    encoded = HEAD + b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    copies = [
        plain(TEXT),
        plain(TEXT.replace(b"\r\n", b"\n")),
        quoted + quopri.encodestring(TEXT),
        encoded + base64.encodebytes(TEXT),
    ]
    assert len({fingerprint(parse(copy)) for copy in copies}) == 1


def test_another_sender_with_the_same_message_id_and_words_has_another_fingerprint():
    eve = plain(TEXT, head=HEAD.replace(b"carol@example.com", b"eve@example.org"))
    nobody = plain(TEXT, head=HEAD.replace(b"From: Carol <carol@example.com>\r\n", b""))
    assert len({fingerprint(parse(raw)) for raw in (plain(TEXT), eve, nobody)}) == 3


def test_other_content_under_the_same_message_id_has_another_fingerprint():
    one, two = (multipart(part(TEXT), part(content, media_type=b"application/pdf")) for content in (b"%PDF1", b"%PDF2"))
    assert fingerprint(parse(one)) != fingerprint(parse(two))


def test_without_a_message_id_date_and_subject_count():
    bare = HEAD.replace(b"Message-ID: <bike-1@example.com>\r\n", b"")
    later = bare.replace(b"10:00", b"11:00")
    other = bare.replace(b"My bike", b"Your bike")
    assert len({fingerprint(parse(plain(TEXT, head=head))) for head in (bare, later, other, HEAD)}) == 4
    assert fingerprint(parse(plain(TEXT, head=bare))) == fingerprint(parse(plain(TEXT, head=bare)))
