"""Mail intake, first half: raw bytes to a `Mail` that a person can read. The order of the steps is the whole story."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from careline.domain.channels.email.authenticity import check
from careline.domain.channels.email.classify import Own, classify
from careline.domain.channels.email.forwarded import read_forwarded
from careline.domain.channels.email.mail import Mail
from careline.domain.channels.email.steps_body import (
    mark_inline,
    name_attachments,
    note_what_is_empty,
    read_body,
    read_leaves,
    sanitise_html,
)
from careline.domain.channels.email.steps_headers import (
    read_date,
    read_headers,
    read_recipients,
    read_sender,
    read_subject,
    read_thread,
)
from careline.domain.channels.email.steps_wrappings import (
    note_encryption,
    read_invitations,
    unpack_tnef,
    unpack_uuencoded,
)
from careline.domain.channels.email.visible import split_visible


def tell_what_kind(mail: Mail) -> None:
    classify(mail, own=mail.own)


def tell_whether_believed(mail: Mail) -> None:
    check(mail, trusted_server=mail.trusted_server)


STEPS: list[Callable[[Mail], None]] = [
    read_headers,
    read_sender,
    read_recipients,
    read_subject,
    read_date,
    read_thread,
    read_leaves,
    unpack_tnef,
    unpack_uuencoded,
    read_body,
    mark_inline,
    name_attachments,
    note_encryption,
    read_invitations,
    note_what_is_empty,
    tell_what_kind,
    tell_whether_believed,
    split_visible,
    read_forwarded,
    sanitise_html,
]


def parse(
    raw: bytes,
    *,
    envelope_from: str = "",
    envelope_to: Iterable[str] = (),
    trusted_server: str = "",
    own: Own | None = None,
) -> Mail:
    """A mail understood as far as it can be; never raises for what is in `raw`.

    `own` is what marks our own mail (addresses, signed Message-IDs); `trusted_server` is the name under which the
    mailbox's own server writes Authentication-Results.
    """
    mail = Mail(
        raw,
        envelope_from=envelope_from,
        envelope_to=list(envelope_to),
        own=own,
        trusted_server=trusted_server,
    )
    for step in STEPS:
        try:
            step(mail)
        except Exception as error:
            # A mistake of ours in one step must not lose the mail: what the other steps find is kept, and this is said.
            mail.defects.append(f"{step.__name__} failed: {type(error).__name__}.")
    return mail
