from datetime import UTC, datetime

import pytest

from careline.domain.channels.email.parse import parse
from careline.domain.channels.inbound import InboundKind, Party
from tests.domain.channels.email.mails import HEAD, multipart, part, plain

CAROL = Party("carol@example.com", "Carol")
PDF = bytes(range(256)) * 4


def test_a_plain_mail_is_understood_without_a_defect():
    mail = parse(plain(b"The brake squeaks.\r\n\r\nCarol\r\n"), envelope_to=["support@northwind.example"])
    assert (mail.sender, mail.to) == (CAROL, [Party("support@northwind.example", "Northwind Bikes")])
    assert (mail.subject, mail.message_id) == ("My bike", "<bike-1@example.com>")
    assert mail.date == datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
    assert (mail.text, mail.html, mail.attachments) == ("The brake squeaks.\n\nCarol", "", [])
    assert (mail.kind, mail.envelope_to, mail.defects) == (InboundKind.MESSAGE, ["support@northwind.example"], [])


def test_of_alternatives_plain_text_is_the_text_and_html_is_kept_beside_it():
    mail = parse(multipart(part(b"Red"), part(b"<p>Red</p>", media_type=b"text/html"), kind=b"alternative"))
    assert (mail.text, mail.html) == ("Red", "<p>Red</p>")


def test_html_alone_is_read_as_text_too():
    mail = parse(HEAD + b"Content-Type: text/html; charset=iso-8859-1\r\n\r\n<p>Gr\xfc\xdfe</p>")
    assert (mail.text, mail.html) == ("Grüße", "<p>Grüße</p>")


def test_an_empty_plain_alternative_gives_way_to_the_html():
    mail = parse(multipart(part(b"  \r\n"), part(b"<p>Red</p>", media_type=b"text/html"), kind=b"alternative"))
    assert mail.text == "Red"


def test_texts_of_a_mixed_mail_are_joined_in_order():
    mail = parse(multipart(part(b"one"), part(PDF, media_type=b"application/pdf"), part(b"two")))
    assert mail.text == "one\n\ntwo"
    assert [(each.name, each.content) for each in mail.attachments] == [("attachment-1.pdf", PDF)]


def test_a_named_text_is_an_attachment():
    mail = parse(multipart(part(b"See the list."), part(b"1\r\n2", b"Content-Disposition: inline; filename=list.txt")))
    assert mail.text == "See the list."
    assert [(each.name, each.content) for each in mail.attachments] == [("list.txt", b"1\r\n2")]


def test_an_image_shown_in_the_html_is_inline_and_others_are_not():
    related = multipart(
        part(b'<p>Here: <img src="cid:Bike%40example.com"></p>', media_type=b"text/html"),
        part(b"GIF1", b"Content-ID: <bike@example.com>", b"Content-Disposition: attachment", media_type=b"image/gif"),
        part(b"GIF2", b"Content-ID: <other@example.com>", b"Content-Disposition: inline", media_type=b"image/gif"),
        kind=b"related",
    )
    assert [(each.content, each.disposition) for each in parse(related).attachments] == [
        (b"GIF1", "inline"),
        (b"GIF2", "attachment"),
    ]


def test_a_mail_in_a_mail_is_kept_byte_for_byte_and_named_by_its_subject():
    inner = multipart(part(b"inside"), part(PDF, media_type=b"application/pdf"), boundary=b"inner")
    mail = parse(multipart(part(b"See below."), part(inner, media_type=b"message/rfc822")))
    assert mail.text == "See below."
    assert [(each.name, each.content) for each in mail.attachments] == [("My bike.eml", inner)]


def test_a_signature_file_is_kept_and_the_signed_words_are_read():
    signature = part(
        b"MIIB", b"Content-Disposition: attachment; filename=smime.p7s", media_type=b"application/pkcs7-signature"
    )
    mail = parse(multipart(part(b"Signed words."), signature, kind=b"signed"))
    assert (mail.text, [each.name for each in mail.attachments]) == ("Signed words.", ["smime.p7s"])


def test_an_encrypted_mail_says_so_and_keeps_what_came():
    parts = (
        part(b"Version: 1", media_type=b"application/pgp-encrypted"),
        part(b"-----BEGIN PGP MESSAGE-----", media_type=b"application/octet-stream; name=encrypted.asc"),
    )
    mail = parse(multipart(*parts, kind=b"encrypted"))
    assert mail.text == "[This mail is encrypted; what came is attached unopened.]"
    assert [each.name for each in mail.attachments] == ["attachment-1.asc", "encrypted.asc"]


def test_a_mail_signed_as_a_whole_says_where_its_words_are():
    signed = b"Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\n\r\nwrapped"
    mail = parse(HEAD + signed)
    assert mail.text == "[This mail is signed as a whole (S/MIME); its words are inside the attached file.]"
    assert [(each.name, each.content) for each in mail.attachments] == [("smime.p7m", b"wrapped")]


