"""Our own mail that comes back to us, and mail that goes round in circles."""

from __future__ import annotations

from careline.domain.channels.email.mail import Mail
from careline.domain.channels.email.own import LOOP_HEADER, Own
from careline.domain.channels.inbound import InboundKind

MOST_HOPS = 30
"""RFC 5321 6.3 lets a server stop at 100; real mail with lists and forwarding stays under 20."""


def is_loop(mail: Mail, own: Own) -> bool:
    if not (_is_ours(mail, own) or _is_our_notification(mail, own) or _has_too_many_hops(mail)):
        return False
    mail.kind = InboundKind.LOOP
    mail.auto_reply = "loop"
    return True


def _is_ours(mail: Mail, own: Own) -> bool:
    """By signature only: another company's Careline sets the same header, and its mail is welcome."""
    names = [mail.message_id or mail.header("Message-ID"), *mail.header_values(LOOP_HEADER)]
    return any(own.is_own_message_id(name.strip()) for name in names if name.strip())


def _is_our_notification(mail: Mail, own: Own) -> bool:
    """A machine's mail in the name of our mailbox. Unmarked mail from it may be a contact form and is let through."""
    marked = mail.header("Auto-Submitted").strip().lower()
    return mail.sender.value.lower() in own.addresses and marked not in {"", "no"}


def _has_too_many_hops(mail: Mail) -> bool:
    return len(mail.header_values("Received")) > MOST_HOPS
