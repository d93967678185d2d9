"""Files that were uploaded and wait for their message: no table, the id itself says all and is signed."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime, timedelta

import msgspec

from careline.domain.files.queries import content_of
from careline.domain.staff.rules import Person
from careline.entrypoints.api.problems import Wrong
from careline.flows.uploaded import Attachment
from careline.kit.keys import ring
from careline.kit.storage import ContentMissing

_PURPOSE = "api upload"
_SIGNATURE = 24
GOOD_FOR = timedelta(hours=23)


class _Upload(msgspec.Struct, array_like=True):
    owner: int
    at: int
    digest: str
    name: str
    type: str
    size: int


def id_of(digest: str, *, name: str, media_type: str, size: int, owner: Person, at: datetime) -> str:
    """An id that only its owner can use, and nobody can make."""
    payload = msgspec.json.encode(_Upload(owner.id, int(at.timestamp()), digest, name, media_type, size))
    return (
        base64.urlsafe_b64encode(payload).decode().rstrip("=") + "." + ring().sign(_PURPOSE, payload, length=_SIGNATURE)
    )


def content_id_of(digest: str) -> str:
    """What `cid:` in the HTML of a message points at, for a picture that is to stand in its text."""
    return f"{digest[:32]}@careline"


def attachments_of(ids: list[str], person: Person, *, at: datetime) -> tuple[Attachment, ...]:
    """What was uploaded under these ids. Raises Wrong for those of others, and for what is no longer stored."""
    return tuple(_attachment(words, person, f"attachments[{n}]", at=at) for n, words in enumerate(ids))


def _attachment(words: str, person: Person, field: str, *, at: datetime) -> Attachment:
    upload = upload_of(words)
    if upload is None or upload.owner != person.id:
        raise Wrong((field, "There is no such file: upload it to /attachments first."))
    if at.timestamp() - upload.at > GOOD_FOR.total_seconds():
        raise Wrong((field, "It was uploaded too long ago: upload it again."))
    try:
        content_of(upload.digest)
    except ContentMissing:
        raise Wrong((field, "It is no longer stored: upload it again.")) from None
    return Attachment(upload.digest, upload.name, upload.type, upload.size, content_id=content_id_of(upload.digest))


def upload_of(words: str) -> _Upload | None:
    """What an id says, if it is one of ours."""
    body, _, signature = words.rpartition(".")
    try:
        payload = base64.b64decode(body.encode("ascii") + b"=" * (-len(body) % 4), altchars=b"-_", validate=True)
        if len(signature) != _SIGNATURE or not ring().is_signed(_PURPOSE, payload, signature):
            return None
        return msgspec.json.decode(payload, type=_Upload)
    except (ValueError, binascii.Error):
        return None
