"""A case was resolved: whether its customer will be asked, by which survey and when; and ratings given elsewhere count as answers.

Planned at once, decided when it is due (flows/send_survey.py): what was undone, opened again or merged meanwhile is not asked.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from careline.domain.channels.queries import channel_by_id
from careline.domain.chats.queries import rating_of as rating_of_chat
from careline.domain.conversations.queries.cases import conversation_by_id
from careline.domain.customers.queries.portal import rating_of
from careline.domain.history.actor import customer
from careline.domain.history.queries import Happened
from careline.domain.surveys.commands import answers, invitations
from careline.domain.surveys.commands.answers import Said
from careline.domain.surveys.queries.surveys import surveys_on
from careline.domain.surveys.rules.answering import is_low
from careline.domain.surveys.rules.asking import survey_for
from careline.domain.webhooks.rules.holding import leaves_at

BROUGHT_IN = "import"
NOT_ASKED_AFTER = timedelta(days=2)
"""Nobody is asked about what was resolved longer ago: a worker that begins, or was away, writes to nobody for it."""
RATED = "csat"


def follow_resolved(happened: Happened, at: datetime) -> None:
    """Once for each resolution, also where it is told twice."""
    if happened.via == BROUGHT_IN or at - happened.at > NOT_ASKED_AFTER or happened.conversation_id is None:
        return
    case = conversation_by_id(happened.conversation_id)
    if case is None or case.merged_into_id is not None or case.is_spam or case.resolved_at is None:
        return
    survey, kind = _survey_of(case)
    if survey is not None:
        held = leaves_at(
            happened.name, actor_kind=happened.actor_kind, happened_at=case.resolved_at, at=case.resolved_at
        )
        due = max(case.resolved_at + timedelta(minutes=survey.wait_minutes), held)
        invitations.plan(case, survey, channel_kind=kind, resolved_at=case.resolved_at, due_at=due)


def follow_request_rated(happened: Happened, at: datetime) -> None:
    """A customer rated a request on their pages: the answer of the survey they would have got."""
    case = conversation_by_id(happened.conversation_id) if happened.conversation_id is not None else None
    rating = rating_of(case.id, resolved_at=case.resolved_at) if case is not None and case.resolved_at else None
    if case is not None and rating is not None:
        _count(case, "portal", case.resolved_at, rating.score, rating.comment, at=happened.at)


def follow_chat_rated(happened: Happened, at: datetime) -> None:
    """A visitor rated a talk, perhaps before the case was resolved: then it counts for the talk, by its beginning."""
    case = conversation_by_id(happened.conversation_id) if happened.conversation_id is not None else None
    rating = rating_of_chat(int(happened.data.get("thread") or 0)) if case is not None else None
    if case is not None and rating is not None and rating.score is not None:
        _count(case, "chat", rating.started_at, rating.score, rating.comment, at=happened.at)


def _survey_of(case: Any) -> tuple[Any | None, str]:
    channel = channel_by_id(case.channel_id) if case.channel_id else None
    kind = channel.kind if channel else ""
    return survey_for(surveys_on(), brand=case.brand_id, team=case.team_id, channel_kind=kind), kind


def _count(case: Any, via: str, resolved_at: datetime, score: int, comment: str, *, at: datetime) -> None:
    survey, kind = _survey_of(case)
    fitting = survey if survey is not None and survey.kind == RATED else None
    said = Said(
        RATED, case.id, case.number, resolved_at, via, score, survey=fitting.id if fitting else None,
        version=fitting.version if fitting else 1, customer=case.customer_id, agent=case.assignee_id, team=case.team_id,
        brand=case.brand_id, channel_kind=kind, values={"score": score}, comment=comment, language=case.language,
        is_low=is_low(score, fitting.low_at_most if fitting else None),
    )  # fmt: skip
    with transaction.atomic():
        answers.put_answer(said, by=customer(case.customer_id or 0, via=via), at=at)
