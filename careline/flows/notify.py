"""People of the house are told what happened: each once, of what they may see, by the ways they chose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from careline.domain.approvals.queries.requests import waiting_on
from careline.domain.history.queries import Happened
from careline.domain.notifications.commands import parcels, telling
from careline.domain.notifications.commands.telling import News
from careline.domain.notifications.queries.around import around_of, reached
from careline.domain.notifications.queries.chosen import Wishes, wishes_of
from careline.domain.notifications.rules.choices import MAIL, PAGE, PUSH
from careline.domain.notifications.rules.hours import mail_at, push_at
from careline.domain.notifications.rules.kinds import (
    APPROVAL,
    APPROVAL_OVER,
    ASSIGNED,
    HEARD,
    NEAR,
    OFFERED,
    PROMISE_OVER,
    TAKEN_BACK,
    hearers_of,
)
from careline.domain.staff.queries import person

BROUGHT_IN = "import"
NO_NEWS_AFTER = timedelta(days=2)
"""What happened longer ago is nobody's news: a reader that begins, or was away, does not wake the house with it."""


def notify(happenings: Sequence[Happened], *, at: datetime) -> int:
    """Joins the transaction that moves the reader's cursor; how many notifications there are or grew."""
    fresh = [h for h in happenings if h.via != BROUGHT_IN and h.conversation_id and at - h.at < NO_NEWS_AFTER]
    heard = [h for h in fresh if h.name in HEARD]
    told = _tell(heard, at=at) if heard else 0
    for h in fresh:
        if h.name == TAKEN_BACK:
            telling.take_back(h.subject_key, at=at)
        elif h.name in PROMISE_OVER:
            telling.take_away(h.conversation_id or 0, but=None, kinds=(NEAR,), at=at)
        elif h.name in APPROVAL_OVER and not waiting_on([h.conversation_id or 0]):
            telling.take_away(h.conversation_id or 0, but=None, kinds=(APPROVAL,), at=at)
    whose = {h.conversation_id: h.data.get("assignee") for h in fresh if h.name == "conversation.assigned"}
    for case, assignee in whose.items():
        telling.take_away(case or 0, but=assignee, kinds=(ASSIGNED, OFFERED), at=at)
    return told


def _tell(heard: Sequence[Happened], *, at: datetime) -> int:
    around = around_of(heard)
    hearers = [
        (agent, kind, h)
        for h in heard
        if h.id in around
        for agent, kind in hearers_of(
            h.name, h.data, around[h.id], actor=h.actor_id if h.actor_kind == "agent" else None
        )
    ]
    wishes = wishes_of({agent for agent, _, _ in hearers}) if hearers else {}
    news = []
    for agent in wishes:
        who = person(agent, at=at)
        mine = [(kind, h) for told, kind, h in hearers if told == agent and wishes[agent].choices.ways.get(kind)]
        seen = reached(who, {h.conversation_id or 0 for _, h in mine}) if who is not None and mine else set()
        news += [_news(agent, kind, h, wishes[agent]) for kind, h in mine if h.conversation_id in seen]
    rows = telling.tell(news, at=at)
    parcels.put([parcel for row in rows for parcel in _parcels(row.id, row.kind, wishes[row.agent_id], at=at)])
    return len(rows)


def _news(agent: int, kind: str, h: Happened, wishes: Wishes) -> News:
    message = h.subject_key if h.subject_kind == "message" else h.data.get("message")
    return News(agent, h.conversation_id or 0, kind, h.id, message, h.at, wishes.choices.has(kind, PAGE))


def _parcels(notification: int, kind: str, wishes: Wishes, *, at: datetime) -> list[tuple[int, int | None, datetime]]:
    when = {"at": at, "zone": wishes.zone, "undisturbed_until": wishes.undisturbed_until}
    found: list[tuple[int, int | None, datetime]] = []
    if wishes.choices.has(kind, PUSH) and wishes.devices:
        due = push_at(kind, wishes.choices, **when)  # type: ignore[arg-type]
        found += [(notification, device, due) for device in wishes.devices]
    if wishes.choices.has(kind, MAIL):
        found.append((notification, None, mail_at(kind, wishes.choices, **when)))  # type: ignore[arg-type]
    return found
