"""Asking for something: what it asks, filled in and sent; sent twice it is one request."""

from __future__ import annotations

import secrets

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.customers.queries.portal import SignedIn
from careline.domain.forms.rules.answers import Answers, read_answers
from careline.domain.requests.errors import Unfit
from careline.domain.requests.queries.types import TypeRow, type_by_code
from careline.entrypoints.portal.asking.reading import back_to, said_in
from careline.entrypoints.portal.forms.shown import fields_shown
from careline.entrypoints.portal.guest import Guest, shown
from careline.entrypoints.portal.pace import Pace
from careline.entrypoints.portal.requests.door import brand_of, said
from careline.flows.fill_in_form import Step
from careline.flows.open_service_request import ask_for_service

_PACE = Pace(burst=20, a_minute=10)


def form(guest: Guest, who: SignedIn, kind: str) -> HttpResponse:
    return _page(guest, _found(kind), Answers(), secrets.token_hex(16))


def sent(guest: Guest, who: SignedIn, kind: str) -> HttpResponse:
    found, given = _found(kind), guest.request.POST
    known = {one.key for one in found.content.fields}
    words = {
        key: [text.replace("\0", "") for text in given.getlist(key) if text.strip()] for key in given if key in known
    }
    answers, token = read_answers(found.content.fields, words), given.get("token", "")[:100]
    if not _PACE.allows(guest.request):
        error = _("That was a lot at once. Wait a minute, then send it again.")
        return _page(guest, found, answers, token, error=error, status=429)
    try:
        key = ask_for_service(
            who.viewer, kind, {key: texts for key, texts in words.items() if texts}, token=token, came_by=who.value,
            brand=brand_of(guest), at=guest.at,
        )  # fmt: skip
    except Unfit:
        # What an answer above has only now brought up is asked for, not said to be wrong.
        answers.wrong = {name: code for name, code in answers.wrong.items() if name in given.getlist("shown")}
        error = _("Something needs another look. What you wrote is still here.")
        return _page(guest, found, answers, token, error=error, status=422)
    except Refused as refusal:
        return _page(guest, found, answers, token, error=said(refusal), status=422)
    return back_to(key, "sent")


def _found(kind: str) -> TypeRow:
    found = type_by_code(kind[:60])
    if found is None or not found.is_open or not found.content.for_customers:
        raise NotFound(f"There is no service {kind[:40]}.")
    return found


def _page(
    guest: Guest, kind: TypeRow, answers: Answers, token: str, *, error: str = "", status: int = 200
) -> HttpResponse:
    content = kind.content
    if not answers.asked:
        answers = read_answers(content.fields, {})
        answers.wrong = {}
    step = Step("fill", None, content.fields, answers, wrong=answers.wrong)  # type: ignore[arg-type]
    given = guest.request.POST if guest.request.method == "POST" else None
    fields = fields_shown(step, given, language=guest.language, otherwise=guest.site.languages)
    return shown(
        guest, "asking/form", said_in(content.name, guest), status=status, is_indexed=False, kind=kind.code, error=error, token=token,
        intro=said_in(content.intro, guest), fields=[one for one in fields if one.is_shown],
        papers=[said_in(one.name, guest) for one in content.papers],
    )  # fmt: skip
