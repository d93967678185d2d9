"""A new case: written to a customer first, handed in for them, or noted down."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.channels.adapter import ChannelRow
from careline.domain.channels.queries import channels
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.rules.recipients import Person as Recipient
from careline.domain.desk.queries.api_customers import customer_row, customers_page
from careline.domain.desk.queries.customer_filter import CustomerFilter
from careline.domain.staff.rules import require
from careline.entrypoints.web.case.composer import attachments_in, html_in, named, writing_of
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import said
from careline.flows.open_case import Opening, open_case
from careline.flows.record_contact import FORMS, Contact

KINDS = ("reply", "incoming", "note")
_WORDS = ("to", "cc", "subject", "text", "phone", "happened_at", "minutes")
_KNOWN = re.compile(r"\(#([0-9]{1,18})\)$")


def blank(visit: Visit) -> HttpResponse:
    require(visit.person, "conversation:create")
    key = whole_number(visit.asked.get("customer"))
    found = customer_row(visit.person, key) if key else None
    addresses = [a["value"] for a in (found.addresses or []) if a["kind"] == "email"] if found else []
    to = f"{found.name} <{addresses[0]}>" if found and found.name and addresses else (addresses[0] if addresses else "")
    mine = [channel.id for channel in channels(kind="email") if channel.team_id in visit.person.team_ids]
    form = dict.fromkeys(_WORDS, "") | {"kind": "reply", "form": "mail", "to": to, "channel": mine[0] if mine else None}
    if found and not addresses:
        form |= {"form": "phone", "kind": "incoming", "to": f"{found.name} (#{found.id})"}
    return _form(visit, form, {})


def opened(visit: Visit) -> HttpResponse:
    sent = visit.form
    form: dict[str, Any] = {name: sent.get(name, "").strip() for name in _WORDS}
    form |= {
        "kind": sent.get("kind", "reply"),
        "form": sent.get("form", "mail"),
        "channel": whole_number(sent.get("channel")),
    }
    try:
        number = open_case(visit.person, _opening(visit, form), by=visit.by, at=visit.at)
    except Refused as refusal:
        return _form(visit, form, {"text": said(refusal)}, status=422)
    return HttpResponseRedirect(f"/conversations/{number}")


def _opening(visit: Visit, form: dict[str, Any]) -> Opening:
    """Raises Refused for what can't be opened."""
    boxes = {channel.id: channel for channel in channels(kind="email")}
    channel = boxes.get(form["channel"])
    if channel is None:
        raise Refused(_("Choose the mailbox it belongs to."))
    if form["form"] in FORMS:
        return _contact(visit, form, channel)
    html = html_in(visit)
    people: list[Recipient] = named([form["to"]]) if form["to"] else []
    if not people and form["kind"] != "note":
        raise Refused(_("Say whom it is about: a mail address."))
    return Opening(
        kind=form["kind"] if form["kind"] in KINDS else "reply", channel=channel, sender=people[0] if people else None,
        subject=form["subject"], text="" if html else form["text"], html=html, cc=(*people[1:], *(named([form["cc"]]) if form["cc"] else ())),
        attachments=attachments_in(visit, None, html=html), data={"rich": True} if html else {},
    )  # fmt: skip


def _contact(visit: Visit, form: dict[str, Any], channel: ChannelRow) -> Opening:
    """A call, a visit, a letter or a fax; whoever it was may have a mail address, a number, a name, or be known already."""
    known = _KNOWN.search(form["to"])
    mail = named([form["to"]])[0] if "@" in form["to"] else None
    customer = whole_number(known.group(1)) if known else None
    if customer is not None and customer_row(visit.person, customer) is None:
        raise Refused(_("There is no such customer."))
    minutes = whole_number(form["minutes"])
    contact = Contact(
        form=form["form"], text=form["text"], channel=channel, subject=form["subject"], customer=customer,
        mail=mail.value if mail else "", phone=form["phone"], name=mail.name if mail else "" if known else form["to"],
        is_ours=form["kind"] == "reply", happened_at=happened_moment(form["happened_at"], visit),
        attachments=attachments_in(visit, None, html=""),
        duration=timedelta(minutes=minutes) if minutes else None,
    )  # fmt: skip
    kind = "reply" if contact.is_ours else "incoming"
    return Opening(kind=kind, channel=channel, text=contact.text, attachments=contact.attachments, contact=contact)


def happened_moment(words: str, visit: Visit) -> datetime | None:
    """The wall clock of whoever writes it down. Raises Refused."""
    if not words:
        return None
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        raise Refused(_("This is not a time: %(words)s") % {"words": words}) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=visit.zone)).astimezone(visit.at.tzinfo)


def customers_found(visit: Visit) -> HttpResponse:
    """Whom the words may mean: what the browser offers while somebody types."""
    require(visit.person, "conversation:create")
    words = visit.asked.get("to", "").strip()[:100]
    wanted = CustomerFilter(words=words)
    rows = customers_page(visit.person, wanted, at=visit.at, limit=8) if len(words) > 1 else []
    return part(visit, "customers/_customer_options", customers=rows)


def _form(visit: Visit, form: dict[str, Any], wrong: dict[str, str], *, status: int = 200) -> HttpResponse:
    errors = dict.fromkeys(("to", "cc", "subject", "text"), "") | wrong
    boxes = channels(kind="email")
    return page(
        visit,
        "case/new_case",
        "inbox",
        _("New case"),
        status=status,
        form=form,
        errors=errors,
        mailboxes=boxes,
        composer=writing_of(visit, str(form["text"])),
    )
