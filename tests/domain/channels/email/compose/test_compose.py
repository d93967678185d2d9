import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from careline.domain.channels.email.compose import CannotCompose, Letter, LetterFile, Quote, compose
from careline.domain.channels.inbound import Party

AT = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
LETTER = Letter(
    from_=Party("support@northwind.example", "Ada from Northwind Bikes"),
    message_id="<c.1.abc.def@northwind.example>",
    date=AT,
    to=(Party("carol@example.com", "Carol"),),
    subject="Your bike",
    text="Hello Carol,\nyour bike is ready.\n",
)
PICTURE = LetterFile("bike.png", "image/png", bytes(range(256)) * 9, content_id="bike@northwind")
MANUAL = LetterFile("manual.pdf", "application/pdf", b"%PDF\r\n\0\n\r\n" * 100)


def read(letter: Letter) -> EmailMessage:
    return message_from_bytes(compose(letter), policy=policy.default)


def shape_of(message: EmailMessage):
    kind = message.get_content_type()
    return (kind, [shape_of(part) for part in message.iter_parts()]) if message.is_multipart() else kind


def test_a_plain_letter_is_read_as_it_was_written():
    mail = read(LETTER)
    assert dict(mail.items()) == {
        "Date": "Sun, 22 Nov 2026 10:30:00 +0000",
        "From": "Ada from Northwind Bikes <support@northwind.example>",
        "To": "Carol <carol@example.com>",
        "Subject": "Your bike",
        "Message-ID": "<c.1.abc.def@northwind.example>",
        "X-Careline-Loop": "<c.1.abc.def@northwind.example>",
        "MIME-Version": "1.0",
        "Content-Type": 'text/plain; charset="us-ascii"',
        "Content-Transfer-Encoding": "7bit",
    }
    assert mail.get_content().replace("\r\n", "\n") == LETTER.text


def test_the_same_letter_gives_the_same_bytes():
    letter = replace(LETTER, html="<p>Hello</p>", attachments=(MANUAL,))
    assert compose(letter) == compose(letter)


def test_every_form_has_the_tree_that_mail_programs_expect():
    html = '<p>Hello <img src="cid:bike@northwind"></p>'
    assert shape_of(read(replace(LETTER, html=html))) == ("multipart/alternative", ["text/plain", "text/html"])
    assert shape_of(read(replace(LETTER, html=html, text=""))) == "text/html"
    assert shape_of(read(replace(LETTER, attachments=(MANUAL,)))) == (
        "multipart/mixed",
        ["text/plain", "application/pdf"],
    )
    assert shape_of(read(replace(LETTER, inline=(PICTURE,)))) == ("multipart/mixed", ["text/plain", "image/png"])
    assert shape_of(read(replace(LETTER, html=html, inline=(PICTURE,), attachments=(MANUAL,)))) == (
        "multipart/mixed",
        [
            ("multipart/alternative", ["text/plain", ("multipart/related", ["text/html", "image/png"])]),
            "application/pdf",
        ],
    )


def test_an_inline_image_is_found_by_its_content_id():
    mail = read(replace(LETTER, html="<img src=cid:bike@northwind>", inline=(PICTURE,)))
    [image] = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert (image["Content-ID"], image.get_content_disposition()) == ("<bike@northwind>", "inline")
    assert (image.get_filename(), image.get_content()) == ("bike.png", PICTURE.content)


def test_a_blind_copy_stands_in_the_envelope_and_nowhere_in_the_mail():
    letter = replace(LETTER, bcc=(Party("ben@northwind.example", "Ben"),), cc=(Party("CAROL@example.com"),))
    assert letter.recipients == ["carol@example.com", "ben@northwind.example"]
    assert b"ben" not in compose(letter).lower()
    alone = replace(letter, to=(), cc=())
    assert read(alone)["To"] == "undisclosed-recipients:;"