def test_a_text_file_alone_in_a_mail_is_read_and_kept():
    mail = parse(HEAD + b"Content-Type: text/plain; name=list.txt\r\nContent-Disposition: attachment\r\n\r\none\r\n")
    assert (mail.text, [(each.name, each.content) for each in mail.attachments]) == ("one", [("list.txt", b"one\r\n")])


def test_enriched_text_loses_its_marks():
    assert parse(HEAD + b"Content-Type: text/enriched\r\n\r\n<bold>Red</bold> 1 < 2").text == "Red 1 < 2"


def test_an_invitation_is_read_and_kept():
    calendar = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Fitting\r\nDTSTART:20261124T100000Z\r\nEND:VEVENT\r\n"
    mail = parse(multipart(part(b"Shall we?"), part(calendar, media_type=b"text/calendar"), kind=b"alternative"))
    assert mail.text == "Invitation: Fitting\nWhen: 2026-11-24 10:00 UTC\n\nShall we?"
    assert [(each.name, each.content) for each in mail.attachments] == [("attachment-1.ics", calendar)]


def test_files_uuencoded_in_the_text_become_attachments():
    mail = parse(plain(b"Look:\n\nbegin 644 bike.txt\n%:&5L;&\\\n`\nend\nBye\n"))
    assert (mail.text, [(each.name, each.content) for each in mail.attachments]) == (
        "Look:\n\n[bike.txt]\nBye",
        [("bike.txt", b"hello")],
    )


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"no headers at all, only words", "no headers at all, only words"),
        (b"", ""),
        (b"\r\n\r\n", ""),
        (b"From carol@example.com Sun Nov 22 10:00:00 2026\n" + plain(), "The brake squeaks."),
        (b"\n\n" + plain(), "The brake squeaks."),
        (b"Subject: My bike\r\nThe brake squeaks.\r\nBye", "The brake squeaks.\nBye"),
        (plain().replace(b"\r\n", b"\r"), "The brake squeaks."),
        (plain().replace(b"\r\n", b"\n"), "The brake squeaks."),
        (plain(b"a\x00b"), "ab"),
        (multipart(part(b"one"), part(b"two"))[:-11], "one\n\ntwo"),
        (HEAD + b"Content-Type: multipart/mixed\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\none\r\n--x--", "one"),
        (HEAD + b'Content-Type: multipart/mixed; boundary="gone"\r\n\r\nonly words', "only words"),
        (HEAD + b"Content-Type: multipart/mixed; boundary==_b\r\n\r\n--=_b\r\n\r\none\r\n--=_b--", "one"),
        (HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n--b\r\n\r\none\r\n--b--\r\n", "one"),
        (
            HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\none\r\n--b--\r\nand more",
            "one\n\nand more",
        ),
        (multipart(multipart(part(b"in"), head=b""), part(b"out")), "in\n\nout"),
        (HEAD + b"Content-Type: nonsense\r\nContent-Transfer-Encoding: rot26\r\n\r\nhello", ""),
    ],
)
def test_every_broken_mail_ends_as_something_to_read(raw, text):
    mail = parse(raw)
    assert mail.text == text
    assert mail.text or mail.defects


def test_a_bare_cr_in_a_header_begins_no_new_one():
    mail = parse(b"Subject: Hello\rBcc: eve@example.org\r\n" + plain())
    assert mail.subject == "Hello Bcc: eve@example.org"
    assert mail.header("Bcc") == ""


@pytest.mark.parametrize(
    ("headers", "sender", "defect"),
    [
        (b"Sender: carol@example.com\r\n", "carol@example.com", "From names no address; taken from Sender."),
        (
            b"From: Carol\r\nReply-To: carol@example.com\r\n",
            "carol@example.com",
            "From names no address; taken from Reply-To.",
        ),
        (b"From: Carol\r\n", "bounce@example.com", "From names no address; taken from the envelope."),
        (b"From: carol@example.com\r\nFrom: eve@example.org\r\n", "carol@example.com", "More than one From."),
    ],
)
def test_somebody_can_be_answered_where_from_is_broken(headers, sender, defect):
    mail = parse(headers + b"Message-ID: <a@x>\r\n\r\nhi", envelope_from="bounce@example.com")
    assert (mail.sender.value, mail.defects) == (sender, [defect])


def test_headers_in_raw_utf8_are_read():
    mail = parse("From: Carol Müller <carol@example.com>\r\nSubject: Grüße\r\n\r\nhi".encode())
    assert (mail.sender.name, mail.subject) == ("Carol Müller", "Grüße")


def test_headers_in_the_charset_of_the_body_are_read():
    raw = "Subject: Привет\r\nContent-Type: text/plain; charset=koi8-r\r\n\r\nПривет".encode("koi8-r")
    assert (parse(raw).subject, parse(raw).text) == ("Привет", "Привет")


def test_a_mistake_in_one_step_loses_nothing_of_the_others(monkeypatch):
    def falls_over(mail):
        raise ZeroDivisionError

    monkeypatch.setattr("careline.domain.channels.email.parse.STEPS", [falls_over, *parse.__globals__["STEPS"]])
    mail = parse(plain())
    assert (mail.text, mail.defects) == ("The brake squeaks.", ["falls_over failed: ZeroDivisionError."])
