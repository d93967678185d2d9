"""A case's fact: every measure of it, each as measures.py defines it. Pure: the same cover and events give the same fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from careline.domain.reports.rules.answering import Waits, replies_in, waits_in
from careline.domain.reports.rules.cases import Cover, Event, House, seconds_between
from careline.domain.reports.rules.living import Life, life_of

VERSION = 1
"""Raised where a definition changes: all facts are made anew then."""
PROMISES = {"is_answer_kept": ("first_response",), "is_resolution_kept": ("resolution",),
            "is_kept": ("acknowledgement", "first_response", "next_response", "resolution")}  # fmt: skip
RATED = ("chat.rated", "request.rated", "survey.answered", "survey.changed_answer")
WORKED = "conversation.worked"
DATED = ("first_resolved_at", "resolved_at", "rated_at", "asked_at")
SATISFIED = 4
PROMOTER, DETRACTOR = 9, 6

Effort = tuple[int, date, int]
"""Who worked, on which day, how many seconds."""


@dataclass(frozen=True, slots=True)
class Made:
    """The columns of `case_fact`, and who worked how long on it."""

    columns: dict[str, Any]
    efforts: tuple[Effort, ...]


def fact_of(cover: Cover, events: Sequence[Event], *, house: House) -> Made:
    """`events` in the order in which they happened."""
    replies = replies_in(events)
    waits = waits_in(events, replies, house=house)
    life = life_of(cover, events)
    efforts = _efforts(events, house)
    moments = _moments(cover, events, waits, life)
    return Made(
        {
            **_cover(cover, replies[-1].by if replies else None),
            **moments,
            **_days(cover, moments, house),
            **_of_answers(events, waits, replies=len(replies)),
            **_of_life(cover, life, house, replies=len(replies), transfers=(moved := _transfers(events))),
            "transfers": moved,
            **{column: _kept(events, kinds) for column, kinds in PROMISES.items()},
            **_said(events),
            "is_answered": None if moments["asked_at"] is None else int(_is_answered(events)),
            "handle_seconds": sum(seconds for _, _, seconds in efforts) if efforts else None,
            "order_ids": sorted({event.key for event in events if event.subject_kind == "order"}),
            "version": VERSION,
        },
        efforts,
    )


def _cover(cover: Cover, last_replier: int | None) -> dict[str, Any]:
    """The case belongs to whoever has it; where nobody has, to the last who answered."""
    return {
        "conversation_id": cover.id, "number": cover.number, "why_not": cover.why_not, "is_restricted": cover.is_restricted,
        "category": cover.category, "channel_id": cover.channel_id, "channel_kind": cover.channel_kind, "brand_id": cover.brand_id,
        "team_id": cover.team_id, "agent_id": cover.assignee_id or last_replier, "topic_id": cover.topic_id,
        "product_ids": sorted(cover.product_ids), "customer_id": cover.customer_id, "organisation_id": cover.organisation_id,
        "priority": cover.priority, "form_id": cover.form_id, "language": cover.language, "opened_at": cover.opened_at,
    }  # fmt: skip


def _moments(cover: Cover, events: Sequence[Event], waits: Waits, life: Life) -> dict[str, datetime | None]:
    rated = [event.at for event in events if event.name in RATED]
    asked = [event.at for event in events if event.name == "survey.sent"]
    return {
        "first_responded_at": waits.first_at,
        "first_resolved_at": life.first_resolved_at,
        "resolved_at": life.resolved_at,
        "rated_at": rated[-1] if rated else None,
        "asked_at": asked[0] if asked else None,
    }


def _days(cover: Cover, moments: dict[str, datetime | None], house: House) -> dict[str, date | None]:
    """The company's day of each moment; none of a case that is not counted."""
    counted = {"opened_at": cover.opened_at} | {name: moments[name] for name in DATED}
    return {
        name.replace("_at", "_on"): house.day(moment) if moment is not None and not cover.why_not else None
        for name, moment in counted.items()
    }


def _of_answers(events: Sequence[Event], waits: Waits, *, replies: int) -> dict[str, Any]:
    return {
        "incoming": sum(event.name == "message.received" and not event.is_automatic for event in events),
        "replies": replies,
        "first_response_seconds": waits.first_seconds,
        "first_response_business": waits.first_business,
        "responses": waits.answered or None,
        "response_seconds": waits.seconds if waits.answered else None,
        "response_business": waits.business if waits.answered else None,
    }


def _of_life(cover: Cover, life: Life, house: House, *, replies: int, transfers: int) -> dict[str, Any]:
    first, last = life.first_resolved_at, life.resolved_at
    return {
        "resolution_seconds": None if last is None else seconds_between(cover.opened_at, last),
        "resolution_business": None if last is None else house.business(cover.opened_at, last),
        "is_first_contact": None if first is None else int(replies <= 1 and not life.reopenings and not transfers),
        "is_reopened": None if first is None else int(life.reopenings > 0),
        "reopenings": life.reopenings,
        "open_spans": list(life.spans),
        "span_days": [] if cover.why_not else [house.day(moment) for moment in life.spans],
    }


def _transfers(events: Iterable[Event]) -> int:
    """From one person to another, or from one team to another. Given out for the first time, or given back, is none."""
    moved = 0
    for event in events:
        if event.name == "conversation.assigned" and not event.data.get("undo"):
            said = event.data
            moved += any(said.get(f"{to}_before") and said.get(to) and said[to] != said[f"{to}_before"] for to in ("assignee", "team"))  # fmt: skip
    return moved


def _kept(events: Iterable[Event], kinds: Sequence[str]) -> int | None:
    """0 where one was ever broken, 1 where one was met and none broken; None where none was decided."""
    ends = {event.name for event in events if event.name in ("sla.met", "sla.broken") and event.data.get("kind") in kinds}  # fmt: skip
    return None if not ends else int("sla.broken" not in ends)


def _said(events: Iterable[Event]) -> dict[str, int | None]:
    """The last score of each scale: 1 to 5, 0 to 10, 1 to 7."""
    last: dict[str, int] = {}
    for event in events:
        if event.name in RATED and event.data.get("score") is not None:
            last[event.data.get("kind", "csat")] = int(event.data["score"])
    csat, nps = last.get("csat"), last.get("nps")
    return {
        "csat_score": csat, "is_satisfied": None if csat is None else int(csat >= SATISFIED), "nps_score": nps,
        "nps": None if nps is None else int(nps >= PROMOTER) - int(nps <= DETRACTOR), "ces_score": last.get("ces"),
    }  # fmt: skip


def _is_answered(events: Iterable[Event]) -> bool:
    """Somebody was asked and has answered since."""
    is_asked = False
    for event in events:
        is_asked = is_asked or event.name == "survey.sent"
        if is_asked and event.name in RATED:
            return True
    return False


def _efforts(events: Iterable[Event], house: House) -> tuple[Effort, ...]:
    spent: Counter[tuple[int, date]] = Counter()
    for event in events:
        if event.name == WORKED and event.actor_kind == "agent":
            spent[event.actor_id, house.day(event.at)] += int(event.data.get("seconds", 0))
    return tuple((agent, day, seconds) for (agent, day), seconds in sorted(spent.items()))
