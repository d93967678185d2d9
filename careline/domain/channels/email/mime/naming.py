"""A name for every attachment, also for those that came without."""

from __future__ import annotations

import mimetypes

from careline.domain.channels.email.mail import Part
from careline.domain.channels.email.mime.headers import read_top_headers
from careline.domain.channels.email.mime.params import clean_name
from careline.domain.channels.email.mime.words import decode_words

_ENDINGS = {
    "message/rfc822": ".eml",
    "message/global": ".eml",
    "message/delivery-status": ".txt",
    "message/feedback-report": ".txt",
    "text/rfc822-headers": ".txt",
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "application/pgp-signature": ".asc",
    "application/pgp-encrypted": ".asc",
    "application/pkcs7-signature": ".p7s",
    "application/x-pkcs7-signature": ".p7s",
    "application/pkcs7-mime": ".p7m",
    "application/x-pkcs7-mime": ".p7m",
    "image/jpeg": ".jpg",
    "application/octet-stream": ".bin",
}


def name_for(part: Part, number: int) -> str:
    """The sender's name for it, cleaned; a mail inside is named by its subject; else `attachment-1.pdf`."""
    name = clean_name(part.name) if part.name else ""
    if name and (part.media_type not in ("message/rfc822", "message/global") or "." in name[-6:]):
        return name
    if name:
        return f"{name}.eml"
    ending = _ENDINGS.get(part.media_type) or mimetypes.guess_extension(part.media_type) or ".bin"
    if ending == ".eml":
        subject = clean_name(decode_words(read_top_headers(part.content[:100_000]).value("Subject")))
        if subject:
            return clean_name(subject[:80]) + ending
    return f"attachment-{number}{ending}"
