"""One question a page: answered by a button, taken back by another; at the end what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.knowledge.queries.guides import published_guide, published_guides, run_by_token
from careline.domain.knowledge.queries.published import PUBLIC, text_of_article
from careline.domain.knowledge.rules.guides import Answer, Step, steps_from
from careline.domain.knowledge.rules.languages import language_for
from careline.domain.knowledge.rules.walking import stand_of
from careline.entrypoints.portal.guest import Guest, absent, shown
from careline.entrypoints.portal.pace import Pace
from careline.flows.run_guide import answer_alone, back_alone, begin_alone

PACE = Pace(burst=60, a_minute=60)


def guides(guest: Guest) -> HttpResponse:
    offered = [
        {"url": f"/help/guides/{row.slug}", "title": _in_words(row.titles, guest), "summary": _in_words(row.summaries, guest)}
        for row in published_guides(is_public=True)
    ]  # fmt: skip
    return shown(guest, "guides/guides", _("Find out what is wrong"), guides=offered)


def beginning(guest: Guest, slug: str) -> HttpResponse:
    """The first question; nothing is kept before it is answered, so that programs which follow links leave no trace."""
    found = published_guide(slug)
    if found is None:
        return absent(guest)
    title = _in_words(found.titles, guest)
    return shown(
        guest, "guides/step", title, name=title, summary=_in_words(found.summaries, guest), walked=[],
        step=_step(steps_from(found.steps)[0], guest), told="", may_go_back=False, description=_in_words(found.summaries, guest),
    )  # fmt: skip


def begun(guest: Guest, slug: str) -> HttpResponse:
    if not PACE.allows(guest.request):
        return _too_often(guest)
    try:
        token = begin_alone(slug, at=guest.at)
    except NotFound:
        return absent(guest)
    return answered(guest, token)


def standing(guest: Guest, token: str, *, told: str = "", status: int = 200) -> HttpResponse:
    found = run_by_token(token)
    if found is None:
        return absent(guest)
    stand, title = stand_of(steps_from(found.steps), found.path), _in_words(found.titles, guest)
    walked = [(_in_words(step.ask, guest), _in_words(answer.say, guest)) for step, answer in stand.walked]
    context = {"name": title, "walked": walked, "told": told, "may_go_back": bool(walked), "is_indexed": False}
    if stand.step is not None:
        response = shown(
            guest, "guides/step", title, status=status, summary="", step=_step(stand.step, guest), **context
        )
    else:
        context["place"] = guest.request.build_absolute_uri(f"/help/guides/walks/{token}")
        context["article"] = _article(stand.ended, guest)
        context["again"] = f"/help/guides/{found.slug}"
        response = shown(guest, "guides/end", title, status=status, outcome=found.outcome or "stopped", **context)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def answered(guest: Guest, token: str) -> HttpResponse:
    """An answer, or one step back. A page that was opened long ago answers nothing twice: it shows where one stands."""
    if not PACE.allows(guest.request):
        return _too_often(guest)
    form = guest.request.POST
    try:
        if "back" in form:
            back_alone(token, at=guest.at)
        else:
            step, _sign, answer = form.get("answer", "").partition(".")
            answer_alone(token, step=step, answer=answer, at=guest.at)
    except NotFound:
        return absent(guest)
    except Refused:
        return standing(guest, token, told=_("That question was answered already. You stand here:"), status=422)
    return HttpResponseRedirect(f"/help/guides/walks/{token}")


def _article(ended: Answer | None, guest: Guest) -> dict[str, str] | None:
    """What the guide ends with, where customers may read it."""
    key = ended.article if ended else ""
    found = text_of_article(int(key), guest.language) if key.isascii() and key.isdecimal() and len(key) < 19 else None
    if found is None or found.audience != PUBLIC:
        return None
    return {"title": found.title, "url": f"/help/{found.language}/{found.slug}"}


def _step(step: Step, guest: Guest) -> dict[str, Any]:
    return {
        "ask": _in_words(step.ask, guest), "hint": _in_words(step.hint, guest),
        "answers": [(f"{step.key}.{answer.key}", _in_words(answer.say, guest)) for answer in step.answers],
    }  # fmt: skip


def _in_words(words: Mapping[str, Any], guest: Guest) -> str:
    return str(words.get(language_for(words, wanted=guest.language, company=guest.site.languages), ""))


def _too_often(guest: Guest) -> HttpResponse:
    return shown(guest, "guides/pause", _("One moment, please"), status=429, is_indexed=False)
