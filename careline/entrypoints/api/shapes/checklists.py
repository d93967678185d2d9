"""Checklists: steps of a case, and templates."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from careline.entrypoints.api.shapes.parts import Key, Named

StepText = Annotated[str, Meta(min_length=1, max_length=300)]


class GivenStep(Struct, forbid_unknown_fields=True):
    """`required`: the case is not resolved before it is done."""

    text: StepText
    required: bool = False


class Step(Struct):
    id: str
    text: str
    required: bool
    done_at: datetime | None
    done_by: Named | None


class Checklist(Struct):
    items: list[Step]


class NewSteps(Struct):
    """Either steps, or a template by its id."""

    steps: Annotated[list[GivenStep], Meta(max_length=50)] = []
    template: Key | None = None


class ChecklistTemplate(Struct):
    id: str
    name: str
    steps: list[GivenStep]


class NewTemplate(Struct):
    """One of this name takes the place of the one before."""

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    steps: Annotated[list[GivenStep], Meta(min_length=1, max_length=50)]
