"""Articles: what readers said of them, and their pictures."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.errors import NotFound
from careline.domain.knowledge.queries.articles import pictures_of
from careline.domain.knowledge.queries.opinions import opinions_to_settle
from careline.domain.knowledge.rules.articles import PICTURES
from careline.domain.staff.rules import require
from careline.entrypoints.api.paging import key_alone, page_of, short_page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import article_parts as shapes
from careline.entrypoints.api.shapes.parts import Page, PageQuery
from careline.flows.hear_reader import hear_reader_elsewhere, settle_opinions
from careline.flows.write_article import WRITE, add_picture, found_article

_PICTURES = "/articles/{id}/pictures"


@route("GET", "/article-opinions", query=shapes.OpinionQuery, answer=Page[shapes.Opinion])
def opinions(call: Call) -> Any:
    """Whom an article did not help and who still waits to be looked at, the newest first."""
    require(call.person, WRITE)
    asked = call.query
    rows = opinions_to_settle(
        before=key_alone(asked.cursor), article=int(asked.article) if asked.article else None, limit=asked.limit + 1
    )
    return page_of(rows, limit=asked.limit, key=lambda row: (row.id,), item=_opinion)


@route("DELETE", "/article-opinions/{id}", status=204)
def settled_opinion(call: Call) -> None:
    """It needs no more work; it counts among the figures of the article as before."""
    if not settle_opinions(call.person, [call.id], by=call.by, at=call.at):
        raise NotFound(f"No opinion {call.id} waits.")


@route("POST", "/articles/{id}/opinions", body=shapes.NewOpinion, status=204)
def given_opinion(call: Call) -> None:
    """Whether a published article helped somebody who read it on other pages than the help centre's."""
    given = call.body
    hear_reader_elsewhere(
        call.person, call.id, given.language, reader=given.reader, is_helpful=given.is_helpful, reason=given.reason,
        comment=given.comment, at=call.at,
    )  # fmt: skip


@route("GET", _PICTURES, query=PageQuery, answer=Page[shapes.Picture])
def pictures(call: Call) -> Any:
    """All pictures that were put into an article, whether they stand in its words or not."""
    require(call.person, WRITE)
    found_article(call.id)
    return short_page_of([_picture(row) for row in pictures_of(call.id)], call.query)


@route("POST", _PICTURES, query=shapes.PictureQuery, answer=shapes.Picture, status=201, is_raw=True)
def new_picture(call: Call) -> Any:
    """Uploads a picture: PNG, JPEG, GIF or WebP of up to 5 MB, told by its bytes and not by its name.

    Either the bytes themselves with `?name=`, or `multipart/form-data` with the file in the field `file`.
    """
    name, content = call.query.name, call.request.body if call.request.content_type != "multipart/form-data" else b""
    if call.request.content_type == "multipart/form-data":
        files = [file for _, many in call.request.FILES.lists() for file in many]
        if len(files) != 1:
            raise Wrong(("file", "Send exactly one file, in the field `file`."))
        name, content = files[0].name or name, files[0].read()
    address = add_picture(call.person, call.id, content, name=name, by=call.by, at=call.at)
    made = next(row for row in pictures_of(call.id) if PICTURES + row.place == address)
    return Created(f"/articles/{call.id}/pictures/{made.id}", _picture(made))


def _opinion(row: Any) -> shapes.Opinion:
    return shapes.Opinion(
        str(row.id), str(row.article_id), row.language, row.version, row.title or "", row.reason, row.comment, row.given_at
    )  # fmt: skip


def _picture(row: Any) -> shapes.Picture:
    return shapes.Picture(str(row.id), PICTURES + row.place, row.name, row.media_type, row.size, row.added_at)
