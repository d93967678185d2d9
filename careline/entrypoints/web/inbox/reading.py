"""A case that was fetched ahead is read when it is shown, not before."""

from __future__ import annotations

from django.http import HttpResponse

from careline.domain.conversations.queries.cases import conversation_for
from careline.entrypoints.web.visit import Visit
from careline.flows.read_case import read_case


def read(visit: Visit, number: int) -> HttpResponse:
    found = conversation_for(visit.person, number)
    if found.last_message_id:
        read_case(visit.person.id, found.id, found.last_message_id, by=visit.by, at=visit.at)
    return HttpResponse(status=204)
