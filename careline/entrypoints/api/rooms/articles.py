"""Articles: written, reviewed, published; their versions; the categories of the help centre."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from msgspec import UNSET

from careline.domain.company.queries import default_brand
from careline.domain.conversations.errors import NotFound
from careline.domain.knowledge.commands.articles import Facts
from careline.domain.knowledge.queries.articles import (
    Wanted,
    articles_page,
    categories_of,
    newest_version,
    version_of,
    versions_of,
)
from careline.domain.knowledge.rules.articles import BadArticle, is_language
from careline.domain.staff.rules import require
from careline.entrypoints.api.naming import key_of
from careline.entrypoints.api.paging import key_alone, moment_and_key, page_of, short_page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import articles as shapes
from careline.entrypoints.api.shapes.parts import Named, Page, PageQuery
from careline.flows.keep_categories import Shelf, keep_category, remove_category
from careline.flows.publish_article import (
    archive_article,
    publish_article,
    restore_article,
    schedule_article,
    withdraw_article,
)
from careline.flows.review_article import approve_article, send_back_article, submit_article
from careline.flows.write_article import (
    WRITE,
    Written,
    add_article,
    change_article,
    found_article,
    give_up_draft,
    write_words,
)

_ONE = "/articles/{id}"
_TEXT = "/articles/{id}/texts/{language}"


@route("GET", "/articles", query=shapes.ArticleQuery, answer=Page[shapes.ArticleRow])
def all_articles(call: Call) -> Any:
    """Articles, what was changed last first; archived ones only where they are asked for."""
    require(call.person, WRITE)
    asked = call.query
    wanted = Wanted(
        int(asked.brand) if asked.brand else None, asked.q, asked.state or "", asked.kind or "", asked.audience or ""
    )
    rows = articles_page(wanted, before=moment_and_key(asked.cursor), limit=asked.limit + 1)
    return page_of(rows, limit=asked.limit, key=lambda row: (row.updated_at, row.id), item=_shown)


@route("POST", "/articles", body=shapes.NewArticle, answer=shapes.ArticleRow, status=201)
def new_article(call: Call) -> Any:
    """A draft in one language."""
    given = call.body
    facts = Facts(
        _key(given.brand) or int(default_brand().pk), _key(given.category), given.kind, given.audience, given.product, _key(given.owner),
        given.review_by,
    )  # fmt: skip
    try:
        key = add_article(call.person, facts, given.language, _written(given), by=call.by, at=call.at)
    except BadArticle as wrong:
        raise Wrong((wrong.field, str(wrong))) from None
    return Created(f"/articles/{key}", _one(call, key))


@route("GET", _ONE, answer=shapes.ArticleRow)
def article(call: Call) -> Any:
    """One article, and where each of its languages stands."""
    return _one(call, call.id)


@route("PATCH", _ONE, body=shapes.ArticleChange, answer=shapes.ArticleRow)
def changed_article(call: Call) -> Any:
    """What holds in all languages. What readers see already changes its audience with the right to publish only."""
    require(call.person, WRITE)
    row, given = found_article(call.id), call.body
    was = Facts(row.brand_id, row.category_id, row.kind, row.audience, row.product, row.owner_id, row.review_by)
    changes: dict[str, Any] = {}
    for name, column in (
        ("kind", "kind"),
        ("audience", "audience"),
        ("product", "product"),
        ("review_by", "review_by"),
    ):
        if getattr(given, name) is not UNSET:
            changes[column] = getattr(given, name)
    for name in ("category", "owner"):
        if getattr(given, name) is not UNSET:
            changes[f"{name}_id"] = _key(getattr(given, name))
    try:
        if changes:
            change_article(call.person, call.id, Facts(**{**asdict(was), **changes}), by=call.by, at=call.at)
    except BadArticle as wrong:
        raise Wrong((wrong.field, str(wrong))) from None
    if given.archived is not UNSET:
        turned = archive_article if given.archived else restore_article
        turned(call.person, call.id, by=call.by, at=call.at)
    return _one(call, call.id)


@route("GET", _TEXT, answer=shapes.ArticleText)
def article_text(call: Call) -> Any:
    """The words of one language: the open version, else the published one, else the last there was."""
    require(call.person, WRITE)
    return _text(call)


@route("PUT", _TEXT, body=shapes.GivenText, answer=shapes.ArticleText)
def written_text(call: Call) -> Any:
    """Keeps the words as a draft; readers go on to see what is published. 409 where somebody changed them since `seen`."""
    try:
        write_words(call.person, call.id, _language(call), _written(call.body), by=call.by, at=call.at)
    except BadArticle as wrong:
        raise Wrong((wrong.field, str(wrong))) from None
    return _text(call)


@route("DELETE", _TEXT + "/draft", status=204)
def given_up_draft(call: Call) -> None:
    """Gives up what is on its way to readers; it stays among the versions."""
    give_up_draft(call.person, call.id, _language(call), by=call.by, at=call.at)


@route("PUT", _TEXT + "/review", answer=shapes.ArticleText)
def submitted_text(call: Call) -> Any:
    """Hands the draft in for review."""
    submit_article(call.person, call.id, _language(call), by=call.by, at=call.at)
    return _text(call)


@route("DELETE", _TEXT + "/review", query=shapes.SentBack, answer=shapes.ArticleText)
def sent_back_text(call: Call) -> Any:
    """Sends it back to its writer, with a remark."""
    send_back_article(
        call.person, call.id, _language(call), remark=call.query.remark, by=call.by, at=call.at
    )  # fmt: skip
    return _text(call)


@route("PUT", _TEXT + "/approval", answer=shapes.ArticleText)
def approved_text(call: Call) -> Any:
    """Approves it. Where the house asks for another pair of eyes, nobody approves what they wrote."""
    approve_article(call.person, call.id, _language(call), by=call.by, at=call.at)
    return _text(call)


@route("PUT", _TEXT + "/publication", body=shapes.Publication, answer=shapes.ArticleText)
def published_text(call: Call) -> Any:
    """Readers see it at once, or from `due_at`."""
    language, due_at = _language(call), call.body.due_at
    if due_at is None:
        publish_article(call.person, call.id, language, by=call.by, at=call.at)
    else:
        schedule_article(call.person, call.id, language, due_at=due_at, by=call.by, at=call.at)
    return _text(call)


@route("DELETE", _TEXT + "/publication", status=204)
def withdrawn_text(call: Call) -> None:
    """Readers no longer see it in this language."""
    withdraw_article(call.person, call.id, _language(call), by=call.by, at=call.at)


@route("GET", _TEXT + "/versions", query=PageQuery, answer=Page[shapes.ArticleVersion])
def article_versions(call: Call) -> Any:
    """Every version of one language, the newest first."""
    require(call.person, WRITE)
    found_article(call.id)
    rows = versions_of(call.id, _language(call), before=_before(call), limit=call.query.limit + 1)
    return page_of(rows, limit=call.query.limit, key=lambda row: (row.number,), item=_version)


@route("GET", _TEXT + "/versions/{number}", answer=shapes.ArticleText)
def article_version(call: Call) -> Any:
    """One version with its words."""
    require(call.person, WRITE)
    row = version_of(call.id, _language(call), call.number)
    if row is None:
        raise NotFound(f"There is no version {call.number}.")
    return _text_of(row)


@route("GET", "/article-categories", query=PageQuery, answer=Page[shapes.ArticleCategory])
def article_categories(call: Call) -> Any:
    """The shelves of every brand's help centre."""
    require(call.person, WRITE)
    return short_page_of([_category(row) for row in categories_of()], call.query)


