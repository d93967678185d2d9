"""A customer answers a survey by the link in a letter: looked at without any effect, counted once it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import cases, messages
from careline.domain.conversations.commands.messages import NewMessage
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.customers.queries.merges import root_of
from careline.domain.customers.queries.people import customer_by_id
from careline.domain.history.actor import Actor, customer
from careline.domain.surveys.commands import answers, invitations
from careline.domain.surveys.commands.answers import Said
from careline.domain.surveys.queries.answers import held_answer
from careline.domain.surveys.queries.invitations import invitation_by_token
from careline.domain.surveys.rules.answering import Read, is_low, may_change, read
from careline.domain.surveys.rules.content import Content, content_from

VIA = "mail"


class SurveyOver(Refused):
    """Its link has run out, or it was answered too long ago to be changed."""

    code = "survey_over"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a link asks about. `values`: what was answered already."""

    invitation: Any
    content: Content
    values: dict[str, Any]
    is_answered: bool
    is_over: bool


def asked_by(token: str, *, at: datetime) -> Asked:
    """Changes nothing, however often programs follow the link. Raises NotFound for any word that is no link of ours."""
    found = invitation_by_token(token)
    if found is None or found.erased_at is not None:
        raise NotFound("There is no such survey.")
    with transaction.atomic():
        held = held_answer(found.conversation_id, found.resolved_at)
    over = (
        not may_change(answered_at=held.answered_at, hours=held.change_hours, at=at)
        if held is not None
        else found.expires_at is not None and at > found.expires_at
    )
    return Asked(found, content_from(found.content), dict(held.values) if held else {}, held is not None, over)


def answer_survey(token: str, given: Mapping[str, Any], *, language: str, at: datetime) -> Read:
    """Nothing is counted where the answer has something wrong in it (`wrong`). A second one within the time changes the first.

    Raises NotFound, SurveyOver.
    """
    asked = asked_by(token, at=at)
    said = read(asked.content, given)
    if said.wrong:
        return said
    found = asked.invitation
    who = root_of(found.customer_id) if found.customer_id is not None else None
    by = customer(who or 0, via="survey")
    with transaction.atomic():
        case = cases.locked_where_it_stands(found.conversation_id)
        held = held_answer(found.conversation_id, found.resolved_at)
        if asked_by(token, at=at).is_over:
            raise SurveyOver("This survey is over.")
        put = answers.put_answer(
            Said(
                found.kind, found.conversation_id, found.number, found.resolved_at, VIA, said.score, survey=found.survey_id,
                version=found.version, invitation=found.id, customer=who, agent=found.agent_id, team=found.team_id,
                brand=found.brand_id, channel_kind=found.channel_kind, values=said.values, comment=said.comment,
                language=language, is_low=is_low(said.score, found.low_at_most),
            ),
            by=by, at=at,
        )  # fmt: skip
        if said.comment and case is not None and said.comment != (held.comment if held else ""):
            answers.note_message(put.id, _noted(case, said, who, by=by, at=at))
    return said


def stop_asking(token: str, *, at: datetime) -> None:
    """Its reader is asked no more; a second time nothing happens. Raises NotFound."""
    found = asked_by(token, at=at).invitation
    who = root_of(found.customer_id) if found.customer_id is not None else None
    if who is not None:
        invitations.opt_out(who, by=customer(who, via="survey"), at=at)


def _noted(case: Any, said: Read, who: int | None, *, by: Actor, at: datetime) -> int:
    """The comment stands in the case as a note by the customer: read by agents, never sent back."""
    known = customer_by_id(who) if who is not None else None
    text = said.comment if said.score is None else f"{said.score}: {said.comment}"
    note = NewMessage(
        kind="note", conversation=case.id, author_kind=by.kind.value, author_id=by.id, form="survey", visibility="staff",
        sender={"name": known.name if known else ""}, text=text, visible_text=text, language=case.language,
        data={"survey": True},
    )  # fmt: skip
    key = messages.add(note, number=case.number, customer=case.customer_id, happening="note.added", by=by, at=at)
    cases.note_internal(case, message=key, has_attachment=False, at=at)
    return key
