"""Surveys: what is asked of whom, and what was answered."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from careline.entrypoints.api.shapes.parts import Key, Named, PageQuery

Kind = Literal["csat", "nps", "ces", "own"]
Words = dict[Annotated[str, Meta(max_length=12)], Annotated[str, Meta(max_length=1_000)]]
Code = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,39}$")]
Days = Annotated[int, Meta(ge=0, le=365)]


class QuestionWhen(Struct, forbid_unknown_fields=True):
    """Asked only where the question `key` holds a number between `least` and `most`, or one of `codes`, or was `answered` or not."""

    key: Code
    least: Annotated[int, Meta(ge=0, le=10)] | None = None
    most: Annotated[int, Meta(ge=0, le=10)] | None = None
    codes: Annotated[list[Code], Meta(max_length=20)] = []
    answered: bool | None = None


class SurveyQuestion(Struct, forbid_unknown_fields=True):
    """`low` and `high`: the words at the two ends of a scale; `options`: code and words of a choice."""

    key: Code
    kind: Literal["csat", "nps", "ces", "choice", "text"]
    label: Words
    required: bool = False
    low: Words = {}
    high: Words = {}
    options: Annotated[list[tuple[Code, Words]], Meta(max_length=20)] = []
    when: QuestionWhen | None = None


class SurveyContent(Struct, forbid_unknown_fields=True):
    questions: Annotated[list[SurveyQuestion], Meta(min_length=1, max_length=20)]
    intro: Words = {}
    thanks: Words = {}


class NewSurvey(Struct, forbid_unknown_fields=True):
    """Sent after resolutions on cases of `brand`, `team`, `channel` where these are given. Without `content`: a usual one of its kind.

    `low_at_most`: a score up to it does what `on_low` says, due after `recovery_hours`.
    """

    name: Annotated[str, Meta(min_length=1, max_length=200)]
    kind: Kind
    is_on: bool = False
    brand: Key | None = None
    team: Key | None = None
    channel: Annotated[str, Meta(max_length=40)] = ""
    wait_minutes: Annotated[int, Meta(ge=0, le=43_200)] = 60
    gap_days: Days = 30
    expires_days: Annotated[int, Meta(ge=1, le=365)] = 30
    change_hours: Annotated[int, Meta(ge=0, le=720)] = 24
    low_at_most: Annotated[int, Meta(ge=0, le=10)] | None = None
    on_low: Literal["case", "reopen", "nothing"] = "case"
    recovery_hours: Annotated[int, Meta(ge=1, le=720)] = 24
    content: SurveyContent | None = None


class Survey(Struct):
    """`left_out`: why customers were not asked, code → how often."""

    id: str
    name: str
    kind: Kind
    is_on: bool
    brand: Named | None
    team: Named | None
    channel: str
    wait_minutes: int
    gap_days: int
    expires_days: int
    change_hours: int
    low_at_most: int | None
    on_low: str
    recovery_hours: int
    version: int
    content: dict[str, Any]
    sent: int
    answered: int
    left_out: dict[str, int]


class SurveyAnswerQuery(PageQuery):
    kind: Literal["", "csat", "nps", "ces", "own"] = ""
    survey: Key | None = None
    low: bool = False


class SurveyAnswer(Struct):
    """`values` are typed, by the key of their question. `recovery`: the case that a low score is made good in; `recovered`: how."""

    id: str
    survey: Named | None
    version: int
    kind: str
    conversation: int
    customer: Named | None
    agent: Named | None
    score: int | None
    values: dict[str, Any]
    comment: str
    via: str
    answered_at: datetime
    is_low: bool
    recovery: int | None
    recovered: str
