"""An article's page: its words in one language, what holds in all of them, and how far it is on its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.company.queries import Site, languages, sites
from careline.domain.conversations.errors import Refused
from careline.domain.knowledge.commands.articles import Facts
from careline.domain.knowledge.queries.articles import categories_of, newest_version
from careline.domain.knowledge.rules.articles import PICTURES, BadArticle, is_language
from careline.domain.knowledge.rules.workflow import OPEN, PUBLISHED, acts_on, may_approve
from careline.domain.staff.queries import agents
from careline.domain.staff.rules import may, require
from careline.entrypoints.web.articles.wording import KINDS, in_words, moment_from, state_words, title_of
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import language_name, moment_words, said
from careline.flows.review_article import REVIEW, needs_another, submit_article
from careline.flows.write_article import (
    PUBLISH,
    WRITE,
    Written,
    add_article,
    change_article,
    found_article,
    write_words,
)

HERE = "/articles/pictures/"
"""Where the console shows pictures, also those of drafts, which readers can't see."""


@dataclass
class Shown:
    """What stands in the form."""

    title: str = ""
    summary: str = ""
    slug: str = ""
    html: str = ""
    revision: int = 0


def blank(visit: Visit) -> HttpResponse:
    require(visit.person, WRITE)
    site = sites()[0]
    return _form(visit, None, _language(visit, site), Shown(), Facts(site.brand, owner_id=visit.person.id))


def added(visit: Visit) -> HttpResponse:
    require(visit.person, WRITE)
    language = visit.form.get("language", "")
    try:
        key = add_article(visit.person, _facts(visit), language, _written(visit, seen=None), by=visit.by, at=visit.at)
    except BadArticle as wrong:
        return _form(visit, None, language, _typed(visit), _facts(visit), {wrong.field: said(wrong)}, status=422)
    return _onward(visit, key, language)


def edited(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, WRITE)
    row = found_article(key)
    language = _language(visit, _site(row.brand_id), row)
    return _form(visit, row, language, _as_it_is(key, language), _facts_of(row))


def changed(visit: Visit, key: int) -> HttpResponse:
    """Keeps the words as a draft, and what holds in all languages; with the other button it is handed in for review."""
    require(visit.person, WRITE)
    row = found_article(key)
    language = visit.form.get("language", "")
    try:
        facts = _facts(visit)
        if facts != _facts_of(row):
            change_article(visit.person, key, facts, by=visit.by, at=visit.at)
        if not _is_as_it_was(visit, key, language):
            seen = whole_number(visit.form.get("seen")) or 0
            write_words(visit.person, key, language, _written(visit, seen=seen), by=visit.by, at=visit.at)
    except BadArticle as wrong:
        return _form(visit, row, language, _typed(visit), _facts(visit), {wrong.field: said(wrong)}, status=422)
    except Refused as wrong:
        return _form(visit, row, language, _typed(visit), _facts(visit), {"seen": said(wrong)}, status=422)
    return _onward(visit, key, language)


def _onward(visit: Visit, key: int, language: str) -> HttpResponse:
    if visit.form.get("then") == "review":
        submit_article(visit.person, key, language, by=visit.by, at=visit.at)
    return HttpResponseRedirect(f"/articles/{key}?lang={language}")


def _form(
    visit: Visit, row: Any, language: str, shown: Shown, facts: Facts, wrong: dict[str, str] | None = None, *, status: int = 200
) -> HttpResponse:  # fmt: skip
    site, house = _site(facts.brand_id), languages()
    title = title_of(row.versions, visit.language, house) if row else _("New article")
    return page(
        visit, "articles/article", "articles", title, status=status, kept=row, url=f"/articles/{row.id}" if row else "/articles/new",
        name=title, shown=shown, facts=facts, wrong={"title": "", "summary": "", "slug": "", "product": ""} | (wrong or {}), tongue=language,
        language_name=language_name(language), tongues=_tongues(site, row, language),
        tongue_choices=[(code, language_name(code)) for code in site.languages], brands=[(one.brand, one.name) for one in sites()],
        categories=_category_choices(facts.brand_id, visit.language, house), kinds=[(code, _(name)) for code, name in KINDS.items()],
        owners=[(one.id, one.name) for one in agents() if one.is_active], way=_way(visit, row, language) if row else None,
        public_url=_public_url(row, language),
    )  # fmt: skip


