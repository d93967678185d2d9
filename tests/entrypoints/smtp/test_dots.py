import pytest
from hypothesis import given
from hypothesis import strategies as st

from careline.entrypoints.smtp.dots import DotStream


def read(wire, size):
    dots, mail, at = DotStream(), b"", 0
    while not dots.ended and at < len(wire):
        mail += dots.feed(wire[at : at + size])
        at += size
    return mail, dots.ended, dots.rest + wire[at:]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 1000])
@pytest.mark.parametrize(
    ("wire", "mail"),
    [
        (b".\r\n", b""),
        (b"\r\n.\r\n", b"\r\n"),
        (b"a\r\n.\r\n", b"a\r\n"),
        (b"..\r\n.\r\n", b".\r\n"),
        (b"...\r\n..a\r\n\r\n.\r\n", b"..\r\n.a\r\n\r\n"),
        (b"a\n.\nb\r.\rc\n.\r\nd\r\n.\r\n", b"a\n.\nb\r.\rc\n.\r\nd\r\n"),
        (b"\r\r\n\r\n.\r\n", b"\r\r\n\r\n"),
    ],
)
def test_a_mail_ends_at_a_dot_alone_on_its_line_and_nowhere_else(wire, mail, size):
    assert read(wire + b"QUIT\r\n", size) == (mail, True, b"QUIT\r\n")


@given(st.lists(st.sampled_from([b"\r\n", b".", b"\r", b"\n", b"a", b"..", b"\0"]), max_size=30), st.integers(1, 9))
def test_every_mail_comes_through_as_it_was_sent(pieces, size):
    mail = b"".join(pieces).replace(b"\r\n", b"\n").replace(b"\r", b"").replace(b"\n", b"\r\n") + b"\r\n"
    wire = b"".join(b"." + line if line.startswith(b".") else line for line in mail.splitlines(keepends=True))
    assert read(wire + b".\r\nNOOP\r\n", size) == (mail, True, b"NOOP\r\n")
