"""A case that was fetched ahead is read when it is shown, not before."""

from __future__ import annotations

from django.http import HttpResponse

from careline.domain.conversations.commands.labels import note_read
from careline.domain.conversations.queries.cases import conversation_for
from careline.entrypoints.web.visit import Visit


def read(visit: Visit, number: int) -> HttpResponse:
    found = conversation_for(visit.person, number)
    if found.last_message_id:
        note_read(agent=visit.person.id, conversation=found.id, message=found.last_message_id)
    return HttpResponse(status=204)
