"""Beside a case: what is owed, what the customer answered, what they suggested."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.followups.queries.follow_ups import follow_ups_of_case
from careline.domain.followups.queries.voices import review_of_case, voices_of_case
from careline.domain.staff.rules import may
from careline.domain.surveys.queries.answers import answers_of_case
from careline.entrypoints.web.feedback.words import review_row, voice_row
from careline.entrypoints.web.followups.words import outcomes, row_of
from careline.entrypoints.web.pages import part
from careline.entrypoints.web.surveys.words import answer_row
from careline.entrypoints.web.visit import Visit
from careline.flows.follow_up import READ, WRITE
from careline.flows.record_feedback import READ as HEARS
from careline.flows.record_feedback import WRITE as RECORDS

SURVEYS = "survey:read"
SHOWN = 3


def of_case(visit: Visit, number: int) -> HttpResponse:
    """Nothing for whoever sees none of it."""
    case, person = conversation_for(visit.person, number), visit.person
    if case.side_of_id is not None or not any(may(person, verb) for verb in (READ, HEARS, SURVEYS, WRITE, RECORDS)):
        return HttpResponse()
    follow_ups = [row_of(row, visit) for row in follow_ups_of_case(case.id)[:SHOWN]] if may(person, READ) else []
    answers: list[Any] = (
        [answer_row(row, visit) for row in answers_of_case(case.id)[:SHOWN]] if may(person, SURVEYS) else []
    )
    voices = [voice_row(row) for row in voices_of_case(case.id)] if may(person, HEARS) else []
    review = review_of_case(case.id) if may(person, HEARS) else None
    url = f"/conversations/{number}"
    return part(
        visit, "followups/_beside", follow_ups=follow_ups, answers=answers, voices=voices, outcomes=outcomes(),
        follow_url=f"{url}/follow-up" if may(person, WRITE) else "", voice_url=f"{url}/feedback/new" if may(person, RECORDS) else "",
        review=review_row(review) if review else None, answer_url=f"{url}/review-answer" if may(person, RECORDS) else "",
        has_open=any(row["is_open"] for row in follow_ups),
    )  # fmt: skip
