"""Canned replies and macros as the API shows and takes them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from careline.entrypoints.api.shapes.parts import Cursor, Limit

Audience = Literal["me", "team", "all"]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Folder = Annotated[str, Meta(max_length=200)]
Words = Annotated[str, Meta(max_length=50_000)]
Labels = Annotated[list[Annotated[str, Meta(min_length=1, max_length=100)]], Meta(max_length=20)]
TeamWord = Annotated[str, Meta(max_length=200, description="A team's id or name, where the audience is a team.")]
Abbreviation = Annotated[str, Meta(max_length=31, description="What is typed behind a semicolon, as in `hello`.")]
Attached = Annotated[list[str], Meta(max_length=20, description="Ids that POST /attachments gave.")]
Actions = Annotated[
    list[dict[str, Any]],
    Meta(
        min_length=1,
        max_length=20,
        description='What it does, as in [{"do": "assign", "to": "me"}, {"do": "tag", "names": ["refund"]}, {"do": "reply", "texts": {"en": "…"}}]:'
        " assign (me, nobody, an id), team, tag, untag, priority, snooze (hours), resolve, reopen, note and reply (texts by language).",
    ),
]


class LanguageText(Struct):
    """Words in one language; {{customer.first_name}} and the like are variables."""

    text: Words = ""
    html: Annotated[str, Meta(max_length=200_000)] = ""


Texts = Annotated[dict[Annotated[str, Meta(max_length=20)], LanguageText], Meta(max_length=40)]


class CannedFile(Struct):
    id: str
    name: str
    type: str
    size: int


class CannedReply(Struct):
    """`unknown_variables` are names in its text that nothing stands for."""

    id: str
    name: str
    abbreviation: str
    folder: str
    labels: list[str]
    texts: dict[str, LanguageText]
    audience: str
    team: str | None
    files: list[CannedFile]
    uses: int
    last_used_at: datetime | None
    unknown_variables: list[str]
    updated_at: datetime


class NewCannedReply(Struct):
    name: Name
    texts: Texts
    abbreviation: Abbreviation = ""
    folder: Folder = ""
    labels: Labels = []
    audience: Audience = "me"
    team: TeamWord | None = None
    attachments: Attached = []


class CannedReplyChange(Struct):
    """What is not given stays."""

    name: Name | UnsetType = UNSET
    texts: Texts | UnsetType = UNSET
    abbreviation: Abbreviation | UnsetType = UNSET
    folder: Folder | UnsetType = UNSET
    labels: Labels | UnsetType = UNSET
    audience: Audience | UnsetType = UNSET
    team: TeamWord | UnsetType | None = UNSET
    attachments: Attached | UnsetType = UNSET


class KnowledgeQuery(Struct):
    q: (
        Annotated[str, Meta(max_length=200, description="Words of the name, the abbreviation, the folder or the text.")]
        | None
    ) = None
    limit: Limit = 50
    cursor: Cursor | None = None


class InsertedReply(Struct):
    """The words with their variables' values. `unfilled` variables stand in them still; `cursor` is where to go on writing."""

    text: str
    html: str
    language: str
    cursor: int | None
    unfilled: list[str]
    files: list[CannedFile]


class Macro(Struct):
    id: str
    name: str
    folder: str
    actions: list[dict[str, Any]]
    audience: str
    team: str | None
    uses: int
    last_used_at: datetime | None
    updated_at: datetime


class NewMacro(Struct):
    name: Name
    actions: Actions
    folder: Folder = ""
    audience: Audience = "me"
    team: TeamWord | None = None


class MacroChange(Struct):
    """What is not given stays."""

    name: Name | UnsetType = UNSET
    actions: Actions | UnsetType = UNSET
    folder: Folder | UnsetType = UNSET
    audience: Audience | UnsetType = UNSET
    team: TeamWord | UnsetType | None = UNSET


class MacroStep(Struct):
    """One thing it does on this case; `refusal` says why it can't."""

    action: dict[str, Any]
    text: str
    refusal: str


class MacroRun(Struct):
    """`seen_message` is the newest message you saw: with something newer a macro that answers stops with 409."""

    seen_message: Annotated[str, Meta(pattern="^[0-9]{1,18}$")] | None = None


class MacroSteps(Struct):
    steps: list[MacroStep]
    message: str | None = None
