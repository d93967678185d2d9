"""Mailings: one letter to the customers of a segment."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from careline.entrypoints.api.shapes.parts import Key

Name = Annotated[str, Meta(min_length=1, max_length=200, examples=["Spring check-up"])]
Purpose = Annotated[
    str, Meta(min_length=1, max_length=100, description="What its readers agreed to.", examples=["newsletter"])
]
Subject = Annotated[str, Meta(min_length=1, max_length=500, examples=["Is your bike ready for spring?"])]
Text = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=100_000,
        description="May hold {{customer.name}}, {{customer.first_name}} and {{agent.name}}, with a word behind a bar for where it has none.",
        examples=["Dear {{customer.first_name|reader}}, our workshop has free days in March."],
    ),
]


class Mailing(Struct):
    """`meant`: how many it was started for; of them so many were written to, left out, taken back."""

    id: str
    name: str
    segment: str | None
    purpose: str
    channel: str | None
    subject: str
    text: str
    state: Literal["draft", "running", "done", "stopped"]
    meant: int
    written: int
    left_out: int
    taken_back: int
    created_at: datetime
    ended_at: datetime | None


class NewMailing(Struct, forbid_unknown_fields=True):
    name: Name
    segment: Key
    purpose: Purpose
    channel: Key
    subject: Subject
    text: Text


class MailingChange(Struct, forbid_unknown_fields=True):
    name: Name | UnsetType = UNSET
    segment: Key | UnsetType = UNSET
    purpose: Purpose | UnsetType = UNSET
    channel: Key | UnsetType = UNSET
    subject: Subject | UnsetType = UNSET
    text: Text | UnsetType = UNSET


class Audience(Struct):
    """How many of its segment you see, and how many of them may be written to for its purpose."""

    seen: int
    agreeing: int
