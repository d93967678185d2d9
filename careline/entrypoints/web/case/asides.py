"""Side conversations: asking a third party from inside a case, and what they answered."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.commands.sides import note_seen
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_by_id, conversation_for, drafts_of
from careline.domain.conversations.queries.messages import newest_messages_of
from careline.domain.conversations.queries.sides import side_of
from careline.entrypoints.web.case.composer import files_in, named
from careline.entrypoints.web.case.structure import side_shown
from careline.entrypoints.web.case.thread import thread_of
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import said
from careline.flows.draft import keep_draft
from careline.flows.side_conversation import Aside, ask_aside, write_aside

SHOWN = 200


def blank(visit: Visit, number: int) -> HttpResponse:
    return _form(visit, number, {"to": "", "subject": "", "text": ""}, "")


def asked(visit: Visit, number: int) -> HttpResponse:
    conversation_for(visit.person, number)
    form = {name: visit.form.get(name, "") for name in ("to", "subject", "text")}
    forwarded = tuple(key for word in visit.form.getlist("forward") if (key := whole_number(word)))
    try:
        to = tuple(named(re.split("[,;\n]", form["to"].strip(" ,;"))))
        subject = form["subject"].strip()[:500]
        aside = Aside(text=form["text"], to=to, subject=subject, attachments=files_in(visit), forwarded=forwarded)
        done = ask_aside(visit.person, number, aside, by=visit.by, at=visit.at)
    except Refused as refusal:
        return _form(visit, number, form, said(refusal), status=422)
    return HttpResponseRedirect(f"/conversations/{number}/side-conversations/{done.side}")


def shown(visit: Visit, number: int, side: int) -> HttpResponse:
    """One side conversation, whole."""
    return _side(visit, number, side)


def written(visit: Visit, number: int, side: int) -> HttpResponse:
    aside = Aside(text=visit.form.get("text", ""), attachments=files_in(visit))
    try:
        write_aside(visit.person, number, side, aside, by=visit.by, at=visit.at)
    except Refused as refusal:
        return _side(visit, number, side, error=said(refusal), text=aside.text, status=422)
    return HttpResponseRedirect(f"/conversations/{number}/side-conversations/{side}")


def taken_back_aside(visit: Visit, number: int, row: Any) -> HttpResponse:
    """What was written aside is in its form again; `number` is the side conversation's own."""
    side = conversation_for(visit.person, number)
    keep_draft(visit.person, number, "reply", {"text": row.text}, at=visit.at)
    case = conversation_by_id(side.merged_into_id)
    place = f"/conversations/{case.number if case else number}/side-conversations/{side.id}"
    return HttpResponse(status=204, headers={"HX-Redirect": place})


def _side(visit: Visit, number: int, side: int, *, error: str = "", text: str = "", status: int = 200) -> HttpResponse:
    case = conversation_for(visit.person, number)
    row = side_of(case.id, side)
    if row is None:
        raise NotFound(f"There is no side conversation {side} in case {number}.")
    if visit.request.method == "GET":
        note_seen(case.id)
    entries = thread_of(newest_messages_of(side, limit=SHOWN), [], set(), visit)
    text = text or drafts_of(side, agent=visit.person.id).get("reply", {}).get("text", "")
    return page(
        visit, "case/side", "inbox", row.subject, status=status, case=_case(case), side=side_shown(row, number), messages=entries,
        error=error, text=text,
    )  # fmt: skip


def _form(visit: Visit, number: int, form: dict[str, str], error: str, *, status: int = 200) -> HttpResponse:
    case = conversation_for(visit.person, number)
    entries = thread_of(newest_messages_of(case.id, limit=SHOWN), [], set(), visit)
    said = [entry for entry in entries if entry.kind in ("incoming", "reply")]
    return page(
        visit,
        "case/side_new",
        "inbox",
        _("Ask a third party"),
        status=status,
        case=_case(case),
        form=form,
        error=error,
        messages=said,
    )


def _case(case: Any) -> dict[str, Any]:
    return {
        "number": case.number, "url": f"/conversations/{case.number}", "subject": case.subject or _("(no subject)"),
        "last_message_id": case.last_message_id or 0,
    }  # fmt: skip
