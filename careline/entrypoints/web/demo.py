"""The demo's front door: be somebody of the company, or be a customer. There is none of this outside a demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from careline.domain.channels.email.envelope import BadAddress, envelope_of, recipient_address
from careline.domain.channels.queries import channels
from careline.domain.company.queries import company
from careline.domain.staff.queries import agent_by_id, agents
from careline.entrypoints.web.access.entering import enter
from careline.entrypoints.web.customers.letter import CustomerLetter, WrittenFile, raw_letter
from careline.entrypoints.web.visit import whole_number
from careline.entrypoints.web.words import initials_of, said
from careline.kit import clock
from careline.kit.spool import Spool, SpoolUnavailable

_FIELDS = ("name", "address", "subject", "text", "mailbox", "answers")


def front_door(request: HttpRequest) -> HttpResponse:
    """`/`: the role picker in a demo, else the inbox (or sign-in)."""
    if settings.DEMO and not request.user.is_authenticated:
        return picker(request)
    return HttpResponseRedirect("/inbox")


def picker(request: HttpRequest) -> HttpResponse:
    _only_in_demo()
    named = company()
    roles = [
        {
            "id": row.id,
            "name": row.name,
            "initials": initials_of(row.name),
            "role": ", ".join((row.role_name, *row.team_names)),
        }
        for row in agents()
        if row.is_active
    ]
    context = {
        "page_title": "",
        "company": named.name if named else "Careline",
        "roles": roles,
        "next": request.GET.get("next", ""),
    }
    return render(request, "web/demo.html", context)


def entered(request: HttpRequest) -> HttpResponse:
    """Signs in as somebody of the made-up company, without a password."""
    _only_in_demo()
    key = whole_number(request.POST.get("agent"))
    found = agent_by_id(key) if key else None
    if found is None:
        raise Http404
    return enter(request, found, how="demo", wanted=request.POST.get("next", ""))


def letter_form(request: HttpRequest) -> HttpResponse:
    _only_in_demo()
    blank = {"name": "Carol Jensen", "address": "carol@example.com"}
    return _letter_page(request, {name: request.GET.get(name, blank.get(name, "")) for name in _FIELDS})


def letter_sent(request: HttpRequest) -> HttpResponse:
    """A customer's mail goes into the spool, as if their mail server had brought it."""
    _only_in_demo()
    form = {name: request.POST.get(name, "").strip() for name in _FIELDS}
    wrong = _mistakes(form)
    if wrong:
        return _letter_page(request, form, wrong=wrong, status=422)
    to = form["mailbox"] or next((channel.address for channel in channels(kind="email") if channel.address), "")
    files = tuple(WrittenFile(f.name or "file", f.content_type or "", f.read()) for f in request.FILES.getlist("files"))
    at = clock.now()
    letter = CustomerLetter(
        form["name"], form["address"], to, form["subject"], form["text"], whole_number(form["answers"]), files
    )
    raw, to = raw_letter(letter, at=at)
    envelope = envelope_of(to=[to], sender=form["address"], door="deliver", received_at=at, extra={"demo": True})
    try:
        Spool(settings.DATA / "spool").put(raw, envelope=envelope)
    except SpoolUnavailable as error:
        return _letter_page(request, form, wrong={"subject": said(error)}, status=503)
    return _letter_page(request, form | {"subject": "", "text": "", "answers": ""}, is_sent=True)


def _mistakes(form: dict[str, str]) -> dict[str, str]:
    wrong = {}
    try:
        recipient_address(form["address"])
    except BadAddress as error:
        wrong["address"] = said(error)
    if not form["text"]:
        wrong["text"] = _("Write something.")
    return wrong


def _letter_page(
    request: HttpRequest,
    form: dict[str, str],
    *,
    wrong: dict[str, str] | None = None,
    is_sent: bool = False,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "page_title": _("Write in as a customer"),
        "form": form,
        "errors": dict.fromkeys(_FIELDS, "") | (wrong or {}),
        "sent": {"number": 0} if is_sent else None,
        "mailboxes": [channel.address for channel in channels(kind="email") if channel.address],
    }
    return render(request, "web/write_in.html", context, status=status)


def _only_in_demo() -> None:
    if not settings.DEMO:
        raise Http404
