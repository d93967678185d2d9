"""The worst mails, at sizes that finish at once; `make check` runs them at full size."""

import base64
import time

import pytest

from careline.domain.channels.email.parse import parse
from tests.domain.channels.email.mails import HEAD, multipart, part, plain

MEGABYTE = 1_000_000


def test_of_ten_thousand_parts_the_first_thousand_are_kept_and_the_rest_is_said():
    mail = parse(multipart(*[part(b"x", media_type=b"image/png")] * 10_000))
    assert len(mail.attachments) == 1_000
    assert "More than 1000 parts; the rest is in the raw mail only." in mail.defects


def test_a_hundred_levels_deep_everything_is_found():
    raw = multipart(part(b"innermost"), boundary=b"=_0_", head=b"")
    for level in range(1, 100):
        raw = multipart(raw, part(b"level %d" % level), boundary=b"=_%d_" % level, head=HEAD if level == 99 else b"")
    mail = parse(raw)
    assert mail.text.split("\n\n") == ["innermost", *(f"level {level}" for level in range(1, 100))]
    assert mail.defects == []


def test_beyond_the_deepest_level_parts_are_kept_unopened():
    raw = multipart(part(b"innermost"), boundary=b"=_0_", head=b"")
    for level in range(1, 1_000):
        raw = multipart(raw, boundary=b"=_%d_" % level, head=HEAD if level == 999 else b"")
    mail = parse(raw)
    assert "innermost" in mail.text
    assert "Parts nested deeper than 150 are kept unopened." in mail.defects


def test_a_text_too_long_to_show_is_kept_whole_as_an_attachment():
    words = b"the brake squeaks. " * 100_000
    mail = parse(plain(words))
    assert len(mail.text) <= MEGABYTE
    assert [each.content for each in mail.attachments] == [words]


WORST_HEADERS = {
    "addresses": b"To: " + b"Carol <carol@example.com>, " * 38_000,
    "words and commas": b"To: " + b"a, " * 330_000,
    "open quotes": b"To: " + b'"\\' * 500_000,
    "colons": b"To: a@b" + b":" * MEGABYTE,
    "parentheses": b"To: a@b" + b"(" * MEGABYTE,
    "angles": b"To: " + b"<" * MEGABYTE,
    "one long word": b"To: " + b"a" * MEGABYTE + b" @",
    "blanks": b"To: a" + b" " * 99_000 + b"b",
    "encoded words": b"Subject: " + b"=?utf-8?q?a?= " * 70_000,
    "broken encoded words": b"Subject: " + b"=?a?q?" * 160_000,
    "question marks": b"Subject: =?a?q?" + b"?a" * 500_000,
    "folds": b"Subject: a\r\n" + b" b\r\n" * 250_000,
    "parameters": b"Content-Type: text/plain; " + b"a*0*=b; " * 125_000,
    "open parameters": b"Content-Type: text/plain; " + b';="' * 330_000,
    "references": b"References: " + b"<a@b> " * 160_000,
    "a reference": b"References: " + b"a" * MEGABYTE,
    "digits": b"Date: " + b"1" * MEGABYTE,
    "headers": b"X-a: b\r\n" * 120_000,
    "no headers": b"Subject: a\r\n" + b"b c\r\n" * 200_000,
}


@pytest.mark.parametrize("kind", WORST_HEADERS)
def test_a_megabyte_of_one_header_takes_no_more_than_a_moment(kind):
    started = time.process_time()
    mail = parse(WORST_HEADERS[kind] + b"\r\n" + plain())
    assert mail.text
    assert time.process_time() - started < 2


@pytest.mark.parametrize("size", [3, pytest.param(60, marks=pytest.mark.full)])
@pytest.mark.parametrize("kind", ["file", "text", "hyphens", "quoted", "html", "nul", "padding", "empty parts"])
def test_a_huge_mail_takes_time_by_its_size_only(kind, size):
    length = size * MEGABYTE
    raw = {
        "file": lambda: multipart(
            part(b"See"), part(base64.encodebytes(b"x" * (length * 3 // 4)), b"Content-Transfer-Encoding: base64")
        ),
        "text": lambda: plain(b"hello world " * (length // 12)),
        "hyphens": lambda: multipart(part(b"\r\n--" * (length // 4))),
        "quoted": lambda: (
            HEAD + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + b"h=20w=C3=A4=\r\n" * (length // 14)
        ),
        "html": lambda: HEAD + b"Content-Type: text/html\r\n\r\n" + b"<p>hello <b>you</b></p>\r\n" * (length // 25),
        "nul": lambda: plain(b"\x00" * length),
        "padding": lambda: HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"QQ==\r\n" * (length // 6),
        "empty parts": lambda: HEAD + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n" * (length // 5),
    }[kind]()
    started = time.process_time()
    mail = parse(raw)
    assert mail.text or mail.defects
    assert time.process_time() - started < (5 if size == 60 else 2)


def test_a_header_too_long_to_keep_is_said():
    mail = parse(b"X-Long: " + b"a" * MEGABYTE + b"\r\n" + plain())
    assert (len(mail.header("X-Long")), mail.defects) == (
        100_000,
        ["X-Long is too long; all of it is in the raw mail."],
    )
