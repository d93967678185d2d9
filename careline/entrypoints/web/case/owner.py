"""Whose case it is, where it came in under the wrong name."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.channels.email.forwarded import writer_in
from careline.domain.channels.email.mime.addresses import normalised
from careline.domain.channels.queries import own_addresses
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_for, participants_of
from careline.domain.conversations.queries.messages import last_incoming
from careline.domain.desk.queries.api_customers import customer_row, customers_page
from careline.domain.desk.queries.customer_filter import CustomerFilter
from careline.entrypoints.web.case.composer import named, whole
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import initials_of
from careline.flows.move_to_customer import Whose, move_to_customer

FOUND = 10


def chooser(visit: Visit, number: int) -> HttpResponse:
    """Who wrote what was passed on, who else is on the case, or whoever is searched for."""
    case = conversation_for(visit.person, number, verb="conversation:reply")
    words = visit.asked.get("q", "").strip()[:200]
    held = customer_row(visit.person, case.customer_id) if case.customer_id else None
    return page(
        visit, "case/choose_customer", "inbox", _("Whose case is #%(number)s?") % {"number": number},
        case={"number": number, "url": f"/conversations/{number}", "subject": case.subject}, query=words,
        held=_known(held)["name"] if held is not None else "",
        candidates=_found(visit, words, but=case.customer_id) if words else _near(visit, case),
    )  # fmt: skip


def moved(visit: Visit, number: int) -> HttpResponse:
    key, words = whole_number(visit.form.get("customer")), visit.form.get("mail", "").strip()
    people = named([words]) if words and key is None else []
    whose = (
        Whose(customer=key)
        if key
        else Whose(mail=normalised(people[0].value), name=people[0].name)
        if people
        else Whose()
    )
    move_to_customer(visit.person, number, whose, by=visit.by, at=visit.at)
    return HttpResponseRedirect(f"/conversations/{number}")


def _found(visit: Visit, words: str, *, but: int | None) -> list[dict[str, Any]]:
    """Customers whom the words may mean; an address that nobody has yet makes a new one."""
    rows = customers_page(visit.person, CustomerFilter(words=words), at=visit.at, limit=FOUND + 1)
    found = [_known(row) for row in rows if row.id != but][:FOUND]
    if "@" in words and not any(one["address"].lower() in words.lower() for one in found if one["address"]):
        try:
            one = named([words])[0]
        except Refused:
            return found
        found.append(_by_mail(one.value, one.name, _("New customer")))
    return found


def _near(visit: Visit, case: Any) -> list[dict[str, Any]]:
    """Who wrote what was passed on, and who else is on the case; whoever has it is left out."""
    people = [person for person in participants_of(case.id) if person.kind == "email"]
    out = own_addresses() | {person.value.lower() for person in people if person.role == "requester"}
    last = last_incoming(case.id)
    wrote = writer_in(last.subject, last.text) if last is not None else None
    near = [(*wrote, _("Wrote what was passed on"))] if wrote is not None else []
    near += [(person.value, person.name, _("On this case")) for person in people]
    shown: dict[str, dict[str, Any]] = {}
    for address, name, words in near:
        if address.lower() not in out:
            shown.setdefault(address.lower(), _by_mail(address, name, words))
    return list(shown.values())


def _known(row: Any) -> dict[str, Any]:
    addresses = [one["value"] for one in row.addresses or []]
    name = row.name or (addresses[0] if addresses else _("Nobody"))
    return {"id": row.id, "name": name, "initials": initials_of(name), "address": addresses[0] if addresses else "",
            "words": row.company_name or "", "mail": ""}  # fmt: skip


def _by_mail(address: str, name: str, words: str) -> dict[str, Any]:
    shown = name or address
    return {"id": "", "name": shown, "initials": initials_of(shown), "address": address, "words": words,
            "mail": whole(name, address)}  # fmt: skip
