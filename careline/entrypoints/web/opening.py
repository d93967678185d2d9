"""A new case: written to a customer first, handed in for them, or noted down."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.channels.queries import channels
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.rules.recipients import Person as Recipient
from careline.domain.desk.queries.api_customers import customer_row
from careline.domain.staff.rules import require
from careline.entrypoints.web.composer import files_in, named
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.flows.open_case import Opening, open_case

KINDS = ("reply", "incoming", "note")


def blank(visit: Visit) -> HttpResponse:
    require(visit.person, "conversation:create")
    key = whole_number(visit.asked.get("customer"))
    found = customer_row(visit.person, key) if key else None
    addresses = [a["value"] for a in (found.addresses or []) if a["kind"] == "email"] if found else []
    to = f"{found.name} <{addresses[0]}>" if found and found.name and addresses else (addresses[0] if addresses else "")
    mine = [channel.id for channel in channels(kind="email") if channel.team_id in visit.person.team_ids]
    form = {"kind": "reply", "to": to, "cc": "", "subject": "", "text": "", "channel": mine[0] if mine else None}
    return _form(visit, form, {})


def opened(visit: Visit) -> HttpResponse:
    sent = visit.form
    form: dict[str, Any] = {name: sent.get(name, "").strip() for name in ("to", "cc", "subject", "text")}
    form |= {"kind": sent.get("kind", "reply"), "channel": whole_number(sent.get("channel"))}
    try:
        number = open_case(visit.person, _opening(visit, form), by=visit.by, at=visit.at)
    except Refused as refusal:
        return _form(visit, form, {"text": str(refusal)}, status=422)
    return HttpResponseRedirect(f"/conversations/{number}")


def _opening(visit: Visit, form: dict[str, Any]) -> Opening:
    """Raises Refused for what can't be opened."""
    boxes = {channel.id: channel for channel in channels(kind="email")}
    channel = boxes.get(form["channel"])
    if channel is None:
        raise Refused(_("Choose the mailbox it belongs to."))
    people: list[Recipient] = named([form["to"]]) if form["to"] else []
    if not people and form["kind"] != "note":
        raise Refused(_("Say whom it is about: a mail address."))
    return Opening(
        kind=form["kind"] if form["kind"] in KINDS else "reply", channel=channel, sender=people[0] if people else None,
        subject=form["subject"], text=form["text"], cc=(*people[1:], *(named([form["cc"]]) if form["cc"] else ())),
        attachments=files_in(visit),
    )  # fmt: skip


def _form(visit: Visit, form: dict[str, Any], wrong: dict[str, str], *, status: int = 200) -> HttpResponse:
    errors = dict.fromkeys(("to", "cc", "subject", "text"), "") | wrong
    boxes = channels(kind="email")
    return page(visit, "new_case", "inbox", _("New case"), status=status, form=form, errors=errors, mailboxes=boxes)
