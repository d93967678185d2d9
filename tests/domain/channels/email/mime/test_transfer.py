import base64

import pytest

from careline.domain.channels.email.mime.transfer import decode_transfer

BIKE = bytes(range(256)) * 3


@pytest.mark.parametrize(
    ("body", "content"),
    [
        (b"a=20b=\r\nc", b"a bc"),
        (b"a=  \r\nb", b"ab"),
        (b"a=\rb", b"ab"),
        (b"a=ZZb=", b"a=ZZb"),
        (b"50=25 =c3=A4", b"50% \xc3\xa4"),
        (b"no signs", b"no signs"),
    ],
)
def test_reads_quoted_printable_however_broken(body, content):
    assert decode_transfer(body, "quoted-printable")[0] == content


@pytest.mark.parametrize(
    "body",
    [
        base64.encodebytes(BIKE),
        base64.b64encode(BIKE),
        base64.encodebytes(BIKE).replace(b"\n", b"\r\n") + b"\r\n\r\n",
        base64.b64encode(BIKE[:100]) + b"\n" + base64.b64encode(BIKE[100:]),
        base64.encodebytes(BIKE).replace(b"\n", b" \n"),
    ],
)
def test_reads_base64_byte_for_byte(body):
    assert decode_transfer(body, "BASE64")[0] == BIKE


def test_reads_base64_whose_padding_is_missing_or_cut():
    assert decode_transfer(b"R3LDvMOfZQ", "base64")[0] == "Grüße".encode()
    assert decode_transfer(b"R3LDvMOfZQ==R", "base64")[0] == "Grüße".encode()


def test_keeps_words_that_a_list_program_put_behind_base64():
    body = base64.encodebytes(b"hello!!") + b"\n-- \nSent through the list, see you at the next meeting\n"
    content, leftover, defect = decode_transfer(body, "base64")
    assert (content, leftover) == (b"hello!!", b"-- \nSent through the list, see you at the next meeting")
    assert defect == "Base64 went on after its end."


def test_takes_words_that_say_they_are_base64_as_they_are():
    words = b"Hello, my bike is broken. What can I do?"
    assert decode_transfer(words, "base64") == (words, b"", "What says it is base64 is not; taken as it is.")


def test_reads_a_uuencoded_body():
    body = b"begin 644 a.txt\n%:&5L;&\\\n`\nend\n"
    assert decode_transfer(body, "x-uuencode")[0] == b"hello"


@pytest.mark.parametrize("encoding", ["", "7bit", "8BIT", "binary", "rot13", "\x00"])
def test_leaves_everything_else_as_it_is(encoding):
    assert decode_transfer(BIKE, encoding)[0] == BIKE
