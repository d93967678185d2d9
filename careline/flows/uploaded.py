"""A file that came before the message it belongs to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from careline.domain.conversations.commands.messages import NewAttachment
from careline.domain.files import commands as files

Attachment = NewAttachment


def keep_upload(content: bytes, *, at: datetime) -> str:
    """Stores the bytes; their digest. Swept after a day where no message takes them."""
    digest = files.write([content])[0]
    files.keep({digest: len(content)}, at=at)
    return digest


def in_text(files: tuple[Attachment, ...], html: str) -> tuple[Attachment, ...]:
    """The same files, those inline that the (sanitised) HTML points at by their content id."""
    return tuple(
        replace(file, inline=True) if file.content_id and f' data-cid="{file.content_id}"' in html else file
        for file in files
    )
