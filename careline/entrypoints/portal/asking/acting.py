"""What customers do with what they asked for: hand in a paper, answer an offer, withdraw it."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.customers.queries.portal import SignedIn
from careline.domain.forms.rules.real_types import LARGEST
from careline.entrypoints.portal.asking.reading import back_to, service
from careline.entrypoints.portal.guest import Guest
from careline.entrypoints.portal.pace import Pace
from careline.entrypoints.portal.requests.door import REFUSALS, said
from careline.flows.decide_service_request import answer_own_offer
from careline.flows.work_on_service_request import PaperGiven, hand_in_paper, withdraw_own_request

_PACE = Pace(burst=30, a_minute=20)


def paper_in(guest: Guest, who: SignedIn, key: int) -> HttpResponse:
    file = guest.request.FILES.get("file")
    if file is None:
        return service(guest, who, key, error=_("Choose the file first."), status=422)
    if not _PACE.allows(guest.request):
        return service(
            guest, who, key, error=_("That was a lot at once. Wait a minute, then send it again."), status=429
        )
    # what is far too much is not read into memory only to be refused
    content = file.read() if (file.size or 0) <= LARGEST else b""
    try:
        hand_in_paper(
            who.viewer, key, PaperGiven(guest.request.POST.get("paper", ""), file.name or "file", content), at=guest.at
        )
    except REFUSALS as refusal:
        return service(guest, who, key, error=said(refusal), status=422)
    return back_to(key, "paper")


def answered(guest: Guest, who: SignedIn, key: int) -> HttpResponse:
    try:
        answer_own_offer(who.viewer, key, is_accepted=guest.request.POST.get("is_accepted") == "1", at=guest.at)
    except REFUSALS as refusal:
        return service(guest, who, key, error=said(refusal), status=422)
    return back_to(key, "answered")


def withdrawn(guest: Guest, who: SignedIn, key: int) -> HttpResponse:
    try:
        withdraw_own_request(who.viewer, key, at=guest.at)
    except REFUSALS as refusal:
        return service(guest, who, key, error=said(refusal), status=422)
    return back_to(key)
