"""Whatever the bytes are: nothing raises, nothing is silent, and what was attached comes back byte for byte."""

import base64
import quopri

from hypothesis import given, settings
from hypothesis import strategies as st

from careline.domain.channels.email.mail import Mail
from careline.domain.channels.email.parse import parse
from careline.domain.channels.email.reading import inbound_of
from tests.domain.channels.email.mails import HEAD, multipart, part, plain

GOOD = [
    plain("Grüße, the brake squeaks.\r\n-- \r\nCarol\r\n".encode()),
    multipart(part(b"Red"), part(b"<p>Red <img src=cid:a></p>", media_type=b"text/html"), kind=b"alternative"),
    multipart(
        multipart(part(b"See"), boundary=b"in", head=b""),
        part(
            base64.encodebytes(bytes(range(256))),
            b"Content-Transfer-Encoding: base64",
            media_type=b"image/png; name=a.png",
        ),
        part(plain(), media_type=b"message/rfc822"),
        part(b"BEGIN:VEVENT\r\nSUMMARY:Tea\r\nDTSTART:20261124T100000Z\r\nEND:VEVENT", media_type=b"text/calendar"),
    ),
    b"From: =?utf-8?q?M=C3=BCller=2C_Carol?= <carol@example.com>, Ben: ada@northwind.example;\r\nDate: Sun, 22 Nov 26\r\n"
    b"Subject: Fwd: =?iso-2022-jp?B?GyRCRnxLXBsoQg==?=\r\nReferences: <a@x> b@y\r\n\r\n"
    b"-- Forwarded message --\r\nFrom: Carol <carol@example.com>\r\nSubject: x\r\n\r\nbegin 644 a\r\n%:&5L;&\\\r\n`\r\nend\r\n",
    HEAD
    + b"Content-Type: application/ms-tnef\r\n\r\n\x78\x9f\x3e\x22\x01\x00\x01\x0c\x80\x02\x00\x03\x00\x00\x00abc\x00\x00",
]
WILD = [
    b"\r\n",
    b"\n",
    b"\r",
    b"\x00",
    b"--=_b",
    b"--=_b--",
    b"=?utf-8?q?",
    b"?=",
    b"<",
    b">",
    b'"',
    b"(",
    b":",
    b";",
    b"\xff",
    b"\xc3",
]
CONTENT = st.binary(max_size=300)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_end_as_text_or_a_defect(raw):
    _is_understood(raw)


@settings(max_examples=250, deadline=None)
@given(
    st.sampled_from(GOOD),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 8), st.sampled_from(WILD)), min_size=1, max_size=8),
)
def test_a_good_mail_with_wild_bytes_in_it_ends_as_text_or_a_defect(raw, wounds):
    for place, lost, wild in wounds:
        at = int(place * len(raw))
        raw = raw[:at] + wild + raw[at + lost :]
    _is_understood(raw)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(GOOD), st.floats(0, 1))
def test_a_mail_that_breaks_off_anywhere_ends_as_text_or_a_defect(raw, place):
    _is_understood(raw[: int(place * len(raw))])


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(CONTENT, st.sampled_from(["base64", "quoted-printable", "binary"])), max_size=5),
    st.integers(0, 3),
)
def test_every_attachment_comes_back_byte_for_byte(files, depth):
    contents = [b"\n--=_b\r\n".join([content, b""])[: len(content)] for content, _ in files]
    parts = [part(b"See the files.")]
    for number, (content, (_, encoding)) in enumerate(zip(contents, files, strict=True)):
        name = b"Content-Disposition: attachment; filename=file-%d.bin" % number
        encoded = f"Content-Transfer-Encoding: {encoding}".encode()
        parts.append(part(_encoded(content, encoding), name, encoded, media_type=b"application/octet-stream"))
    raw = multipart(*parts, boundary=b"=_outer_boundary_0")
    for level in range(depth):
        inner = raw[len(HEAD) :]
        raw = multipart(inner, boundary=b"=_outer_boundary_%d" % (level + 1))
    mail = parse(raw)
    assert [each.content for each in mail.attachments] == contents
    assert [each.name for each in mail.attachments] == [f"file-{number}.bin" for number in range(len(files))]
    assert mail.text == "See the files."


def _encoded(content: bytes, encoding: str) -> bytes:
    if encoding == "base64":
        return base64.encodebytes(content).replace(b"\n", b"\r\n")
    return (
        quopri.encodestring(content.replace(b"\r", b"\r"), quotetabs=True)
        if encoding == "quoted-printable"
        else content
    )


def _is_understood(raw: bytes) -> Mail:
    mail = parse(raw)
    assert mail.text or mail.defects
    assert not [defect for defect in mail.defects if " failed: " in defect]
    assert not [value for _, value in mail.headers if set(value) & set("\r\n\x00")]
    for words in (mail.text, mail.html, mail.subject, mail.visible_text, *(value for _, value in mail.headers)):
        assert "\x00" not in words
        words.encode("utf-8")
    assert len(inbound_of(mail).fingerprint) == 64
    return mail
