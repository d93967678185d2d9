"""Mailing lists and newsletters, by what they say of themselves (RFC 2919, RFC 2369)."""

from __future__ import annotations

import re

from careline.domain.channels.email.mail import Mail

_IN_BRACKETS = re.compile(r"<([^<>\s]+)>")
_MAILTO = re.compile(r"mailto:([^>?\s]+)", re.IGNORECASE)


def name_mailing_list(mail: Mail) -> None:
    """`mailing_list` becomes the list's own id, or the nearest thing to a name that the headers hold."""
    mail.mailing_list = _id_of(mail) or _address_of(mail)


def is_discussion_list(mail: Mail) -> bool:
    """A list people write to, as opposed to a newsletter sent at them."""
    return bool(_MAILTO.search(mail.header("List-Post"))) or _precedence(mail) == "list"


def is_bulk(mail: Mail) -> bool:
    marks = ("List-Unsubscribe", "Feedback-ID", "X-Campaign-Id", "X-CampaignID", "X-Mailgun-Tag", "X-Mailer-RecptId")
    return _precedence(mail) in {"bulk", "junk"} or any(mail.header(mark) for mark in marks)


def _id_of(mail: Mail) -> str:
    written = mail.header("List-Id").strip() or mail.header("X-Mailing-List").strip()
    found = _IN_BRACKETS.search(written)
    return (found[1] if found else written)[:200].lower()


def _address_of(mail: Mail) -> str:
    for name in ("List-Post", "List-Unsubscribe"):
        found = _MAILTO.search(mail.header(name))
        if found:
            return found[1].lower()[:200]
    return mail.sender.value.lower() if mail.header("List-Unsubscribe") else ""


def _precedence(mail: Mail) -> str:
    return mail.header("Precedence").strip().lower()
