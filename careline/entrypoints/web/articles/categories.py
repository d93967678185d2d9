"""The shelves of the help centres; and whether another pair of eyes approves."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.company.queries import languages, sites
from careline.domain.knowledge.queries.articles import categories_of
from careline.domain.knowledge.rules.articles import BadArticle
from careline.domain.staff.rules import require
from careline.entrypoints.web.articles.wording import in_words
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import language_name, said
from careline.flows.keep_categories import Shelf, keep_category, remove_category
from careline.flows.review_article import needs_another
from careline.flows.write_article import PUBLISH

HOME = "/articles/categories"


def categories(visit: Visit) -> HttpResponse:
    require(visit.person, PUBLISH)
    return _page(visit)


def added(visit: Visit) -> HttpResponse:
    return _kept(visit, None)


def changed(visit: Visit, key: int) -> HttpResponse:
    return _kept(visit, key)


def removed(visit: Visit, key: int) -> HttpResponse:
    remove_category(visit.person, key, by=visit.by, at=visit.at)
    return HttpResponse(status=204, headers={"HX-Redirect": HOME})


def _kept(visit: Visit, key: int | None) -> HttpResponse:
    require(visit.person, PUBLISH)
    form = visit.form
    names = {name.removeprefix("name."): str(words) for name, words in form.items() if name.startswith("name.")}
    shelf = Shelf(
        key, whole_number(form.get("brand")) or sites()[0].brand, names, whole_number(form.get("parent")), form.get("slug", ""),
        min(whole_number(form.get("position")) or 0, 9999),
    )  # fmt: skip
    try:
        keep_category(visit.person, shelf, by=visit.by, at=visit.at)
    except BadArticle as wrong:
        return _page(visit, wrong=said(wrong), status=422)
    return HttpResponseRedirect(f"{HOME}?brand={shelf.brand}")


def _page(visit: Visit, *, wrong: str = "", status: int = 200) -> HttpResponse:
    found, house = sites(), languages()
    asked = whole_number(visit.asked.get("brand") or visit.form.get("brand"))
    site = next((one for one in found if one.brand == asked), found[0])
    rows = _in_order(categories_of(site.brand))
    chosen = whole_number(visit.asked.get("edit"))
    shown = [
        {"id": row.id, "name": in_words(row.names, visit.language, house), "names": row.names, "depth": depth, "slug": row.slug,
         "position": row.position, "parent": row.parent_id, "articles": row.articles, "url": f"{HOME}?brand={site.brand}&edit={row.id}"}
        for row, depth in rows
    ]  # fmt: skip
    edited = next((one for one in shown if one["id"] == chosen), None)
    return page(
        visit, "articles/categories", "articles", _("Categories"), status=status, rows=shown, edited=edited, wrong=wrong, brand=site.brand,
        brands=[(one.brand, one.name) for one in found], tongues=[(code, language_name(code)) for code in site.languages],
        four_eyes=needs_another(), typed=dict(visit.form.items()) if wrong else {},
    )  # fmt: skip


def _in_order(rows: list[Any]) -> list[tuple[Any, int]]:
    """Each with how deep it stands, below what it belongs to."""
    below: dict[int | None, list[Any]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)

    def walk(parent: int | None, depth: int) -> list[tuple[Any, int]]:
        return [pair for row in below.get(parent, ()) for pair in ((row, depth), *walk(row.id, depth + 1))]

    return walk(None, 0)
