"""What came in and became no case: with the reason, the raw bytes, and another try."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.channels.queries import channels, inbound_counts
from careline.domain.channels.queries import inbound_page as everything_in
from careline.domain.conversations.errors import NotFound
from careline.domain.desk.queries.inbound import inbound_page, inbound_row
from careline.domain.files.queries import content_of
from careline.domain.staff.rules import require
from careline.entrypoints.web.case.files import file_headers
from careline.entrypoints.web.channel_names import channel_names
from careline.entrypoints.web.pages import next_page, page, part
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import iso, moment_text
from careline.flows.replay import replay

SHOWN = 50
MOST_RAW = 400_000
_STATES = ("unprocessed", "rejected", "processed")


def unrouted(visit: Visit) -> HttpResponse:
    require(visit.person, "inbound:read")
    state = visit.asked.get("state", "")
    state = state if state in _STATES else "unprocessed"
    before = whole_number(visit.asked.get("after"))
    found = inbound_page(visit.person, status=state, before=before, limit=SHOWN + 1)
    return page(
        visit, "settings/unrouted", "unrouted", _("Unrouted"), state=state, states=_states(),
        inbound=[row_of(row, visit) for row in found[:SHOWN]], next_url=next_page("/unrouted", found, SHOWN, state=state),
        mailboxes=_mailboxes(), said="",
    )  # fmt: skip


def tried_again(visit: Visit, key: int) -> HttpResponse:
    replay(visit.person, key, channel=whole_number(visit.form.get("mailbox")), by=visit.by, at=visit.at)
    # who has just placed it sees where, also where that is a case of others
    found = next((row for row in everything_in(status="", before=key + 1, limit=1) if row.id == key), None)
    if found is None:
        raise NotFound(f"There is no inbound message {key}.")
    row = row_of(found, visit)
    words = (
        _("Placed in case %(number)s.")
        if row["number"]
        else _("Tried again just now. It still has no place: %(reason)s")
    )
    return part(visit, "settings/_inbound_row", i=row, mailboxes=_mailboxes(), said=words % row)


def raw(visit: Visit, key: int) -> HttpResponse:
    """The bytes as they came."""
    require(visit.person, "inbound:read")
    found = inbound_row(visit.person, key)
    if found is None or found.digest is None:
        raise NotFound(f"There is no inbound message {key}, or its bytes were removed by a rule or an erasure.")
    content = content_of(found.digest)
    if "download" in visit.asked:
        return HttpResponse(
            content, content_type="application/octet-stream", headers=file_headers(f"inbound-{key}.eml")
        )
    words = content[:MOST_RAW].decode("utf-8", "replace").replace("\r\n", "\n")
    title = found.subject or _("Inbound message %(key)s") % {"key": key}
    return page(
        visit,
        "case/raw",
        "unrouted",
        title,
        raw=words,
        back_url="/unrouted",
        download_url=f"/inbound/{key}/raw?download",
    )


def row_of(row: Any, visit: Visit) -> dict[str, Any]:
    outcomes = {
        "opened": _("Opened a case"), "joined": _("Joined a case"), "duplicate": _("Came twice"), "bounce": _("Returned mail"),
        "loop": _("Loop"), "unrouted": _("No place found"), "failed": _("Not understood"), "": _("Waiting"),
    }  # fmt: skip
    return {
        "id": row.id, "from_text": row.sender or row.envelope_from or _("unknown"), "subject": row.subject,
        "mailbox": row.channel_name or ", ".join(row.envelope_to), "outcome": outcomes.get(row.outcome, row.outcome.replace("_", " ")),
        "outcome_state": row.status, "reason": row.reason, "at": iso(row.received_at),
        "at_text": moment_text(row.received_at, at=visit.at, zone=visit.zone), "raw_url": f"/inbound/{row.id}/raw",
        "is_nobodys": row.status == "unprocessed" and not row.channel_name,
        "number": row.conversation_number or 0, "case_url": f"/conversations/{row.conversation_number}",
    }  # fmt: skip


def _mailboxes() -> list[dict[str, Any]]:
    """Where mail for an address that is none of ours may be taken in all the same."""
    names = channel_names()
    return [{"id": one.id, "name": names[one.id]} for one in channels(kind="email")]


def _states() -> list[dict[str, Any]]:
    names = {"unprocessed": _("Waiting for you"), "rejected": _("Turned away"), "processed": _("Placed")}
    waiting = sum(inbound_counts().values())
    return [
        {
            "key": key,
            "name": names[key],
            "url": f"/unrouted?state={key}",
            "count": (waiting or "") if key == "unprocessed" else "",
        }
        for key in _STATES
    ]
