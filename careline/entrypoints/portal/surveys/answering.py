"""A survey's page: a GET only shows it, with the answer of the link chosen; what counts is sent by a click on the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.company.queries import site_of
from careline.domain.conversations.errors import NotFound
from careline.domain.forms.rules.content import words_in
from careline.domain.surveys.rules.answering import is_asked, read
from careline.domain.surveys.rules.content import Question
from careline.entrypoints.portal.guest import Guest, absent, among, read_in, shown
from careline.entrypoints.portal.pace import Pace
from careline.flows.answer_survey import Asked, SurveyOver, answer_survey, asked_by, stop_asking

_LONGEST_TOKEN = 64
_PACE = Pace(burst=60, a_minute=30)


def page(guest: Guest, token: str) -> HttpResponse:
    asked = _asked(guest, token)
    if asked is None:
        return absent(guest)
    first = asked.content.questions[0]
    chosen = {first.key: guest.request.GET.get("answer", "")[:40]} if "answer" in guest.request.GET else {}
    return _private(_page(guest, token, asked, {**asked.values, **chosen}))


def sent(guest: Guest, token: str) -> HttpResponse:
    asked = _asked(guest, token)
    if asked is None:
        return absent(guest)
    given = {name: value[:4000] for name, value in guest.request.POST.items()}
    if not _PACE.allows(guest.request):
        error = _("That was a lot at once. Wait a minute, then send it again.")
        return _private(_page(guest, token, asked, given, error=error, status=429))
    try:
        said = answer_survey(token, given, language=guest.language, at=guest.at)
    except SurveyOver:
        return _private(_page(guest, token, _asked(guest, token) or asked, asked.values, status=409))
    if said.wrong:
        return _private(_page(guest, token, asked, given, wrong=said.wrong, status=422))
    unseen = [
        q.key
        for q in asked.content.questions
        if is_asked(q, said.values) and q.key not in guest.request.POST.getlist("shown")
    ]
    if unseen:
        return _private(_page(guest, token, _asked(guest, token) or asked, given, is_more=True))
    thanks = words_in(asked.content.thanks, guest.language, otherwise=guest.site.languages)
    return _private(
        shown(guest, "surveys/thanks", _("Thank you"), thanks=thanks, again=f"/survey/{token}", is_indexed=False)
    )


def stop(guest: Guest, token: str) -> HttpResponse:
    if _asked(guest, token) is None:
        return absent(guest)
    return _private(shown(guest, "surveys/stop", _("No more questions"), token=token, is_done=False, is_indexed=False))


def stopped(guest: Guest, token: str) -> HttpResponse:
    if _asked(guest, token) is None:
        return absent(guest)
    stop_asking(token, at=guest.at)
    return _private(shown(guest, "surveys/stop", _("No more questions"), token=token, is_done=True, is_indexed=False))


def _asked(guest: Guest, token: str) -> Asked | None:
    """What the link asks about, from here on under its own brand's name and, as long as nobody chose, in the case's language."""
    try:
        asked = asked_by(token[:_LONGEST_TOKEN], at=guest.at)
    except NotFound:
        return None
    brand = asked.invitation.brand_id
    if brand is not None and brand != guest.site.brand:
        guest.site = site_of(brand) or guest.site
    own = among(asked.invitation.language, guest.site.languages)
    if own and not guest.keep_language and "lang" not in guest.request.GET:
        read_in(guest, own)
    return asked


def _page(
    guest: Guest,
    token: str,
    asked: Asked,
    given: Mapping[str, Any],
    *,
    wrong: Mapping[str, str] | None = None,
    is_more: bool = False,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """What hangs on another answer is asked once that one is there: without scripts, with the next step."""
    held = read(asked.content, given).values
    questions = [
        _question(guest, one, given, (wrong or {}).get(one.key, ""))
        for one in asked.content.questions
        if is_asked(one, held)
    ]
    return shown(
        guest, "surveys/survey", _("Your answer"), status=status, questions=questions, is_over=asked.is_over, is_answered=asked.is_answered,
        intro=words_in(asked.content.intro, guest.language, otherwise=guest.site.languages), number=asked.invitation.number,
        token=token, error=error, is_wrong=bool(wrong), is_more=is_more, is_indexed=False,
    )  # fmt: skip


def _question(guest: Guest, question: Question, given: Mapping[str, Any], wrong: str) -> dict[str, Any]:
    def words(of: Mapping[str, str]) -> str:
        return words_in(of, guest.language, otherwise=guest.site.languages)

    choices = [(str(score), str(score)) for score in question.scale]
    choices += [(code, words(name) or code) for code, name in question.options]
    return {
        "key": question.key, "kind": question.kind, "label": words(question.label), "is_required": question.is_required,
        "low": words(question.low), "high": words(question.high), "choices": choices, "chosen": str(given.get(question.key, "")),
        "wrong": _sentence(wrong),
    }  # fmt: skip


def _sentence(code: str) -> str:
    said = {
        "": "", "missing": _("Please choose an answer."), "long": _("This is too long: 2,000 characters at most."),
    }  # fmt: skip
    return said.get(code, _("Please choose one of these."))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
