"""Whatever is put into a letter, another mail program reads the same out of it."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses, unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careline.domain.channels.email.compose import Letter, LetterFile, compose
from careline.domain.channels.inbound import Party

UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=300)
ATOM = st.text("abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+/=?^_`{|}~-", min_size=1, max_size=20)
LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,15}[a-z0-9])?", fullmatch=True).filter(lambda one: one[2:4] != "--")
ADDRESS = st.builds(
    lambda local, more, label: f"{'.'.join([local, *more])}@{label}.example", ATOM, st.lists(ATOM, max_size=2), LABEL
)
PERSON = st.builds(Party, ADDRESS, ANY_TEXT)
FILE = st.builds(
    LetterFile,
    name=ANY_TEXT,
    media_type=st.sampled_from(
        ["image/png", "text/plain", "text/html", "message/rfc822", "application/x-y", "rubbish", ""]
    ),
    content=st.binary(max_size=3_000),
)
LETTERS = st.builds(
    Letter,
    from_=PERSON,
    message_id=st.just("<c.1.a.b@northwind.example>"),
    date=st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    to=st.lists(PERSON, max_size=4).map(tuple),
    cc=st.lists(PERSON, max_size=2).map(tuple),
    bcc=st.lists(st.builds(Party, st.just("ben@secret.example")), max_size=1).map(tuple),
    reply_to=st.lists(PERSON, max_size=1).map(tuple),
    subject=ANY_TEXT,
    text=ANY_TEXT,
    html=st.one_of(st.just(""), ANY_TEXT),
    attachments=st.lists(FILE, max_size=2).map(tuple),
)


def one_line(words: str) -> str:
    return UNWRITABLE.sub(" ", words)


def lines(words: str) -> str:
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    return words if words.endswith("\n") else words + "\n"


def text_in(part: EmailMessage) -> str:
    charset = part.get_content_charset()
    return lines(part.get_payload(decode=True).decode(charset))


def people_in(mail: EmailMessage, name: str) -> list[tuple[str, str]]:
    """Blanks in names aside: this parser keeps those between encoded words, against RFC 2047 6.2."""
    found = mail[name].addresses if mail[name] else ()
    return [(one.addr_spec, "".join(one.display_name.split())) for one in found]


def expected_people(parties: tuple[Party, ...]) -> list[tuple[str, str]]:
    return [(one.value, "".join(one_line(one.name).split())) for one in parties]


def check(letter: Letter) -> None:
    written = compose(letter)
    assert written.isascii()
    assert max(map(len, written.split(b"\r\n"))) <= 998
    mail = message_from_bytes(written, policy=policy.default)
    assert [defect for part in mail.walk() for defect in part.defects] == []
    assert mail["Subject"] == one_line(letter.subject).strip()
    assert mail["Date"].datetime == letter.date.replace(microsecond=0)
    for name, parties in {
        "From": (letter.from_,),
        "To": letter.to,
        "Cc": letter.cc,
        "Reply-To": letter.reply_to,
    }.items():
        assert people_in(mail, name) == expected_people(parties)
    [(name, _)] = getaddresses([message_from_bytes(written)["From"]])
    assert str(make_header(decode_header(name))) == " ".join(one_line(letter.from_.name).split())
    assert b"ben@secret" not in written
    files = [(part.get_filename() or "", part.get_payload(decode=True)) for part in mail.iter_attachments()]
    # Python takes a name in angle brackets out of them when it reads it (email.utils.collapse_rfc2231_value)
    assert files == [(unquote(one_line(file.name).strip()), file.content) for file in letter.attachments]
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    if letter.text.strip() or not letter.html:
        assert text_in(plain) == lines(letter.text)
    if letter.html:
        assert lines(letter.html).rstrip("\n") in text_in(html)


@settings(max_examples=150, deadline=None)
@given(LETTERS)
def test_a_letter_is_read_as_it_was_written(letter: Letter):
    check(letter)


@pytest.mark.full
@settings(max_examples=5_000, deadline=None)
@given(LETTERS)
def test_five_thousand_letters_are_read_as_they_were_written(letter: Letter):
    check(letter)
