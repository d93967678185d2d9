"""A low score is made good: a case for whoever leads the team, or the old one again, with a date; once for each answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from careline.domain.company.queries import languages
from careline.domain.conversations.commands import cases, links, messages, participants
from careline.domain.conversations.commands.messages import NewMessage
from careline.domain.conversations.queries.cases import participants_of
from careline.domain.followups.commands import follow_ups
from careline.domain.followups.commands.follow_ups import Plan
from careline.domain.followups.queries.follow_ups import lead_of, open_follow_up
from careline.domain.history.actor import SYSTEM
from careline.domain.history.commands import Happening, record
from careline.domain.history.queries import Happened
from careline.domain.sla.commands.promises import keep_promises
from careline.domain.surveys.commands.answers import note_recovered, note_recovery
from careline.domain.surveys.queries.answers import answer_to_recover
from careline.kit.spoken import spoken

CASE, REOPEN = "case", "reopen"
HIGH = 3


def follow_low_score(happened: Happened, at: datetime) -> None:
    """Also where an answer became low by a change; an answer that has a recovery already gets no second one."""
    if not happened.data.get("low") or happened.conversation_id is None:
        return
    with transaction.atomic():
        old = cases.locked_where_it_stands(happened.conversation_id)
        answer = answer_to_recover(int(happened.data["answer"]))
        if old is None or answer is None or answer.recovery_id is not None or answer.on_low not in (CASE, REOPEN):
            return
        lead = lead_of(old.team_id, agent=answer.agent_id) or old.assignee_id
        made = _reopened(old, answer, at=at) if answer.on_low == REOPEN else _opened(old, answer, lead, at=at)
        note_recovery(answer.id, made.id)
        due = at + timedelta(hours=answer.recovery_hours)
        if open_follow_up(made.id) is None:
            follow_ups.add_follow_up(made, Plan("recovery", due, lead, answer=answer.id), by=SYSTEM, at=at)
        keep_promises([made.id], by=SYSTEM, at=at)
        data = {"answer": answer.id, "score": answer.score, "recovery": made.number}
        told = Happening("survey.recovery_opened", "conversation", old.number, old.id, old.customer_id, data)
        record(told, by=SYSTEM, at=at)


def follow_recovery(happened: Happened, at: datetime) -> None:
    """How making good a low score ended stands on its answer, too."""
    if happened.data.get("answer"):
        note_recovered(int(happened.data["answer"]), str(happened.data["outcome"]))


def _reopened(old: Any, answer: Any, *, at: datetime) -> Any:
    if old.category != "open":
        cases.reopen(old, by=SYSTEM, at=at)
    return cases.locked(old.id)


def _opened(old: Any, answer: Any, lead: int | None, *, at: datetime) -> Any:
    """With the customer on it, so that whoever has it can write at once."""
    with translation.override(spoken(languages()[0]) or "en"):
        subject = _("Recovery: %(subject)s") % {"subject": old.subject or old.number}
        words = _("The customer gave %(score)s after case %(number)s. Find out what went wrong, and make it good.") % {
            "score": answer.score, "number": old.number,
        }  # fmt: skip
    made = cases.open_case(
        subject=subject, channel_id=old.channel_id, brand_id=old.brand_id, customer_id=old.customer_id, team_id=old.team_id,
        assignee_id=lead, priority=HIGH, language=old.language, by=SYSTEM, at=at,
    )  # fmt: skip
    people = [
        {"kind": p.kind, "value": p.value, "name": p.name, "role": p.role, "state": p.state, "customer": p.customer_id}
        for p in participants_of(old.id)
        if p.role == "requester" and p.state == "active"
    ]
    participants.join(made.id, people)
    text = f"{words}\n\n{answer.comment}".strip()
    note = NewMessage(
        kind="note", conversation=made.id, author_kind="system", author_id=0, form="note", visibility="staff", text=text,
        visible_text=text, language=old.language, data={"answer": answer.id},
    )  # fmt: skip
    key = messages.add(note, number=made.number, customer=old.customer_id, happening="note.added", by=SYSTEM, at=at)
    case = cases.locked(made.id)
    cases.note_internal(case, message=key, has_attachment=False, at=at)
    links.link(case, other=old, kind="related", by=SYSTEM, at=at)
    return cases.locked(made.id)
