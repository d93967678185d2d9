"""How the desk stands at this moment: who has taken what, what sleeps, what has been read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from careline.domain.conversations.commands import labels
from careline.domain.desk.queries.api_lists import CaseFilter, cases_page
from careline.entrypoints.console.demo.plan import Case
from careline.entrypoints.console.demo.telling import Telling
from careline.flows.change import Change

READ_UNTIL = timedelta(hours=6)
TAKEN_BY = ("ada", "ben", "", "ada", "dora", "", "")
SNOOZED_EVERY = 9


def lay_out_today(telling: Telling, cases: Sequence[Case], *, now: datetime) -> None:
    """Some of what nobody has answered is taken, some sleeps until a better day; what is older than this morning was read."""
    unanswered = sorted((case for case in cases if case.number and not case.agent), key=lambda case: case.opened_at)
    for number, case in enumerate(unanswered):
        if number % SNOOZED_EVERY == 3:
            until = (now + timedelta(days=1 + number % 5)).replace(hour=8, minute=0, second=0, microsecond=0)
            telling.change(case, Change(snoozed_until=until), at=case.opened_at + (now - case.opened_at) / 3, by="gus")
            continue
        taker = TAKEN_BY[number % len(TAKEN_BY)]
        if taker and case.story.mailbox != "billing" and now - case.opened_at > timedelta(minutes=45):
            case.agent = taker
            who = telling.house.people[taker].id
            wanted = Change(assignee=who, tags=case.story.tags, priority=case.story.priority)
            telling.change(case, wanted, at=case.opened_at + timedelta(minutes=20), by=taker)
    _note_read(telling, now=now)


def _note_read(telling: Telling, *, now: datetime) -> None:
    for who in telling.house.people.values():
        for row in cases_page(who, CaseFilter(), after=None, limit=400):
            if row.last_message_id and (row.updated_at < now - READ_UNTIL or row.category == "resolved"):
                labels.note_read(agent=who.id, conversation=row.id, message=row.last_message_id)
