"""Which survey a resolved case gets, and who is not asked: from facts alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case at the moment its survey is due. `has_written`: the customer did, by a message no program sent; `was_answered`: a person
    of ours answered them. `asked_at`: when this customer was asked last, by any survey."""

    is_resolved: bool
    is_same_resolution: bool
    is_merged: bool = False
    is_spam: bool = False
    customer: int | None = None
    has_written: bool = False
    was_answered: bool = False
    is_automatic: bool = False
    has_opted_out: bool = False
    has_answered: bool = False
    asked_at: datetime | None = None


def survey_for(surveys: Sequence[Any], *, brand: int | None, team: int | None, channel_kind: str) -> Any | None:
    """The first of those that are on, in their order, that fits the case; the narrower goes first."""
    fitting = [
        one for one in surveys
        if one.brand_id in (None, brand) and one.team_id in (None, team) and one.channel_kind in ("", channel_kind)
    ]  # fmt: skip
    return min(fitting, key=lambda one: (-_narrowness(one), one.position, one.id), default=None)


def against_asking(facts: CaseFacts, *, gap_days: int, at: datetime) -> str:
    """Why this customer is not asked, as a code; empty where nothing stands against it."""
    against = {
        "answered": facts.has_answered,
        "merged": facts.is_merged,
        "spam": facts.is_spam,
        "reopened": not (facts.is_resolved and facts.is_same_resolution),
        "nobody_wrote": facts.customer is None or not facts.has_written,
        "robot": facts.is_automatic,
        "not_answered": not facts.was_answered,
        "opted_out": facts.has_opted_out,
        "asked_lately": facts.asked_at is not None and at < facts.asked_at + timedelta(days=gap_days),
    }
    return next((reason for reason, holds in against.items() if holds), "")


def _narrowness(survey: Any) -> int:
    return (survey.team_id is not None) * 4 + (survey.channel_kind != "") * 2 + (survey.brand_id is not None)