@route("POST", "/article-categories", body=shapes.NewArticleCategory, answer=shapes.ArticleCategory, status=201)
def new_article_category(call: Call) -> Any:
    """Puts up a shelf."""
    key = _kept(call, None)
    return Created(f"/article-categories/{key}", _shelf(key))


@route("PUT", "/article-categories/{id}", body=shapes.NewArticleCategory, answer=shapes.ArticleCategory)
def changed_article_category(call: Call) -> Any:
    """The shelf as it is to be."""
    return _shelf(_kept(call, call.id))


@route("DELETE", "/article-categories/{id}", status=204)
def removed_article_category(call: Call) -> None:
    """Its articles and shelves stand where it stood."""
    remove_category(call.person, call.id, by=call.by, at=call.at)


def _kept(call: Call, key: int | None) -> int:
    given = call.body
    brand = _key(given.brand) or int(default_brand().pk)
    shelf = Shelf(key, brand, given.names, _key(given.parent), given.slug, given.position)
    try:
        return keep_category(call.person, shelf, by=call.by, at=call.at)
    except BadArticle as wrong:
        raise Wrong((wrong.field, str(wrong))) from None


def _language(call: Call) -> str:
    language = call.path["language"]
    if not is_language(language):
        raise NotFound("There is no such language.")
    return language


def _before(call: Call) -> int | None:
    return key_alone(call.query.cursor)


def _key(words: str | None) -> int | None:
    return key_of(words) if words is not None else None


def _written(given: Any) -> Written:
    return Written(given.title, given.html, given.summary, given.slug, given.seen)


def _one(call: Call, key: int) -> shapes.ArticleRow:
    require(call.person, WRITE)
    return _shown(found_article(key))


def _text(call: Call) -> shapes.ArticleText:
    found_article(call.id)
    row = newest_version(call.id, _language(call))
    if row is None:
        raise NotFound("There are no words in this language.")
    return _text_of(row)


def _text_of(row: Any) -> shapes.ArticleText:
    return shapes.ArticleText(
        row.language, row.number, row.state, row.title, row.summary, row.slug, row.html, row.text, row.revision, row.remark, row.due_at,
        row.published_at, row.changed_at,
    )  # fmt: skip


def _shown(row: Any) -> shapes.ArticleRow:
    texts = [
        shapes.TextState(one["language"], one["state"], one["number"], one["title"], one["slug"], one["due_at"])
        for one in row.versions
    ]  # fmt: skip
    names = row.category_names or {}
    category = Named(str(row.category_id), next(iter(names.values()), "")) if row.category_id else None
    owner = Named(str(row.owner_id), row.owner_name) if row.owner_id else None
    return shapes.ArticleRow(
        str(row.id), row.kind, row.audience, row.product, str(row.brand_id), category, owner, row.review_by, row.archived_at is not None, texts,
        row.created_at, row.updated_at,
    )  # fmt: skip


def _version(row: Any) -> shapes.ArticleVersion:
    return shapes.ArticleVersion(
        row.number,
        row.state,
        row.title,
        row.writer_names,
        row.approved_by_name,
        row.remark,
        row.changed_at,
        row.published_at,
    )


def _shelf(key: int) -> shapes.ArticleCategory:
    return next(_category(row) for row in categories_of() if row.id == key)


def _category(row: Any) -> shapes.ArticleCategory:
    parent = str(row.parent_id) if row.parent_id else None
    return shapes.ArticleCategory(
        str(row.id), str(row.brand_id), parent, row.slug, row.names, row.position, row.articles
    )
