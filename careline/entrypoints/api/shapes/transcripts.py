"""A case as one document."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from careline.entrypoints.api.shapes.parts import People


class NewTranscript(Struct):
    """`files` puts the case's files into the PDF, up to 20 MB; `send_to` mails it once it is made."""

    notes: bool = False
    files: bool = False
    send_to: People = []


class Transcript(Struct):
    """`url` once it is done, for a day."""

    id: str
    state: Literal["queued", "done", "failed"]
    words: str
    created_at: datetime
    url: str | None
