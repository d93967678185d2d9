"""The outbox: what waits to leave, what left and what did not, down to the raw mail."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.channels.email.compose.letter import CannotCompose
from careline.domain.channels.email.compose.writing import compose
from careline.domain.channels.email.outgoing import letter_of
from careline.domain.channels.queries import channel_by_id
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_by_number, conversation_for
from careline.domain.conversations.queries.messages import message_by_id, message_of
from careline.domain.desk.queries.outbox import outbox_counts, outbox_message, outbox_page
from careline.domain.staff.rules import require
from careline.entrypoints.web.case.files import file_headers
from careline.entrypoints.web.case.thread import delivery_words, hold_left, safe_words
from careline.entrypoints.web.case.thread import message_of as shown_message
from careline.entrypoints.web.pages import next_page, page, part
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import iso, moment_text, moment_words
from careline.flows.deliver import outgoing_of

SHOWN = 50
WAITING = ("held", "scheduled", "queued", "sending", "handing_over")
_STATES = ("waiting", "failed", "uncertain", "bounced", "sent")


def outbox(visit: Visit) -> HttpResponse:
    require(visit.person, "outbox:read")
    state = visit.asked.get("state", "")
    state = state if state in _STATES else "waiting"
    found = outbox_page(visit.person, state=state, before=whole_number(visit.asked.get("after")), limit=SHOWN + 1)
    return page(
        visit, "case/outbox", "outbox", _("Outbox"), state=state, states=_states(),
        messages=[row_of(row, visit) for row in found[:SHOWN]], next_url=next_page("/outbox", found, SHOWN, state=state),
    )  # fmt: skip


def left(visit: Visit, message: int) -> HttpResponse:
    """One mail as it left, or will leave."""
    require(visit.person, "outbox:read")
    found = outbox_message(message)
    if found is None:
        raise NotFound(f"There is no message {message}.")
    whole = message_of(conversation_for(visit.person, found.number).id, message)
    if whole is None:
        raise NotFound(f"There is no message {message}.")
    entry = shown_message(whole, set(), visit)
    mail = {
        "subject": found.subject, "from_text": _party(found.sender), "to_text": _parties(found.to), "cc_text": _parties(found.cc),
        "bcc_text": _parties(found.bcc), "at": iso(found.sent_at or found.created_at), "attachments": entry.attachments,
        "at_text": moment_words(found.sent_at or found.created_at, at=visit.at, zone=visit.zone), "text_html": safe_words(whole.text),
        "case_url": f"/conversations/{found.number}", "number": found.number, "delivery": entry.delivery,
        "delivery_text": entry.delivery_text, "raw_url": f"/outbox/{message}/raw", "answer_url": _answer_url(found),
    }  # fmt: skip
    return page(visit, "case/outbox_message", "outbox", found.subject, mail=mail, raw="")


def raw(visit: Visit, message: int) -> HttpResponse:
    """The letter itself, as it goes to the mail server."""
    require(visit.person, "outbox:read")
    if (found := outbox_message(message)) is None:
        raise NotFound(f"There is no message {message}.")
    conversation_for(visit.person, found.number)
    letter = raw_letter_of(message, found.number)
    if "download" in visit.asked:
        return HttpResponse(letter, content_type="application/octet-stream", headers=file_headers(f"{message}.eml"))
    words = letter.decode("ascii", "replace").replace("\r\n", "\n")
    here = f"/outbox/{message}"
    return page(
        visit,
        "case/raw",
        "outbox",
        found.subject,
        raw=words,
        back_url=here,
        download_url=f"{here}/raw?download",
    )


def raw_letter_of(message: int, number: int) -> bytes:
    """Raises NotFound where its mailbox is gone, Refused for what no mail can hold."""
    case, row = conversation_by_number(number), message_by_id(message)
    channel = channel_by_id(case.channel_id) if case is not None and case.channel_id else None
    if case is None or channel is None:
        raise NotFound("The mailbox it was sent from is gone.")
    try:
        return compose(letter_of(outgoing_of(row, case), channel=channel))
    except CannotCompose as error:
        raise Refused(str(error)) from None


def fresh_row(visit: Visit, message: int) -> HttpResponse:
    return part(visit, "case/_outbox_row", m=row_of(outbox_message(message), visit))


def row_of(row: Any, visit: Visit) -> dict[str, Any]:
    told = _Told(row)
    moment = row.sent_at or row.created_at
    return {
        "id": row.id, "subject": row.subject or _("(no subject)"), "to_text": _parties([*row.to, *row.cc, *row.bcc]),
        "url": f"/outbox/{row.id}", "number": row.number, "case_url": f"/conversations/{row.number}",
        "delivery": "sending" if row.state == "handing_over" else row.state, "delivery_text": delivery_words(told, visit),
        "hold_seconds_left": hold_left(told, visit), "at": iso(moment), "at_text": moment_text(moment, at=visit.at, zone=visit.zone),
        "raw_url": f"/outbox/{row.id}/raw",
    }  # fmt: skip


class _Told:
    """A row of the outbox under the names that a message's delivery has."""

    def __init__(self, row: Any) -> None:
        self.delivery, self.due_at, self.attempts, self.server_words = (
            row.state,
            row.due_at,
            row.attempts,
            row.server_words,
        )


def _states() -> list[dict[str, Any]]:
    counts = outbox_counts()
    counts["waiting"] = sum(counts.get(state, 0) for state in WAITING)
    names = {
        "waiting": _("Waiting"),
        "failed": _("Failed"),
        "uncertain": _("Uncertain"),
        "bounced": _("Came back"),
        "sent": _("Sent"),
    }
    return [
        {"key": key, "name": names[key], "url": f"/outbox?state={key}", "count": counts.get(key, 0) or ""}
        for key in _STATES
    ]


def _answer_url(row: Any) -> str:
    """In a demo the customer can answer what they got."""
    if not settings.DEMO or not row.to:
        return ""
    asked = {
        "answers": row.id,
        "name": row.to[0].get("name") or row.to[0]["value"].partition("@")[0],
        "address": row.to[0]["value"],
    }
    return f"/demo/letter?{urlencode(asked)}"


def _parties(people: list[dict[str, Any]]) -> str:
    return ", ".join(_party(person) for person in people)


def _party(person: dict[str, Any]) -> str:
    name, address = person.get("name", ""), person.get("value", "")
    return f"{name} <{address}>" if name and name != address else address
