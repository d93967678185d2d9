"""What customers suggest and praise, what most of them raise first."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.followups.queries.voices import voices
from careline.domain.followups.rules.voices import COMPLIMENT, STATES, SUGGESTION
from careline.domain.staff.rules import require
from careline.entrypoints.web.feedback.words import states, voice_row
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.flows.record_feedback import READ

SHOWN = 50
MINE = "mine"


def all_feedback(visit: Visit) -> HttpResponse:
    require(visit.person, READ)
    which, state = visit.asked.get("which", SUGGESTION), visit.asked.get("state", "")
    which = which if which in (SUGGESTION, COMPLIMENT, MINE) else SUGGESTION
    state = state if state in STATES and which == SUGGESTION else ""
    found = voices(
        kind=COMPLIMENT if which == MINE else which, state=state, person=visit.person.id if which == MINE else None,
        after=_place(visit.asked.get("after", "")), limit=SHOWN + 1,
    )  # fmt: skip
    more = ""
    if len(found) > SHOWN:
        last = found[SHOWN - 1]
        more = "/feedback?" + urlencode({"which": which, "state": state, "after": f"{last.votes}-{last.id}"})
    tabs = ((SUGGESTION, _("Suggestions")), (COMPLIMENT, _("Praise")), (MINE, _("Praise for me")))
    return page(
        visit, "feedback/feedback", "feedback", _("Suggestions and praise"), rows=[voice_row(row) for row in found[:SHOWN]], which=which,
        tabs=tabs, state=state, states=states() if which == SUGGESTION else [], more=more,
    )  # fmt: skip


def _place(word: str) -> tuple[int, int] | None:
    votes, _dash, key = word.partition("-")
    count, last = whole_number(votes), whole_number(key)
    return (count, last) if count is not None and last is not None and count < 2**31 else None
