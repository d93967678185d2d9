"""To whom the written report goes by mail, and when."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.reports.queries import sendings as kept_ones
from careline.domain.staff.queries import agents
from careline.domain.staff.rules import require
from careline.entrypoints.web.exports.tabs import tabs
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_words
from careline.flows.send_report import VERB, SendingForm, drop_sending, keep_sending


def sendings(visit: Visit, key: int | None = None, *, error: str = "") -> HttpResponse:
    require(visit.person, VERB)
    chosen = kept_ones.sending_by_id(key) if key is not None else None
    if key is not None and chosen is None:
        raise NotFound(f"There is no sending {key}.")
    return page(
        visit, "exports/sendings", "reports", _("Sent by mail"), status=422 if error else 200, tabs=tabs(visit, "/report-sendings"),
        error=error, sendings=[_shown(row, visit) for row in kept_ones.sendings()], form=_form(visit, chosen, is_sent=bool(error)),
        people=[{"id": row.id, "name": row.name} for row in agents() if row.is_active],
    )  # fmt: skip


def kept(visit: Visit, key: int | None = None) -> HttpResponse:
    given = visit.form
    hour, _colon, minute = given.get("time", "").partition(":")
    wanted = SendingForm(
        given.get("name", "").strip(), given.get("every", ""),
        tuple(found for word in given.getlist("person") if (found := whole_number(word)) is not None),
        minute=(whole_number(hour) or 0) * 60 + (whole_number(minute) or 0), is_active=not given.get("paused"),
    )  # fmt: skip
    try:
        keep_sending(visit.person, wanted, key=key, by=visit.by, at=visit.at)
    except Refused as refusal:
        return sendings(visit, key, error=str(refusal))
    return HttpResponseRedirect("/report-sendings")


def dropped(visit: Visit, key: int) -> HttpResponse:
    drop_sending(visit.person, key, by=visit.by, at=visit.at)
    return HttpResponse("", headers={"HX-Redirect": "/report-sendings"})


def _form(visit: Visit, row: Any | None, *, is_sent: bool) -> dict[str, Any]:
    if is_sent:
        given = visit.form
        return {
            "url": visit.request.path, "is_new": row is None, "name": given.get("name", ""), "every": given.get("every", ""),
            "time": given.get("time", ""), "people": [whole_number(word) for word in given.getlist("person")], "paused": bool(given.get("paused")),
        }  # fmt: skip
    if row is None:
        return {
            "url": "/report-sendings",
            "is_new": True,
            "name": "",
            "every": "week",
            "time": "08:00",
            "people": [],
            "paused": False,
        }
    return {
        "url": f"/report-sendings/{row.id}", "is_new": False, "name": row.name, "every": row.every, "time": _time(row.minute),
        "people": row.agent_ids, "paused": not row.is_active,
    }  # fmt: skip


def _shown(row: Any, visit: Visit) -> dict[str, Any]:
    words = {
        "queued": _("waits"), "leaving": _("is leaving"), "sent": _("sent"), "failed": _("not sent"), "uncertain": _("may have arrived"),
    }  # fmt: skip
    return {
        "id": row.id, "url": f"/report-sendings/{row.id}", "name": row.name, "is_active": row.is_active, "time": _time(row.minute),
        "every": _("every week") if row.every == "week" else _("every month"), "people": ", ".join(one["name"] for one in row.people),
        "next": moment_words(row.due_at, at=visit.at, zone=visit.zone) if row.due_at else "",
        "letters": [
            {"name": one["name"], "begins_on": one["begins_on"], "state": words.get(one["state"], one["state"]), "words": one["words"],
             "is_bad": one["state"] in ("failed", "uncertain")}
            for one in row.letters
        ],
    }  # fmt: skip


def _time(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
