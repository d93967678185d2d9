"""Handing over: one case with a word to whoever gets it, and at the end of a shift what one has left."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.desk.queries.lists import rows_of
from careline.domain.desk.rules import Filter
from careline.domain.staff.queries import agents, teams
from careline.domain.staff.rules import require
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.presenting import row_of
from careline.entrypoints.web.visit import Visit, whole_number
from careline.flows.hand_over import Handing, hand_over, hand_over_many

_MINE = Filter(categories=("open", "waiting"), assignee="me")
MOST = 100


def blank(visit: Visit, number: int, *, error: str = "", status: int = 200) -> HttpResponse:
    case = conversation_for(visit.person, number, verb="conversation:assign")
    title = _("Hand over #%(number)s") % {"number": number}
    shown = {"number": number, "url": f"/conversations/{number}", "subject": case.subject or _("(no subject)")}
    return page(
        visit, "wall/hand_over", "inbox", title, status=status, case=shown, text=visit.form.get("text", "") if error else "",
        chosen=visit.form.get("to", ""), error=error, **_receivers(visit),
    )  # fmt: skip


def handed(visit: Visit, number: int) -> HttpResponse:
    to, team = _receiver(visit.form.get("to", ""))
    try:
        hand_over(visit.person, number, to=to, team=team, text=visit.form.get("text", ""), by=visit.by, at=visit.at)
    except Refused as refusal:
        return blank(visit, number, error=str(refusal), status=422)
    return HttpResponseRedirect("/views/mine")


def shift_end(visit: Visit, *, error: str = "", status: int = 200) -> HttpResponse:
    """My open cases, what is due first: who gets each, with which word; those ticked without either take what is said for all."""
    require(visit.person, "conversation:assign")
    found = rows_of(_MINE, visit.person, at=visit.at, sort="due", limit=MOST)
    form = visit.form if error else None
    return page(
        visit, "wall/shift_end", "inbox", _("End of shift"), status=status, rows=[row_of(row, visit) for row in found.rows], error=error,
        text=form.get("text", "") if form else "", chosen=form.get("to", "") if form else "",
        ticked=form.getlist("case") if form else [], own=_own(form) if form else {}, done=whole_number(visit.asked.get("done")), **_receivers(visit),
    )  # fmt: skip


def shift_ended(visit: Visit) -> HttpResponse:
    """All that is ticked or has somebody of its own, each in full or not at all."""
    form = visit.form
    own = _own(form)
    words = dict.fromkeys([*form.getlist("case"), *(word for word, (to, _text) in own.items() if to)])
    handings = []
    for word in list(words)[:MOST]:
        to, text = own.get(word, ("", ""))
        person, team = _receiver(to or form.get("to", ""))
        if number := whole_number(word):
            handings.append(Handing(number, person, team, text or form.get("text", "")))
    try:
        done = hand_over_many(visit.person, handings, by=visit.by, at=visit.at)
    except Refused as refusal:
        return shift_end(visit, error=str(refusal), status=422)
    return HttpResponseRedirect(f"/handover?done={done}")


def _own(form: Any) -> dict[str, tuple[str, str]]:
    """What is said for a case alone, by its number: (to whom, the word)."""
    numbers = [name.removeprefix("to-") for name in form if name.startswith("to-")][:MOST]
    return {number: (form.get(f"to-{number}", ""), form.get(f"text-{number}", "").strip()) for number in numbers}


def _receivers(visit: Visit) -> dict[str, Any]:
    people = [{"id": row.id, "name": row.name} for row in agents() if row.is_active and row.id != visit.person.id]
    return {"people": people, "teams": [{"id": row.id, "name": row.name} for row in teams()]}


def _receiver(words: str) -> tuple[int | None, int | None]:
    """(person, team) of agent-12 or team-3; (None, None) where nobody was chosen."""
    kind, _dash, key = words.partition("-")
    number = whole_number(key)
    return (number if kind == "agent" else None), (number if kind == "team" else None)
