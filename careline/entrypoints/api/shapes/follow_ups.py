"""Follow-ups: what is owed to customers, and how it ended."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from careline.entrypoints.api.shapes.parts import Key, Moment, Named, PageQuery

Kind = Literal["mail", "call", "visit"]
Outcome = Literal["satisfied", "reopened", "not_reached", "further_question"]
Said = Annotated[str, Meta(max_length=2_000)]


class FollowUpQuery(PageQuery):
    """`which`: mine, due (open and over its date), all that are open, done."""

    which: Literal["mine", "due", "all", "done"] = "mine"


class NewFollowUp(Struct, forbid_unknown_fields=True):
    """`owner`: the case's assignee where nothing else is said. `resolve` resolves the case with it."""

    kind: Kind
    due_at: Moment
    owner: Key | None = None
    reason: Said = ""
    resolve: bool = False


class FollowUpChange(Struct, forbid_unknown_fields=True):
    kind: Kind | UnsetType = UNSET
    due_at: Moment | UnsetType = UNSET
    owner: Key | UnsetType | None = UNSET
    reason: Said | UnsetType = UNSET


class FollowUpEnding(Struct, forbid_unknown_fields=True):
    """`reopened` opens the case again."""

    outcome: Outcome
    note: Said = ""


class CaseEnding(FollowUpEnding, forbid_unknown_fields=True):
    """`resolve` resolves the case with it."""

    resolve: bool = False


class FollowUp(Struct):
    """`kind` is `recovery` where it makes a low score good. `outcome` is empty while it is open."""

    id: str
    conversation: int
    subject: str
    customer: Named | None
    kind: str
    state: Literal["open", "done", "dropped"]
    owner: Named | None
    team: Named | None
    reason: str
    due_at: datetime | None
    outcome: str
    note: str
    made_at: datetime
    done_at: datetime | None
