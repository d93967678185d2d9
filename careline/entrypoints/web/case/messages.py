"""Messages of a case: what is new, what is written, taken back, sent again, and a mail as its sender made it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NoRecipient, NotFound, ThreadChanged
from careline.domain.conversations.queries.cases import conversation_for, participants_of
from careline.domain.conversations.queries.messages import case_of_message, earlier_messages_of, message_of
from careline.domain.desk.queries.case_page import MESSAGES_SHOWN
from careline.entrypoints.web.case.asides import taken_back_aside
from careline.entrypoints.web.case.cases import (
    answer_stranger,
    cover_of,
    earlier_url,
    entries_of,
    last_change_of,
    page_of,
)
from careline.entrypoints.web.case.composer import (
    attachments_in,
    composer_of,
    html_in,
    keys_of,
    recipients_in,
    send_at,
    takes_html,
    whole,
)
from careline.entrypoints.web.case.outbox import fresh_row
from careline.entrypoints.web.case.thread import Entry, thread_of
from careline.entrypoints.web.case.thread import message_of as shown_message
from careline.entrypoints.web.pages import part
from careline.entrypoints.web.presenting import cover_alone
from careline.entrypoints.web.visit import Visit, whole_number
from careline.flows.draft import keep_draft
from careline.flows.note import note
from careline.flows.read_case import read_case
from careline.flows.reply import Draft, Replied, reply
from careline.flows.resend import resend
from careline.flows.take_back import take_back
from careline.flows.upload import drop_uploads
from careline.kit.html import text_of

NEWS_SHOWN = 5


def newer(visit: Visit, number: int) -> HttpResponse:
    """What came after an entry the page shows, and those of ours whose sending has moved on; or what stood before one."""
    found = conversation_for(visit.person, number)
    before = whole_number(visit.asked.get("before"))
    if before is not None:
        return _earlier(visit, found, before)
    entries = entries_of(page_of(found, visit), visit)
    seen = visit.asked.get("after", "")
    place = next((n for n, entry in enumerate(entries) if entry.id == seen), None)
    if found.last_message_id:
        read_case(visit.person.id, found.id, found.last_message_id, by=visit.by, at=visit.at)
    fresh = entries[place + 1 :] if place is not None else entries
    moving = [entry for entry in entries[: (place or 0) + 1] if entry.delivery] if place is not None else []
    return part(visit, "case/_messages", case=cover_alone(found), messages=[*moving, *fresh])


def _earlier(visit: Visit, found: Any, before: int) -> HttpResponse:
    rows = earlier_messages_of(found.id, before=before, limit=MESSAGES_SHOWN)
    suggested = {person.value.lower() for person in participants_of(found.id) if person.state == "suggested"}
    return part(
        visit, "case/_earlier", case=cover_alone(found), messages=thread_of(rows, [], suggested, visit),
        earlier_url=earlier_url(found.number, rows),
    )  # fmt: skip


def written(visit: Visit, number: int) -> HttpResponse:
    """Sends what stands in the composer: a reply, a forward or a note."""
    found = conversation_for(visit.person, number)
    kind = visit.form.get("kind", "reply")
    if kind == "note":
        key = note(
            visit.person,
            number,
            text=text_of(html) if (html := html_in(visit)) else visit.form.get("text", ""),
            html=html,
            attachments=attachments_in(visit, found, html=html),
            by=visit.by,
            at=visit.at,
        )
    else:
        try:
            key = _sent(visit, number, is_forward=kind == "forward").message
        except ThreadChanged as changed:
            newest = changed.messages[-1]
            news = [_entry(visit, number, message) for message in changed.messages[-NEWS_SHOWN:]]
            return part(
                visit, "case/_changed", status=409, new_messages=news, more=len(changed.messages) - len(news),
                case={"number": number, "last_message_id": newest},
            )  # fmt: skip
    keep_draft(visit.person, number, kind if kind in ("note", "forward") else "reply", {}, at=visit.at)
    if uploads := keys_of(visit.form.getlist("uploaded")):
        drop_uploads(visit.person, uploads)
    return _answer(visit, number, key)


def taken_back(visit: Visit, message: int) -> HttpResponse:
    """The message is back in the composer, as if it had never been sent."""
    number = _number(message)
    row = take_back(visit.person, number, message, by=visit.by, at=visit.at)
    if row.data.get("side"):
        return taken_back_aside(visit, number, row)
    found = conversation_for(visit.person, number)
    kind = "forward" if row.data.get("forward") else "reply"
    kept = [str(file["id"]) for file in row.attachments or ()]
    draft = {
        "text": row.text,
        **({"html": row.rich_html} if row.rich_html else {}),
        "kept": kept,
        "signature": bool(row.signature),
        "history": bool(row.data.get("with_history")),
    }
    people = {line: [_address(p) for p in getattr(row, line)] for line in ("to", "cc", "bcc")}
    keep_draft(visit.person, number, kind, draft | people, at=visit.at)
    composer = composer_of(found, visit, kind=kind, written=draft | people)
    return part(
        visit,
        "case/_taken_back",
        message=message,
        case=cover_of(page_of(found, visit).head, visit),
        composer=composer,
        words=_("Taken back. It is in the composer again."),
    )


def sent_again(visit: Visit, message: int) -> HttpResponse:
    number = _number(message)
    resend(visit.person, number, message, by=visit.by, at=visit.at)
    if visit.target.startswith("outbox-"):
        return fresh_row(visit, message)
    return part(visit, "case/_delivery", message=_entry(visit, number, message))


def left_out(visit: Visit, message: int) -> HttpResponse:
    """The stranger who wrote this gets no answers of the case."""
    number = _number(message)
    row = message_of(conversation_for(visit.person, number).id, message)
    answer_stranger(visit, number, row.sender.get("value", "") if row else "", welcome=False)
    return HttpResponse()


def _sent(visit: Visit, number: int, *, is_forward: bool) -> Replied:
    form, people, case = visit.form, recipients_in(visit), conversation_for(visit.person, number)
    if not people.everyone:
        # what the composer shows is what is sent: an empty line never means "the usual ones"
        raise NoRecipient(_("There is nobody to send this to: add a recipient."))
    html = html_in(visit) if takes_html(case) else ""
    draft = Draft(
        text="" if html else form.get("text", ""), html=html, to=people.to, cc=people.cc, bcc=people.bcc, everybody=True,
        attachments=attachments_in(visit, case, html=html), data={"rich": True} if html else {},
        send_at=send_at(visit), seen_message=whole_number(form.get("seen")), force=bool(form.get("force")),
        with_history="history" in form or is_forward, resolve=form.get("then") == "resolve", is_forward=is_forward,
        with_signature="signature" in form,
    )  # fmt: skip
    return reply(visit.person, number, draft, by=visit.by, at=visit.at)


def _answer(visit: Visit, number: int, message: int) -> HttpResponse:
    """The new message for the thread, the cover as it stands now, and what was seen up to now."""
    found = conversation_for(visit.person, number)
    read_case(visit.person.id, found.id, message, by=visit.by, at=visit.at)
    if not visit.is_fragment:
        return HttpResponseRedirect(f"/conversations/{number}")
    cover: dict[str, Any] = cover_of(page_of(found, visit).head, visit)
    entry = _entry(visit, number, message)
    toast = {"words": _("Note added."), "undo_url": last_change_of(number)} if entry.kind == "note" else {}
    return part(visit, "case/_sent", case=cover, message=entry, toast=toast)


def _entry(visit: Visit, number: int, message: int) -> Entry:
    row = message_of(conversation_for(visit.person, number).id, message)
    if row is None:
        raise NotFound(f"There is no message {message}.")
    return shown_message(row, set(), visit)


def _number(message: int) -> int:
    number = case_of_message(message)
    if number is None:
        raise NotFound(f"There is no message {message}.")
    return number


def _address(party: dict[str, Any]) -> str:
    return whole(party.get("name", ""), party["value"])
