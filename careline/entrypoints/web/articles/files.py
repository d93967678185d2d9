"""Articles in from files of another help centre, and all of ours out."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.company.queries import languages, sites
from careline.domain.conversations.errors import Refused
from careline.domain.staff.rules import require
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import language_name, said
from careline.flows.bring_in_articles import Brought, articles_as_files, bring_in_articles
from careline.flows.write_article import WRITE


def files(visit: Visit) -> HttpResponse:
    require(visit.person, WRITE)
    return _page(visit)


def taken(visit: Visit) -> HttpResponse:
    require(visit.person, WRITE)
    given = visit.request.FILES.get("file")
    if given is None:
        return _page(visit, wrong=_("Choose a file."), status=422)
    brand = whole_number(visit.form.get("brand")) or sites()[0].brand
    try:
        brought = bring_in_articles(
            visit.person, given.name or "", given.read(), brand=brand, language=visit.form.get("language", ""), by=visit.by, at=visit.at
        )  # fmt: skip
    except Refused as wrong:
        return _page(visit, wrong=said(wrong), status=422)
    return _page(visit, brought=brought)


def export(visit: Visit) -> HttpResponse:
    response = HttpResponse(articles_as_files(visit.person), content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="articles.zip"'
    return response


def _page(visit: Visit, *, wrong: str = "", brought: Brought | None = None, status: int = 200) -> HttpResponse:
    return page(
        visit, "articles/files", "articles", _("In and out"), status=status, wrong=wrong, brought=brought,
        left_out=[(name, _(words)) for name, words in brought.left_out] if brought else [],
        brands=[(one.brand, one.name) for one in sites()], tongues=[(code, language_name(code)) for code in languages()],
    )  # fmt: skip