@pytest.mark.parametrize(
    "evil", ["\r\nBcc: eve@example.com", "\nBcc: eve@example.com", "\r\n\r\nbody", "\x00\x0b\x85\u2028Bcc: e"]
)
def test_no_header_can_be_injected(evil: str):
    letter = replace(
        LETTER,
        subject=f"Hello{evil}",
        from_=Party("support@northwind.example", f"Ada{evil}"),
        to=(Party("carol@example.com", f"Carol{evil}"),),
        in_reply_to=f"<a@example.com>{evil}",
        references=(f"<b@example.com{evil}>",),
        headers=(("X-Note", f"note{evil}"),),
        attachments=(LetterFile(f"a{evil}.txt", f"text/plain{evil}", b"x", content_id=f"a{evil}"),),
    )
    mail = read(letter)
    assert mail["Bcc"] is None
    assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n") == LETTER.text
    assert sorted(set(mail.keys())) == sorted(
        {"Date", "From", "To", "Subject", "Message-ID", "X-Careline-Loop", "X-Note", "MIME-Version", "Content-Type"}
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"to": (Party("carol"),)},
        {"to": (Party("carol@"),)},
        {"to": (Party("carol@exa mple.com"),)},
        {"to": (Party("carol@example.com\r\nBcc: eve@example.com"),)},
        {"to": (Party("carol@example.com>, <eve@example.com"),)},
        {"to": (Party("carol smith@example.com"),)},
        {"to": (Party("cärol@example.com"),)},
        {"message_id": ""},
        {"message_id": "<a b@example.com>"},
        {"date": datetime(2026, 11, 22)},  # noqa: DTZ001
        {"auto_submitted": "perhaps"},
        {"headers": (("Bcc", "eve@example.com"),)},
        {"headers": (("X: y\r\nBcc", "eve@example.com"),)},
    ],
)
def test_what_no_mail_can_hold_is_refused_in_one_sentence(wrong: dict):
    with pytest.raises(CannotCompose) as told:
        compose(replace(LETTER, **wrong))
    assert "\n" not in str(told.value)
    assert str(told.value).endswith(".")


def test_a_domain_of_any_script_is_written_in_idna():
    assert "carol@xn--rder-loa.example" in read(replace(LETTER, to=(Party("carol@räder.example", "Carol"),)))["To"]


def test_an_odd_local_part_is_quoted():
    mail = read(replace(LETTER, to=(Party("carol..b.@example.com"), Party('"carol,b"@example.com'))))
    assert [str(one.username) for one in mail["To"].addresses] == ["carol..b.", "carol,b"]


def test_the_thread_is_named_oldest_first_and_trimmed_in_the_middle():
    before = tuple(f"<{number}.{'x' * 40}@example.com>" for number in range(500))
    mail = read(replace(LETTER, references=before, in_reply_to=before[-1]))
    named = mail["References"].split()
    assert mail["In-Reply-To"] == before[-1]
    assert (named[0], named[-1]) == (before[0], before[-1])
    assert len(named) == 25
    assert named[1:] == list(before[-24:])
    few = read(
        replace(LETTER, references=("<a@example.com>", "b@example.com", "broken id"), in_reply_to="<c@example.com>")
    )
    assert few["References"].split() == ["<a@example.com>", "<b@example.com>", "<c@example.com>"]


def test_a_machine_s_letter_says_so():
    mail = read(replace(LETTER, auto_submitted="auto-replied"))
    assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == ("auto-replied", "All")


def test_earlier_words_stand_below_ours_in_both_forms():
    quote = Quote("On 21 November Carol wrote:", "It <squeaks>\n\nCarol", "")
    mail = read(replace(LETTER, html="<p>Hello</p>", quotes=(quote,)))
    plain = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert plain.endswith("\n\nOn 21 November Carol wrote:\n> It <squeaks>\n>\n> Carol\n")
    assert "It &lt;squeaks&gt;<br>" in mail.get_body(("html",)).get_content()


def test_a_message_that_is_attached_arrives_byte_for_byte():
    inner = compose(LETTER).replace(b"\r\n", b"\n")
    [part] = read(replace(LETTER, attachments=(LetterFile("old.eml", "message/rfc822", inner),))).iter_attachments()
    assert (part.get_filename(), part.get_content()) == ("old.eml", inner)


def test_a_line_that_begins_with_from_is_not_changed_on_its_way():
    letter = replace(LETTER, text="Hello\nFrom here on\n")
    assert b"\nFrom here" not in compose(letter)
    assert read(letter).get_content().replace("\r\n", "\n") == letter.text


def test_no_line_is_too_long_and_no_byte_above_127():
    letter = replace(
        LETTER,
        subject="ä" * 3_000 + " " + "x" * 3_000,
        text="x" * 5_000 + "\n" + "ü" * 5_000,
        html="<p>" + "y" * 5_000 + "</p>",
        from_=Party("support@northwind.example", "n" * 3_000),
        to=tuple(Party(f"carol{number}@example.com", "Carol " * 20) for number in range(300)),
        attachments=(LetterFile("ö" * 500 + ".txt", "text/plain", b"x" * 5_000),),
        headers=(("X-Long", "z" * 3_000),),
    )
    written = compose(letter)
    assert written.isascii()
    assert max(map(len, written.split(b"\r\n"))) <= 998
    assert re.search(rb"(?<!\r)\n|\r(?!\n)", written) is None
    assert read(letter)["Subject"] == letter.subject
    assert len(read(letter)["To"].addresses) == 300
