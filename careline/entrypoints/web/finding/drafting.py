"""A solved case as the draft of an article: shown without the people in it, corrected, and kept."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.company.queries import languages
from careline.domain.knowledge.rules.articles import BadArticle
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import language_name, said
from careline.flows.article_from_case import Proposed, keep_article, propose_article


def proposed(visit: Visit, number: int) -> HttpResponse:
    return _form(visit, number, propose_article(visit.person, number))


def kept(visit: Visit, number: int) -> HttpResponse:
    form = visit.form
    title, summary, text, language = (form.get(name, "").strip() for name in ("title", "summary", "text", "language"))
    try:
        key = keep_article(
            visit.person, number, title=title, summary=summary, text=text, language=language, by=visit.by, at=visit.at
        )
    except BadArticle as wrong:
        return _form(visit, number, Proposed(title, summary, text, language), wrong=said(wrong), status=422)
    return HttpResponseRedirect(f"/articles/{key}")


def _form(visit: Visit, number: int, found: Proposed, *, wrong: str = "", status: int = 200) -> HttpResponse:
    return page(
        visit, "finding/draft", "inbox", _("An article from case %(number)s") % {"number": number}, status=status, found=found, wrong=wrong,
        url=f"/conversations/{number}", tongues=[(code, language_name(code)) for code in languages()],
        name=_("An article from case %(number)s") % {"number": number},
    )  # fmt: skip
