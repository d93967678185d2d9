"""What customers do on one of their requests: write, say that it is solved or not, rate it."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.channels.inbound import InboundFile
from careline.domain.conversations.errors import Refused
from careline.domain.customers.queries.portal import SignedIn
from careline.entrypoints.portal.guest import Guest
from careline.entrypoints.portal.pace import Pace
from careline.entrypoints.portal.requests.door import FRONT, REFUSALS, brand_of, said
from careline.entrypoints.portal.requests.reading import request
from careline.flows.close_request import close_request, reopen_request
from careline.flows.rate_request import rate_request
from careline.flows.write_request import LARGEST, MOST_FILES, Said, write_request

_PACE = Pace(burst=30, a_minute=20)


def written(guest: Guest, who: SignedIn, number: int) -> HttpResponse:
    """Sent twice, it is one message: the form bears a token."""
    form = guest.request.POST
    text = form.get("text", "").replace("\0", "").replace("\r\n", "\n")
    files = guest.request.FILES.getlist("files")
    # what is far too much is not read into memory only to be refused
    is_too_much = len(files) > MOST_FILES or sum(file.size or 0 for file in files) > LARGEST
    kept = tuple(
        InboundFile(
            file.name or "file", file.content_type or "application/octet-stream", b"" if is_too_much else file.read()
        )
        for file in files
    )
    if not _PACE.allows(guest.request):
        return request(guest, who, number, error=_too_fast(), text=text, status=429)
    try:
        if is_too_much:
            raise Refused("At most 10 files and 20 MB go with one message: send the rest in another.")
        placed_in = write_request(
            who.viewer,
            number,
            Said(text, kept, form.get("token", "")[:100], who.value),
            brand=brand_of(guest),
            at=guest.at,
        )
    except REFUSALS as refusal:
        return request(guest, who, number, error=said(refusal), text=text, status=422)
    return _back(placed_in, "sent")


def closed(guest: Guest, who: SignedIn, number: int) -> HttpResponse:
    if not _PACE.allows(guest.request):
        return request(guest, who, number, error=_too_fast(), status=429)
    try:
        is_closed = close_request(who.viewer, number, brand=brand_of(guest), at=guest.at)
    except REFUSALS as refusal:
        return request(guest, who, number, error=said(refusal), status=422)
    return _back(number, "closed" if is_closed else "noted")


def reopened(guest: Guest, who: SignedIn, number: int) -> HttpResponse:
    if not _PACE.allows(guest.request):
        return request(guest, who, number, error=_too_fast(), status=429)
    try:
        reopen_request(who.viewer, number, brand=brand_of(guest), at=guest.at)
    except REFUSALS as refusal:
        return request(guest, who, number, error=said(refusal), status=422)
    return _back(number, "open")


def rated(guest: Guest, who: SignedIn, number: int) -> HttpResponse:
    form = guest.request.POST
    chosen, comment = form.get("score", ""), form.get("comment", "").replace("\0", "").replace("\r\n", "\n")
    score = int(chosen) if chosen in ("1", "2", "3", "4", "5") else 0
    if not _PACE.allows(guest.request):
        return request(guest, who, number, error=_too_fast(), comment=comment, status=429)
    try:
        rate_request(who.viewer, number, score=score, comment=comment, brand=brand_of(guest), at=guest.at)
    except REFUSALS as refusal:
        return request(guest, who, number, error=said(refusal), comment=comment, status=422)
    return _back(number, "rated")


def _too_fast() -> str:
    return _("That was a lot at once. Wait a minute, then send it again.")


def _back(number: int, told: str) -> HttpResponse:
    return HttpResponseRedirect(f"{FRONT}/{number}?told={told}")
