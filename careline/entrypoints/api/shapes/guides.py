"""Troubleshooting guides, and how they are walked beside a case."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from careline.entrypoints.api.shapes.parts import Key

Words = dict[str, Annotated[str, Meta(max_length=2_000)]]
StepKey = Annotated[str, Meta(pattern="^[a-z0-9]{1,16}$")]


class GivenGuide(Struct, forbid_unknown_fields=True):
    """`titles` and `summaries` by language. `steps`: `[{"key", "ask": {language: text}, "hint": {…}, "answers": [{"key", "say": {…},
    "to": key of a step} or {…, "end": "solved" | "hand_over" | "article", "article": id}]}]`; the first is where it begins."""

    titles: Annotated[Words, Meta(examples=[{"en": "My light does not work"}])]
    summaries: Words = {}
    steps: Annotated[list[dict[str, Any]], Meta(max_length=60)] = []
    audience: Literal["public", "staff"] = "public"
    asks_device: bool = False


class TroubleGuide(Struct):
    """`version`: what is walked now, null for none; `faults`: what stands against publishing what is written."""

    id: str
    slug: str
    audience: str
    titles: dict[str, str]
    summaries: dict[str, str]
    steps: list[dict[str, Any]]
    asks_device: bool
    version: int | None
    faults: list[str]
    updated_at: datetime


class GuideHead(Struct):
    """`runs` counts who walked it, `solved` and `handed_over` how that ended."""

    id: str
    slug: str
    titles: dict[str, str]
    audience: str
    version: int | None
    runs: int
    solved: int
    handed_over: int


class NewWalk(Struct, forbid_unknown_fields=True):
    guide: Key


class GivenAnswer(Struct, forbid_unknown_fields=True):
    """Keys of the step that is asked, and of one of its answers."""

    step: StepKey
    answer: StepKey


class GuideWalk(Struct):
    """`path` is what was answered so far; `step` is asked next, null at the end; `outcome` is solved, hand_over, article, stopped or
    null while it goes on."""

    id: str
    guide: str
    version: int
    path: list[list[str]]
    step: dict[str, Any] | None
    outcome: str | None
    agent: str | None
    started_at: datetime
    ended_at: datetime | None


class GuideWalks(Struct):
    items: list[GuideWalk]
