import pytest

from careline.domain.channels.email.classify import classify
from careline.domain.channels.inbound import BounceClass, BouncedRecipient, InboundKind
from tests.domain.channels.email.classify.mails import mail_of

REPORT = """\
From: Mail Delivery System <MAILER-DAEMON@mx.example.net>
To: support@northwind.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.net. Your message could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

{fields}
--b1
Content-Type: text/rfc822-headers

From: support@northwind.example
To: carol@example.com
Message-ID: <c.1.aaaa.bbbb@northwind.example>
Subject: Your bike

--b1--
"""


def reported(fields: str):
    mail = mail_of(REPORT.format(fields=fields))
    classify(mail)
    assert mail.kind == InboundKind.BOUNCE
    return mail.bounce


def of(address: str = "carol@example.com", status: str = "5.1.1", action: str = "failed", words: str = "") -> str:
    told = f"Diagnostic-Code: smtp; {words}\n" if words else ""
    return f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: {status}\n{told}"


def test_links_the_report_to_what_bounced():
    bounce = reported(of(words="550 5.1.1 <carol@example.com>: User unknown"))
    assert bounce.original_message_id == "<c.1.aaaa.bbbb@northwind.example>"
    assert bounce.reporting_server == "mx.example.net"
    assert bounce.recipients == [
        BouncedRecipient("carol@example.com", BounceClass.HARD, "5.1.1", "550 5.1.1 <carol@example.com>: User unknown")
    ]


def test_names_everybody_who_was_not_reached_and_nobody_who_was():
    bounce = reported(
        of("carol@example.com") + "\n" + of("dan@example.com", "2.0.0", "delivered") + "\n" + of("eve@example.com")
    )
    assert [one.address for one in bounce.recipients] == ["carol@example.com", "eve@example.com"]


def test_names_the_address_we_wrote_to_and_not_where_it_was_forwarded():
    bounce = reported("Original-Recipient: rfc822;carol@example.com\n" + of("carol.private@example.org"))
    assert [one.address for one in bounce.recipients] == ["carol@example.com"]


def test_a_report_of_success_bounces_nobody():
    assert reported(of(status="2.0.0", action="delivered")).recipients == []


@pytest.mark.parametrize(
    ("status", "words", "expected"),
    [
        ("5.1.1", "550 5.1.1 User unknown", BounceClass.HARD),
        ("5.0.0", "550 No such user here", BounceClass.HARD),
        ("5.1.2", "Host or domain name not found. Name service error", BounceClass.HARD),
        ("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found", BounceClass.HARD),
        ("5.1.1", "", BounceClass.HARD),
        ("5.2.2", "552 5.2.2 Mailbox full", BounceClass.SOFT),
        ("5.0.0", "550 User is over quota", BounceClass.SOFT),
        ("4.2.2", "452 mailbox full", BounceClass.SOFT),
        ("4.1.1", "450 User unknown", BounceClass.SOFT),
        ("4.7.1", "451 4.7.1 Greylisting in action", BounceClass.SOFT),
        ("5.7.1", "550 5.7.1 blocked by spam policy", BounceClass.SOFT),
        ("5.7.26", "550 5.7.26 Unauthenticated mail, DMARC policy", BounceClass.SOFT),
        ("5.3.4", "552 5.3.4 Message size exceeds fixed limit", BounceClass.SOFT),
        ("5.1.8", "553 5.1.8 Domain of sender address does not exist", BounceClass.SOFT),
        ("5.4.7", "Delivery time expired", BounceClass.SOFT),
        ("5.0.0", "554 Protocol violation", BounceClass.SOFT),
    ],
)
def test_hard_is_only_an_address_that_no_later_mail_can_reach(status: str, words: str, expected: BounceClass):
    assert [one.bounce_class for one in reported(of(status=status, words=words)).recipients] == [expected]


def test_a_delay_is_soft_whatever_it_says():
    assert [one.bounce_class for one in reported(of(action="delayed", words="User unknown")).recipients] == [
        BounceClass.SOFT
    ]


def test_the_words_of_the_server_tell_more_than_an_empty_code():
    [one] = reported(of(status="5.0.0", words="550 5.2.2 mailbox is full")).recipients
    assert (one.status, one.bounce_class) == ("5.2.2", BounceClass.SOFT)


