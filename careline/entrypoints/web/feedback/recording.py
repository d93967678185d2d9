"""On a case: what the customer suggests or praises, as a new one or as one that is known."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.followups.commands.voices import NewVoice
from careline.domain.followups.queries.voices import voices, voices_of_case
from careline.domain.orders.queries.products import products
from careline.domain.staff.queries import agents
from careline.entrypoints.web.feedback.words import kinds, voice_row
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import said
from careline.flows.record_feedback import WRITE, raise_feedback, record_feedback, take_feedback_back

OFFERED, MOST_PRODUCTS = 8, 200


def form(visit: Visit, number: int, *, error: str = "", status: int = 200) -> HttpResponse:
    found = conversation_for(visit.person, number, verb=WRITE)
    given, words = visit.form if error else {}, visit.asked.get("q", "").strip()[:100]
    raised = {row.id for row in voices_of_case(found.id)}
    known = [voice_row(row) for row in voices(words=words, limit=OFFERED + len(raised)) if row.id not in raised][
        :OFFERED
    ]
    return page(
        visit, "feedback/record", "inbox", _("Suggestion or praise"), status=status, error=error, words=words,
        case={"number": number, "subject": found.subject}, url=f"/conversations/{number}", kinds=kinds(), known=known,
        given={name: given.get(name, "") for name in ("kind", "title", "words", "product", "person")},
        products=[(str(row.id), row.name) for row in products(limit=MOST_PRODUCTS)],
        people=[(str(row.id), row.name) for row in agents() if row.is_active],
    )  # fmt: skip


def recorded(visit: Visit, number: int) -> HttpResponse:
    sent = visit.form
    voice = NewVoice(
        sent.get("kind", "suggestion"), sent.get("title", ""), sent.get("words", ""), whole_number(sent.get("product")),
        person=whole_number(sent.get("person")),
    )  # fmt: skip
    try:
        record_feedback(visit.person, number, voice, by=visit.by, at=visit.at)
    except Refused as refusal:
        return form(visit, number, error=said(refusal), status=422)
    return HttpResponseRedirect(f"/conversations/{number}")


def raised(visit: Visit, number: int, voice: int) -> HttpResponse:
    raise_feedback(visit.person, number, voice, by=visit.by, at=visit.at)
    return HttpResponseRedirect(f"/conversations/{number}")


def taken_back(visit: Visit, number: int, voice: int) -> HttpResponse:
    take_feedback_back(visit.person, number, voice, by=visit.by, at=visit.at)
    return HttpResponse(headers={"HX-Redirect": f"/conversations/{number}"})
