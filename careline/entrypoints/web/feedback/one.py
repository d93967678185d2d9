"""One suggestion or praise: who raises it, whose it is, what becomes of it."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import Refused
from careline.domain.followups.commands.voices import NewVoice
from careline.domain.followups.queries.voices import cases_of_voice, joined_with, voices
from careline.domain.orders.queries.products import products
from careline.domain.staff.queries import agents
from careline.domain.staff.rules import may, reach_of, require
from careline.entrypoints.web.feedback.words import states, voice_row
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import iso, moment_words, said
from careline.flows.record_feedback import (
    MANAGE,
    change_feedback,
    feedback_for,
    merge_feedback,
    move_feedback,
    part_feedback,
)

SHOWN = 50
MOST_PRODUCTS = 200


def page_of_one(visit: Visit, voice: int, *, error: str = "", status: int = 200) -> HttpResponse:
    found = feedback_for(visit.person, voice)
    rows = cases_of_voice(
        voice,
        reach_of(visit.person, "conversation:read"),
        before=whole_number(visit.asked.get("after")),
        limit=SHOWN + 1,
    )
    may_manage = may(visit.person, MANAGE) and found.merged_into_id is None
    cases = [
        {"number": row.number, "url": f"/conversations/{row.number}", "subject": row.subject or _("(no subject)"),
         "customer": row.customer_name or "",
         "at": iso(row.at), "when": moment_words(row.at, at=visit.at, zone=visit.zone), "is_told": row.state == "written",
         "left_out": row.state == "left_out"}
        for row in rows[:SHOWN]
    ]  # fmt: skip
    return page(
        visit, "feedback/one", "feedback", found.title, status=status, error=error, row=voice_row(found), found=found, cases=cases,
        more=f"/feedback/{voice}?after={rows[SHOWN - 1].id}" if len(rows) > SHOWN else "", may_manage=may_manage, states=states(),
        products=[(row.id, row.name) for row in products(limit=MOST_PRODUCTS)] if may_manage else [],
        people=[(row.id, row.name) for row in agents() if row.is_active] if may_manage else [],
        joined=joined_with(voice), may_part=may(visit.person, MANAGE),
        others=[(row.id, row.title) for row in voices(kind=found.kind, limit=SHOWN) if row.id != voice] if may_manage else [],
    )  # fmt: skip


def changed(visit: Visit, voice: int) -> HttpResponse:
    require(visit.person, MANAGE)
    kept, form = feedback_for(visit.person, voice), visit.form
    wanted = NewVoice(
        kept.kind, form.get("title", ""), form.get("words", ""), whole_number(form.get("product")), whole_number(form.get("owner")),
        whole_number(form.get("person")),
    )  # fmt: skip
    try:
        change_feedback(visit.person, voice, wanted, by=visit.by, at=visit.at)
    except Refused as refusal:
        return page_of_one(visit, voice, error=said(refusal), status=422)
    return HttpResponseRedirect(f"/feedback/{voice}")


def moved(visit: Visit, voice: int) -> HttpResponse:
    state, answer = visit.form.get("state", ""), visit.form.get("answer", "")
    try:
        move_feedback(visit.person, voice, state=state, answer=answer, by=visit.by, at=visit.at)
    except Refused as refusal:
        return page_of_one(visit, voice, error=said(refusal), status=422)
    return HttpResponseRedirect(f"/feedback/{voice}")


def joined(visit: Visit, voice: int) -> HttpResponse:
    into = whole_number(visit.form.get("into")) or 0
    try:
        merge_feedback(visit.person, voice, into, by=visit.by, at=visit.at)
    except Refused as refusal:
        return page_of_one(visit, voice, error=said(refusal), status=422)
    return HttpResponseRedirect(f"/feedback/{into}")


def parted(visit: Visit, voice: int) -> HttpResponse:
    part_feedback(visit.person, voice, by=visit.by, at=visit.at)
    return HttpResponse(headers={"HX-Redirect": f"/feedback/{voice}"})
