"""What the rest of the house gets of a mail: an `Inbound`, and the fingerprint by which doubles are known."""

from __future__ import annotations

import hashlib

from careline.domain.channels.email.mail import Mail, Part
from careline.domain.channels.inbound import Inbound, InboundFile


def inbound_of(mail: Mail) -> Inbound:
    return Inbound(
        kind=mail.kind,
        sender=mail.sender,
        reply_to=mail.reply_to,
        to=mail.to,
        cc=mail.cc,
        envelope_from=mail.envelope_from,
        envelope_to=mail.envelope_to,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        visible_text=mail.visible_text,
        quoted=mail.quoted,
        signature=mail.signature,
        sent_at=mail.date,
        external_id=mail.message_id,
        in_reply_to=mail.in_reply_to,
        references=mail.references,
        attachments=[_file(part) for part in mail.attachments],
        authenticity=mail.authenticity,
        auto_reply=mail.auto_reply,
        mailing_list=mail.mailing_list,
        bounce=mail.bounce,
        forwarded=inbound_of(mail.forwarded) if mail.forwarded else None,
        fingerprint=fingerprint(mail),
        defects=mail.defects,
    )


def fingerprint(mail: Mail) -> str:
    """Hex SHA-256 over sender, Message-ID (or Date and Subject where there is none) and the decoded content.

    Nothing that changes on the way counts (Received, transfer encoding, line ends), so a copy through another mailbox
    has the same one; another sender's never has.
    """
    digest = hashlib.sha256()
    named = [mail.message_id] if mail.message_id else ["", mail.header("Date"), mail.subject]
    for word in [_sender_key(mail), *named]:
        _add(digest, word.encode("utf-8", "replace"))
    for part in mail.parts:
        _add(digest, _settled(part))
    return digest.hexdigest()


def _sender_key(mail: Mail) -> str:
    return mail.sender.value.lower() or f"? {mail.sender.name} {mail.header('From')}"


def _settled(part: Part) -> bytes:
    """Text without what servers change in it; other content as it is."""
    if not part.media_type.startswith("text/") or len(part.content) > 2_000_000:
        return part.content
    return b"\n".join(line.rstrip() for line in part.content.splitlines()).strip()


def _add(digest: hashlib._Hash, content: bytes) -> None:
    """Length first, so that no two different lists of words run together to the same bytes."""
    digest.update(len(content).to_bytes(8, "big"))
    digest.update(content)


def _file(part: Part) -> InboundFile:
    return InboundFile(part.name, part.media_type, part.content, part.disposition == "inline", part.content_id)
