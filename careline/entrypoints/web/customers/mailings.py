"""Mailings: the list, one being written, one on its way."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.channels.queries import channels
from careline.domain.conversations.errors import Refused
from careline.domain.customers.queries.segments import segments
from careline.domain.desk.queries.api_customers import seen_of
from careline.domain.outreach.queries import left_out_of, purposes
from careline.domain.outreach.queries import mailings as all_mailings
from careline.domain.staff.rules import require
from careline.entrypoints.web.pages import next_page, page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_text, said
from careline.flows import send_mailing, write_mailing
from careline.flows.write_mailing import VARIABLES, MailingSaid, mailing_for

SHOWN = 50


def mailings(visit: Visit) -> HttpResponse:
    require(visit.person, "mailing:send")
    found = all_mailings(before=whole_number(visit.asked.get("after")), limit=SHOWN + 1)
    return page(
        visit, "customers/mailings", "settings", _("Mailings"), mailings=[_row(row, visit) for row in found[:SHOWN]],
        next_url=next_page("/mailings", found, SHOWN),
    )  # fmt: skip


def mailing(visit: Visit, key: int) -> HttpResponse:
    """A draft to write on, or how far one is that was started."""
    found = mailing_for(visit.person, key)
    if found.state == "draft":
        return _form(visit, found, _given_by(found))
    return _progress(visit, found)


def blank(visit: Visit) -> HttpResponse:
    require(visit.person, "mailing:send")
    return _form(visit, None, dict.fromkeys(("name", "segment", "purpose", "channel", "subject", "text"), ""))


def saved(visit: Visit, key: int | None = None) -> HttpResponse:
    """Keeps the draft; a wrong word loses nothing."""
    form = {
        name: visit.form.get(name, "").strip() for name in ("name", "segment", "purpose", "channel", "subject", "text")
    }
    mailing = MailingSaid(
        form["name"],
        whole_number(form["segment"]) or 0,
        form["purpose"],
        whole_number(form["channel"]) or 0,
        form["subject"],
        form["text"],
    )
    try:
        if key is None:
            key = write_mailing.add_mailing(visit.person, mailing, by=visit.by, at=visit.at)
        else:
            write_mailing.change_mailing(visit.person, key, mailing, by=visit.by, at=visit.at)
    except Refused as error:
        return _form(visit, mailing_for(visit.person, key) if key else None, form, said(error), status=422)
    return HttpResponseRedirect(f"/mailings/{key}")


def dropped(visit: Visit, key: int) -> HttpResponse:
    write_mailing.drop_mailing(visit.person, key, by=visit.by, at=visit.at)
    return HttpResponse(headers={"HX-Redirect": "/mailings"})


def sent(visit: Visit, key: int) -> HttpResponse:
    try:
        send_mailing.send_mailing(visit.person, key, by=visit.by, at=visit.at)
    except Refused as error:
        found = mailing_for(visit.person, key)
        return _form(visit, found, _given_by(found), said(error), status=422)
    return HttpResponseRedirect(f"/mailings/{key}")


def stopped(visit: Visit, key: int) -> HttpResponse:
    send_mailing.stop_mailing(visit.person, key, by=visit.by, at=visit.at)
    return HttpResponse(headers={"HX-Redirect": f"/mailings/{key}"})


def _form(visit: Visit, found: Any | None, form: dict[str, Any], error: str = "", *, status: int = 200) -> HttpResponse:
    return page(
        visit, "customers/mailing_form", "settings", found.name if found else _("New mailing"), status=status, form=form, error=error,
        url=f"/mailings/{found.id}" if found else "/mailings", is_new=found is None, segments=segments(), purposes=purposes(),
        mailboxes=channels(kind="email"), variables=VARIABLES,
        audience=send_mailing.audience(visit.person, found.id, at=visit.at) if found else None,
    )  # fmt: skip


def _progress(visit: Visit, found: Any) -> HttpResponse:
    rows = left_out_of(found.id, limit=SHOWN)
    seen = seen_of(visit.person, [row.customer_id for row in rows])
    left_out = [
        {
            "name": (row.name if row.customer_id in seen else "") or _("Customer %(key)s") % {"key": row.customer_id},
            "url": f"/customers/{row.customer_id}",
            "reason": row.reason,
        }
        for row in rows
    ]
    return page(visit, "customers/mailing", "settings", found.name, mailing=_row(found, visit), left_out=left_out)


def _given_by(found: Any) -> dict[str, Any]:
    return {
        "name": found.name, "segment": found.segment_id, "purpose": found.purpose, "channel": found.channel_id, "subject": found.subject,
        "text": found.text,
    }  # fmt: skip


def _row(row: Any, visit: Visit) -> dict[str, Any]:
    states = {"draft": _("Draft"), "running": _("On its way"), "done": _("Sent"), "stopped": _("Stopped")}
    return {
        "id": row.id, "url": f"/mailings/{row.id}", "name": row.name, "segment": row.segment_name or _("(gone)"), "purpose": row.purpose,
        "subject": row.subject, "text": row.text, "state": row.state, "state_text": states[row.state], "meant": row.meant,
        "written": row.written, "left_out": row.left_out, "taken_back": row.taken_back, "by": row.agent_name or "",
        "at_text": moment_text(row.ended_at or row.created_at, at=visit.at, zone=visit.zone), "mailbox": row.channel_name or _("(gone)"),
        "waiting": row.meant - row.written - row.left_out - row.taken_back,
    }  # fmt: skip
