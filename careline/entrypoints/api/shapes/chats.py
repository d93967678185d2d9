"""Sites that hold the chat, and the talk that a case is."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from careline.entrypoints.api.shapes.parts import Key

Name = Annotated[str, Meta(min_length=1, max_length=100)]
Words = Annotated[
    dict[str, Annotated[str, Meta(max_length=2000)]], Meta(description="Text by language, as in {en: …}.")
]
Colour = Annotated[str, Meta(pattern="^#[0-9a-fA-F]{6}$")]
Origins = Annotated[
    list[Annotated[str, Meta(max_length=300)]], Meta(max_length=50, description="As in https://www.example.com.")
]


class FieldOption(Struct, forbid_unknown_fields=True):
    value: Annotated[str, Meta(min_length=1, max_length=100)]
    label: Words = {}


class AskedField(Struct, forbid_unknown_fields=True):
    """One field of a form before the talk. `name` and `email` are the customer's own."""

    key: Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,39}$")]
    label: Words
    kind: Literal["text", "email", "long", "choice", "check"] = "text"
    is_required: bool = False
    options: list[FieldOption] = []


class Invitation(Struct, forbid_unknown_fields=True):
    """Asks a visitor who stays so long on a page whose address holds these words."""

    text: Words
    after_seconds: Annotated[int, Meta(ge=0, le=3600)] = 30
    path_contains: Annotated[str, Meta(max_length=200)] = ""


class ChatSite(Struct):
    """`token` stands in the script tag; `has_identity_key` says whether the site can sign who its visitors are."""

    id: str
    name: str
    token: str
    team: str | None
    is_active: bool
    origins: list[str]
    calendar: str | None
    colour: str
    languages: list[str]
    greeting: dict[str, str]
    has_preview: bool
    pre_chat: list[AskedField]
    offline_form: list[AskedField]
    invitations: list[Invitation]
    gone_minutes: int
    max_file_mb: int
    has_identity_key: bool


class NewChatSite(Struct):
    name: Name
    team: Key | None = None
    origins: Origins = []
    calendar: Key | None = None
    colour: Colour = "#0b6e4f"
    languages: Annotated[list[Annotated[str, Meta(max_length=35)]], Meta(max_length=30)] = []
    greeting: Words = {}
    has_preview: bool = False
    pre_chat: Annotated[list[AskedField], Meta(max_length=20)] = []
    offline_form: Annotated[list[AskedField], Meta(max_length=20)] = []
    invitations: Annotated[list[Invitation], Meta(max_length=20)] = []
    gone_minutes: Annotated[int, Meta(ge=1, le=1440)] = 5
    max_file_mb: Annotated[int, Meta(ge=1, le=25)] = 10


class ChatSitePatch(Struct):
    name: Name | UnsetType = UNSET
    team: Key | UnsetType = UNSET
    is_active: bool | UnsetType = UNSET
    origins: Origins | UnsetType = UNSET
    calendar: Key | UnsetType | None = UNSET
    colour: Colour | UnsetType = UNSET
    languages: Annotated[list[Annotated[str, Meta(max_length=35)]], Meta(max_length=30)] | UnsetType = UNSET
    greeting: Words | UnsetType = UNSET
    has_preview: bool | UnsetType = UNSET
    pre_chat: Annotated[list[AskedField], Meta(max_length=20)] | UnsetType = UNSET
    offline_form: Annotated[list[AskedField], Meta(max_length=20)] | UnsetType = UNSET
    invitations: Annotated[list[Invitation], Meta(max_length=20)] | UnsetType = UNSET
    gone_minutes: Annotated[int, Meta(ge=1, le=1440)] | UnsetType = UNSET
    max_file_mb: Annotated[int, Meta(ge=1, le=25)] | UnsetType = UNSET


class IdentityKey(Struct):
    """Told once. The site signs a JSON Web Token with it (HS256; aud = the site's token, exp, sub, name, email)."""

    key: str


class VisitedPage(Struct):
    url: str
    title: str
    at: datetime


class Chat(Struct):
    """The talk that a case is. Where the visitor is and what they type is known for the moment only."""

    state: str
    visitor: str
    email: str
    is_identified: bool
    is_here: bool
    is_typing: bool
    preview: str
    pages: list[VisitedPage]
    answers: dict[str, str]
    position: int | None
    seen_message: str | None
    started_at: datetime
    picked_up_at: datetime | None
    ended_at: datetime | None
    score: int | None
    comment: str
