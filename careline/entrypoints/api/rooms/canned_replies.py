"""Canned replies: text ready to be put into an answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from msgspec import UNSET

from careline.domain.conversations.errors import NotFound
from careline.domain.knowledge.queries.canned import replies_of, reply_of
from careline.domain.knowledge.rules.replies import BadReply, Text
from careline.domain.knowledge.rules.variables import unknown_in
from careline.domain.staff.rules import require
from careline.entrypoints.api.naming import team_key
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.knowledge import (
    CannedFile,
    CannedReply,
    CannedReplyChange,
    InsertedReply,
    KnowledgeQuery,
    LanguageText,
    NewCannedReply,
)
from careline.entrypoints.api.shapes.parts import Page
from careline.entrypoints.api.uploads import attachments_of
from careline.flows.change_canned_reply import (
    WRITES,
    Written,
    add_canned_reply,
    audience_of,
    change_canned_reply,
    remove_canned_reply,
)
from careline.flows.insert_reply import insert_reply, preview_reply

_PATH = "/canned-replies/{id}"
_IN_CASE = "/conversations/{number}/canned-replies/{id}"


@route("GET", "/canned-replies", query=KnowledgeQuery, answer=Page[CannedReply])
def canned_replies(call: Call) -> Any:
    """The replies you may use: everybody's, your teams' and your own; with `q` the best match first."""
    require(call.person, WRITES)
    rows = replies_of(call.person, words=call.query.q or "", limit=10_000)
    return short_page_of([_shown(row) for row in rows], call.query)


@route("POST", "/canned-replies", body=NewCannedReply, answer=CannedReply, status=201)
def new_canned_reply(call: Call) -> Any:
    """Keeps a reply. For a team, or for all, it takes `canned:manage`."""
    given = call.body
    written = Written(
        given.name, _texts(given.texts), given.abbreviation, given.folder, tuple(given.labels), given.audience,
        team_key(given.team, "team") if given.team is not None else None,
        attachments_of(given.attachments, call.person, at=call.at),
    )  # fmt: skip
    try:
        key = add_canned_reply(call.person, written, by=call.by, at=call.at)
    except BadReply as wrong:
        raise Wrong((wrong.field, str(wrong))) from None
    return Created(f"/canned-replies/{key}", _one(call, key))


@route("GET", _PATH, answer=CannedReply)
def canned_reply(call: Call) -> Any:
    """One reply."""
    require(call.person, WRITES)
    return _one(call, call.id)


@route("PATCH", _PATH, body=CannedReplyChange, answer=CannedReply)
def changed_canned_reply(call: Call) -> Any:
    """Changes what is given."""
    require(call.person, WRITES)
    row = _row(call, call.id)
    as_it_is = Written(
        row.name, {code: Text(**said) for code, said in row.texts.items()}, row.abbreviation, row.folder, tuple(row.labels),
        audience_of(row), row.team_id,
    )  # fmt: skip
    try:
        change_canned_reply(call.person, call.id, replace(as_it_is, **_given(call)), by=call.by, at=call.at)
    except BadReply as wrong:
        raise Wrong((wrong.field, str(wrong))) from None
    return _one(call, call.id)


@route("DELETE", _PATH, status=204)
def removed_canned_reply(call: Call) -> Any:
    """Throws a reply away."""
    remove_canned_reply(call.person, call.id, by=call.by, at=call.at)


@route("GET", _IN_CASE, answer=InsertedReply)
def previewed_canned_reply(call: Call) -> Any:
    """The reply as it would read in an answer to this case."""
    return _inserted(preview_reply(call.person, call.number, call.id, at=call.at))


@route("POST", _IN_CASE, answer=InsertedReply)
def inserted_canned_reply(call: Call) -> Any:
    """The same, counted as one use. Nothing is sent: put the words into a message."""
    return _inserted(insert_reply(call.person, call.number, call.id, at=call.at))


def _given(call: Call) -> dict[str, Any]:
    given, changed = call.body, {}
    for name in ("name", "abbreviation", "folder", "audience"):
        if getattr(given, name) is not UNSET:
            changed[name] = getattr(given, name)
    if given.texts is not UNSET:
        changed["texts"] = _texts(given.texts)
    if given.labels is not UNSET:
        changed["labels"] = tuple(given.labels)
    if given.team is not UNSET:
        changed["team_id"] = team_key(given.team, "team") if given.team is not None else None
    if given.attachments is not UNSET:
        changed["files"] = attachments_of(given.attachments, call.person, at=call.at)
    return changed


def _texts(given: dict[str, LanguageText]) -> dict[str, Text]:
    return {language: Text(said.text, said.html) for language, said in given.items()}


def _row(call: Call, key: int) -> Any:
    row = reply_of(call.person, key)
    if row is None:
        raise NotFound(f"There is no canned reply {key}.")
    return row


def _one(call: Call, key: int) -> CannedReply:
    return _shown(_row(call, key))


def _shown(row: Any) -> CannedReply:
    texts = {language: LanguageText(**said) for language, said in row.texts.items()}
    unknown = dict.fromkeys(name for said in texts.values() for name in unknown_in(said.text + said.html))
    return CannedReply(
        str(row.id), row.name, row.abbreviation, row.folder, row.labels, texts, audience_of(row), str(row.team_id) if row.team_id else None,
        _files(row.files), row.uses, row.used_at, list(unknown), row.updated_at,
    )  # fmt: skip


def _files(files: list[dict[str, Any]]) -> list[CannedFile]:
    return [CannedFile(str(file["id"]), file["name"], file["type"], file["size"]) for file in files]


def _inserted(found: Any) -> InsertedReply:
    return InsertedReply(
        found.text, found.html, found.language, found.cursor, list(found.unfilled), _files(found.files)
    )