def _way(visit: Visit, row: Any, language: str) -> dict[str, Any]:
    """How far this language is, and what this person may do with it next."""
    version = newest_version(row.id, language)
    state = version.state if version else ""
    is_open, acts, person = state in OPEN, acts_on(state), visit.person
    another = version is not None and not may_approve(person.id, writers=version.writers, needs_another=needs_another())
    published = any(one["language"] == language and one["state"] == PUBLISHED for one in row.versions)
    due_at = moment_from(
        next(
            (one["due_at"] for one in row.versions if one["language"] == language and one["state"] == "scheduled"), None
        )
    )
    return {
        "state": state, "words": state_words(state), "is_open": is_open, "is_published": published, "is_archived": row.archived_at is not None,
        "remark": version.remark if version and state == "draft" else "", "seen": version.revision if version else 0,
        "due": moment_words(due_at, at=visit.at, zone=visit.zone) if due_at else "", "needs_another": another and "approve" in acts,
        "submit": "submit" in acts, "approve": "approve" in acts and may(person, REVIEW) and not another,
        "send_back": "send_back" in acts and may(person, REVIEW), "publish": "publish" in acts and may(person, PUBLISH),
        "may_publish": may(person, PUBLISH), "number": version.number if version else 0,
    }  # fmt: skip


def _tongues(site: Site, row: Any, here: str) -> list[dict[str, Any]]:
    """The languages of the brand and those that the article has, each with where it stands."""
    states: dict[str, str] = {}
    for one in row.versions if row else ():
        if one["state"] in OPEN or one["language"] not in states:
            states[one["language"]] = one["state"]
    codes = dict.fromkeys((*site.languages, *states, here))
    return [
        {"code": code, "name": language_name(code), "state": state_words(states[code]) if code in states else "", "is_here": code == here}
        for code in codes
    ]  # fmt: skip


def _category_choices(brand: int, language: str, house: tuple[str, ...]) -> list[tuple[int, str]]:
    rows = {row.id: row for row in categories_of(brand)}

    def path(row: Any) -> str:
        above = rows.get(row.parent_id)
        own = in_words(row.names, language, house)
        return f"{path(above)} / {own}" if above is not None else own

    return sorted(((key, path(row)) for key, row in rows.items()), key=lambda pair: pair[1].lower())


def _public_url(row: Any, language: str) -> str:
    if row is None or row.audience != "public" or row.archived_at:
        return ""
    found = (one for one in row.versions if one["language"] == language and one["state"] == PUBLISHED)
    return next((f"/help/{language}/{one['slug']}" for one in found), "")


def _as_it_is(key: int, language: str) -> Shown:
    version = newest_version(key, language)
    if version is None:
        return Shown()
    is_open = version.state in OPEN
    html = version.html.replace(f'src="{PICTURES}', f'src="{HERE}')
    return Shown(version.title, version.summary, version.slug, html, version.revision if is_open else 0)


def _is_as_it_was(visit: Visit, key: int, language: str) -> bool:
    """Nothing was written: saving the other facts makes no new version."""
    was, typed = _as_it_is(key, language), _typed(visit)
    return (was.title, was.summary, was.html) == (typed.title, typed.summary, typed.html) and typed.slug in (
        "",
        was.slug,
    )


def _typed(visit: Visit) -> Shown:
    form = visit.form
    html = form.get("html", "").replace("\r\n", "\n")
    return Shown(
        form.get("title", ""), form.get("summary", ""), form.get("slug", ""), html, whole_number(form.get("seen")) or 0
    )


def _written(visit: Visit, *, seen: int | None) -> Written:
    typed = _typed(visit)
    html = typed.html.replace(f'src="{HERE}', f'src="{PICTURES}')
    return Written(typed.title, html, typed.summary, typed.slug, seen)


def _facts(visit: Visit) -> Facts:
    """Out of the form; a day that is none counts as no day."""
    form = visit.form
    try:
        review_by = date.fromisoformat(form.get("review_by", ""))
    except ValueError:
        review_by = None
    kind = form.get("kind", "article")
    audience = "staff" if kind == "policy" else form.get("audience", "public")
    return Facts(
        whole_number(form.get("brand")) or sites()[0].brand, whole_number(form.get("category")), kind, audience,
        form.get("product", "").strip() if kind == "guide" else "", whole_number(form.get("owner")), review_by,
    )  # fmt: skip


def _facts_of(row: Any) -> Facts:
    return Facts(row.brand_id, row.category_id, row.kind, row.audience, row.product, row.owner_id, row.review_by)


def _language(visit: Visit, site: Site, row: Any = None) -> str:
    asked = visit.asked.get("lang", "")
    if is_language(asked):
        return asked
    written = [one["language"] for one in row.versions] if row else []
    return next((code for code in (*site.languages, *written) if not written or code in written), site.languages[0])


def _site(brand: int) -> Site:
    return next((one for one in sites() if one.brand == brand), sites()[0])
