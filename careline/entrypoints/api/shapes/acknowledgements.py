"""What first mails are answered at once."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from careline.entrypoints.api.shapes.parts import Key

Language = Annotated[str, Meta(min_length=2, max_length=20)]
Texts = dict[Language, Annotated[str, Meta(max_length=5000)]]


class NewAcknowledgement(Struct):
    """Words by language, with {number} and {expected}; without a topic for all of the mailbox that has no words of its own."""

    channel: Key
    topic: Key | None = None
    is_on: bool = True
    texts: Texts = {}


class Acknowledgement(Struct):
    id: str
    channel: str
    topic: str | None
    is_on: bool
    texts: dict[str, str]


class Preview(Struct):
    channel: Key
    topic: Key | None = None
    texts: Texts = {}
    language: Language = "en"


class Previewed(Struct):
    text: str
