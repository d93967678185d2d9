"""Mails written to keep the reader busy: a megabyte each, none may cost more than a moment or raise."""

import time

import pytest

from careline.domain.channels.email.classify import classify
from tests.domain.channels.email.classify.mails import mail_of

SIZE = 1_000_000
HEAD = "From: MAILER-DAEMON@example.net\nSubject: failure notice\n"
REPORT = (
    HEAD + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
    "--b\nContent-Type: text/plain\n\n%s\n--b\nContent-Type: message/delivery-status\n\n%s\n--b--\n"
)
RECIPIENT = "Final-Recipient: rfc822; a%d@example.com\nAction: failed\nStatus: 5.0.0\n\n"
MAILS = {
    "blanks": HEAD + "\n" + " " * SIZE,
    "senders": HEAD + "\n" + "from-" * (SIZE // 5),
    "quotes": HEAD + "\n" + "> " * (SIZE // 2),
    "addresses": HEAD + "\nfailed:\n" + "".join(f"a{number}@example.com\n" for number in range(50_000)),
    "blank lines": HEAD + "\n550 5.1.1 a@example.com\n" + "\n" * SIZE + "x",
    "one blank line": HEAD + "\n550 5.1.1 a@example.com\n" + " " * SIZE + "x",
    "brackets at a line's start": HEAD + "\n550 5.1.1 a@example.com\n" + "<" * SIZE + "x",
    "unclosed styles": HEAD + "Content-Type: text/html\n\n" + "<style" * (SIZE // 6),
    "open tags": HEAD + "Content-Type: text/html\n\n" + "<" * SIZE,
    "folded fields": REPORT % ("x", "Final-Recipient: rfc822; a@example.com\n" + " a\n" * (SIZE // 3)),
    "fields of nobody": REPORT % ("x", "".join(f"X-{number}: 1\n\n" for number in range(60_000))),
    "recipients": REPORT % ("could not 550 x\n" * 600, "".join(RECIPIENT % number for number in range(12_000))),
    "brackets in the subject": "From: a@example.com\nSubject: " + " (" * (SIZE // 2) + "\n\nx",
    "brackets in the list": "From: a@example.com\nList-Id: " + "<" * SIZE + "\n\nx",
    "failed recipients": "X-Failed-Recipients: " + "a@example.com," * 70_000 + "\nFrom: a@example.com\n\n550 x",
}


@pytest.mark.parametrize("raw", MAILS.values(), ids=MAILS.keys())
def test_a_hostile_mail_costs_a_moment(raw: str):
    mail = mail_of(raw)
    began = time.process_time()
    classify(mail)
    assert time.process_time() - began < 5


def test_a_report_about_thousands_names_them_all():
    mail = mail_of(MAILS["recipients"])
    classify(mail)
    assert len(mail.bounce.recipients) == 12_000