QMAIL = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.net
To: support@northwind.example
Subject: failure notice

Hi. This is the qmail-send program at mx.example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<carol@example.com>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <support@northwind.example>
Message-ID: <c.1.aaaa.bbbb@northwind.example>
To: carol@example.com, dan@example.com
"""


def test_reads_a_notice_without_fields():
    mail = mail_of(QMAIL)
    classify(mail)
    assert mail.kind == InboundKind.BOUNCE
    assert mail.bounce.recipients == [
        BouncedRecipient(
            "carol@example.com", BounceClass.HARD, "5.1.1", "Sorry, no mailbox here by that name. (#5.1.1)"
        )
    ]
    assert mail.bounce.original_message_id == "<c.1.aaaa.bbbb@northwind.example>"
    assert mail.bounce.reporting_server == "mx.example.net"


def test_a_notice_that_names_nobody_speaks_of_those_the_returned_mail_was_for():
    mail = mail_of(QMAIL.replace("<carol@example.com>:\n", ""))
    classify(mail)
    assert [one.address for one in mail.bounce.recipients] == ["carol@example.com", "dan@example.com"]


def test_believes_the_header_that_names_the_failed_recipients():
    mail = mail_of("From: r@example.net\nX-Failed-Recipients: carol@example.com\n\nIt failed: 550 5.1.1 User unknown\n")
    classify(mail)
    assert [(one.address, one.status) for one in mail.bounce.recipients] == [("carol@example.com", "5.1.1")]


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        ("carol", "Delivery failed", "Your courier did not deliver order 1001. Call dan@example.com."),
        ("carol", "Returned mail", "I returned my parcel by mail, 5 kg. Unknown status, ask dan@example.com."),
        ("carol", "Re: Undelivered Mail Returned to Sender", "What is this?\n> 550 5.1.1 <dan@example.com> unknown"),
        ("carol", "Error 550 5.1.1", "I cannot write to dan@example.com: 550 5.1.1 User unknown"),
        (
            "carol",
            "Undeliverable parcel",
            "It came back undeliverable, failed again. Use the following address: d@example.com",
        ),
        ("carol", "Delivery failed", "I paid 450 EUR on 4.5.26 and delivery failed. Ask dan@example.com, flat 550 A."),
        ("noreply", "Payment failed", "Payment of 450 EUR failed with an error. Contact billing@example.com."),
        ("noreply", "Parcel", "Your parcel could not be delivered to: 550 Main Street. Contact post@example.com."),
        ("postmaster", "Order 1001", "Please send us another bike, ask dan@example.com."),
    ],
)
def test_a_customer_who_speaks_of_failed_delivery_is_no_bounce(sender: str, subject: str, text: str):
    mail = mail_of(f"From: {sender}@example.com\nSubject: {subject}\n\n{text}\n")
    classify(mail)
    assert (mail.kind, mail.bounce) == (InboundKind.MESSAGE, None)


def test_a_bounce_that_a_customer_attached_is_the_customer_s_message():
    inner = REPORT.format(fields=of())
    raw = (
        "From: carol@example.com\nSubject: Look what I got\nContent-Type: multipart/mixed; boundary=out\n\n"
        f"--out\n\nPlease explain, undeliverable?\n--out\nContent-Type: message/rfc822\n\n{inner}\n--out--\n"
    )
    mail = mail_of(raw)
    classify(mail)
    assert (mail.kind, mail.bounce) == (InboundKind.MESSAGE, None)


@pytest.mark.parametrize("cut", range(0, len(REPORT), 97))
def test_a_truncated_report_never_raises(cut: int):
    classify(mail_of(REPORT.format(fields=of())[:cut]))


def test_ten_thousand_parts_and_a_deep_nest_are_survived():
    wide = "".join("--b\nContent-Type: text/plain\n\nx\n" for _ in range(10_000))
    deep = "".join(f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(2_000))
    head = "From: MAILER-DAEMON@example.net\nSubject: failure notice\nContent-Type: multipart/mixed; boundary="
    for body in (f"{head}b\n\n{wide}", f"{head}b0\n\n{deep}"):
        mail = mail_of(body)
        classify(mail)
        assert (mail.kind, mail.auto_reply) == (InboundKind.MESSAGE, "robot")
