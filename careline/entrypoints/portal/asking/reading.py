"""What I asked for, and where one of it stands."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.customers.queries.portal import SignedIn
from careline.domain.forms.rules.content import Field, Words, words_in
from careline.domain.requests.queries.requests import papers_of, requests_of, steps_of
from careline.domain.requests.queries.types import types
from careline.domain.requests.rules.content import Content, content_from
from careline.domain.requests.rules.progress import RUNNING
from careline.entrypoints.portal.guest import Guest, shown
from careline.entrypoints.portal.requests.words import day_of, moment_of, zone_of
from careline.kit.money import Money

SHOWN = 50
FRONT = "/my/services"


def services(guest: Guest, who: SignedIn) -> HttpResponse:
    """All of mine, and what else can be asked for."""
    zone = zone_of(who.viewer.time_zone, guest.site.time_zone)
    kinds = [
        {
            "url": f"{FRONT}/new/{one.code}",
            "name": said_in(one.content.name, guest),
            "intro": said_in(one.content.intro, guest),
        }
        for one in types()
        if one.is_open and one.content.for_customers
    ]
    found = requests_of(who.viewer.people, limit=SHOWN)
    return shown(
        guest,
        "asking/list",
        _("Services"),
        is_indexed=False,
        kinds=kinds,
        rows=[_row(row, guest, zone) for row in found],
    )


def service(guest: Guest, who: SignedIn, key: int, *, error: str = "", status: int = 200) -> HttpResponse:
    row = next((one for one in requests_of(who.viewer.people, before=key + 1, limit=1) if one.id == key), None)
    if row is None:
        raise NotFound(f"There is no service request {key}.")
    zone, content = zone_of(who.viewer.time_zone, guest.site.time_zone), content_from(row.content)
    papers = papers_of([key])
    runs = row.state in RUNNING
    told = {
        "sent": _("We have it, and begin with it."),
        "paper": _("Thank you, the paper is here."),
        "answered": _("Thank you for your answer."),
    }
    return shown(
        guest, "asking/one", said_in(content.name, guest), status=status, is_indexed=False, error=error,
        told=told.get(guest.request.GET.get("told", ""), ""), one=_row(row, guest, zone), key=key,
        answers=[(said_in(one.label, guest), value_words(one, row.values[one.key], guest)) for one in content.fields if one.key in row.values],
        steps=[_step(one, content, guest, zone) for one in steps_of([key]) if one.state != "skipped"],
        papers=[_paper(one, content, guest) for one in papers],
        asked=[_paper(one, content, guest) for one in papers if one.state == "asked" and runs],
        offer=_money(row.offer["amount"], row.currency, guest) if row.offer and runs else "", reason=_reason(row, content, guest),
        may_withdraw=runs and not row.outcome,
    )  # fmt: skip


def back_to(key: int, told: str = "") -> HttpResponse:
    return HttpResponseRedirect(f"{FRONT}/{key}" + (f"?told={told}" if told else ""))


def said_in(words: Words, guest: Guest) -> str:
    return words_in(words, guest.language, otherwise=guest.site.languages)


def value_words(one: Field, value: Any, guest: Guest) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    names = {option.code: said_in(option.name, guest) for option in one.options}
    return ", ".join(names.get(str(each), str(each)) for each in (value if isinstance(value, list) else [value]))


def _row(row: Any, guest: Guest, zone: Any) -> dict[str, Any]:
    content = content_from(row.content)
    standing, mood = _standing(row)
    return {
        "url": f"{FRONT}/{row.id}", "number": row.id, "name": said_in(content.name, guest), "standing": standing, "mood": mood,
        "amount": _money(row.amount, row.currency, guest) if row.amount else "", "day": day_of(row.opened_at, zone),
        "at": row.opened_at.isoformat(),
    }  # fmt: skip


def _standing(row: Any) -> tuple[str, str]:
    if row.state == "withdrawn":
        return _("Withdrawn"), ""
    if row.outcome == "approved":
        return _("Approved"), "good"
    if row.outcome == "denied":
        return _("Denied"), ""
    return (_("We wait for you"), "warn") if row.state == "waiting" else (_("We work on it"), "")


def _step(row: Any, content: Content, guest: Guest, zone: Any) -> dict[str, Any]:
    return {
        "name": said_in(content.steps[row.position].name, guest), "state": row.state, "when": moment_of(row.done_at, zone) if row.done_at else ""
    }  # fmt: skip


def _paper(row: Any, content: Content, guest: Guest) -> dict[str, str]:
    names = {one.key: said_in(one.name, guest) for one in content.papers}
    states = {
        "asked": _("We need it from you"), "received": _("We look at it"), "checked": _("All right"), "rejected": _("It would not do"),
    }  # fmt: skip
    return {
        "key": row.key,
        "name": names.get(row.key, row.key),
        "state": states[row.state],
        "file": row.name,
        "reason": row.reason,
    }


def _reason(row: Any, content: Content, guest: Guest) -> str:
    """Why it was denied, in the company's words; what was noted for the house stays there."""
    return next((said_in(one.words, guest) for one in content.reasons if one.code == row.reason), "")


def _money(minor: int, currency: str, guest: Guest) -> str:
    return Money(minor, currency).words(guest.language)
