"""Live chat: the sites that hold it, and what is known of the visitor behind a case."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET

from careline.domain.channels.queries import channel_by_id, channels
from careline.domain.chats.rules.sites import BadSite
from careline.domain.conversations.errors import NotFound
from careline.domain.staff.rules import require
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import chats as shapes
from careline.entrypoints.api.shapes.parts import Page, PageQuery
from careline.flows.keep_chat_site import add_chat_site, change_chat_site, give_identity_key
from careline.flows.visitor_beside import visitor_beside

_OWN = ("name", "team", "is_active")


@route("GET", "/chat-sites", query=PageQuery, answer=Page[shapes.ChatSite])
def chat_sites(call: Call) -> Any:
    """All sites, those at rest included."""
    require(call.person, "channel:read")
    return short_page_of([_shown(row) for row in channels(kind="chat", active=False)], call.query)


@route("POST", "/chat-sites", body=shapes.NewChatSite, answer=shapes.ChatSite, status=201)
def new_chat_site(call: Call) -> Any:
    """Adds a site; its pages hold the chat by one script tag with its token."""
    given = call.body
    try:
        made = add_chat_site(
            call.person, name=given.name, team=_key(given.team), settings=_settings(given), by=call.by, at=call.at
        )
    except BadSite as wrong:
        raise Wrong((wrong.field, str(wrong))) from None
    return Created(f"/chat-sites/{made.id}", _one(made.id))


@route("GET", "/chat-sites/{id}", answer=shapes.ChatSite)
def chat_site(call: Call) -> Any:
    """One site."""
    require(call.person, "channel:read")
    return _one(call.id)


@route("PATCH", "/chat-sites/{id}", body=shapes.ChatSitePatch, answer=shapes.ChatSite)
def changed_chat_site(call: Call) -> Any:
    """Changes what is given. At rest, the chat is no longer shown; talks that were begun stay cases."""
    given = call.body
    own = {name: value for name in _OWN if (value := getattr(given, name)) is not UNSET}
    try:
        change_chat_site(
            call.person, call.id, name=own.get("name"), team=_key(own.get("team")), is_active=own.get("is_active"),
            settings=_settings(given) or None, by=call.by, at=call.at,
        )  # fmt: skip
    except BadSite as wrong:
        raise Wrong((wrong.field, str(wrong))) from None
    return _one(call.id)


@route("POST", "/chat-sites/{id}/identity-key", answer=shapes.IdentityKey, status=201)
def new_identity_key(call: Call) -> Any:
    """A new key to sign who visitors are, told once; the one before holds no more."""
    words = give_identity_key(call.person, call.id, by=call.by, at=call.at)
    return Created(f"/chat-sites/{call.id}", shapes.IdentityKey(words))


@route("GET", "/conversations/{number}/chat", answer=shapes.Chat)
def chat(call: Call) -> Any:
    """Who chats in this case, where they are, and what they have seen; 404 where it is no chat."""
    found = visitor_beside(call.person, call.number)
    if found is None:
        raise NotFound(f"Case {call.number} is no chat.")
    thread, known = found.thread, found.known
    return shapes.Chat(
        state=found.state, visitor=thread.visitor_name, email=thread.visitor_mail or thread.mail, is_identified=thread.is_identified,
        is_here=known.is_here, is_typing=known.is_typing, preview=known.preview if known.is_typing else "",
        pages=[shapes.VisitedPage(page.url, page.title, page.at) for page in known.pages], answers=thread.fields,
        position=found.position, seen_message=str(thread.seen_id) if thread.seen_id else None, started_at=thread.started_at,
        picked_up_at=thread.picked_up_at, ended_at=thread.ended_at, score=thread.score, comment=thread.comment,
    )  # fmt: skip


def _one(key: int) -> shapes.ChatSite:
    found = channel_by_id(key)
    if found is None or found.kind != "chat":
        raise NotFound(f"There is no chat site {key}.")
    return _shown(found)


def _shown(row: Any) -> shapes.ChatSite:
    said = row.settings
    return shapes.ChatSite(
        id=str(row.id), name=row.name, token=row.address, team=_word(row.team_id), is_active=row.is_active,
        origins=said.get("origins") or [], calendar=_word(said.get("calendar")), colour=said.get("colour") or "#0b6e4f",
        languages=said.get("languages") or [], greeting=said.get("greeting") or {}, has_preview=bool(said.get("has_preview")),
        pre_chat=_fields(said.get("pre_chat")), offline_form=_fields(said.get("offline_form")),
        invitations=msgspec.convert(said.get("invitations") or [], list[shapes.Invitation]), gone_minutes=said.get("gone_minutes", 5),
        max_file_mb=said.get("max_file_mb", 10), has_identity_key="identity_key" in row.secrets,
    )  # fmt: skip


def _fields(given: Any) -> list[shapes.AskedField]:
    return msgspec.convert(given or [], list[shapes.AskedField])


def _settings(given: Any) -> dict[str, Any]:
    """What stands among the settings, as plain values."""
    said = {
        field.name: value
        for field in msgspec.structs.fields(given)
        if field.name not in _OWN and (value := getattr(given, field.name)) is not UNSET
    }
    plain: dict[str, Any] = msgspec.to_builtins(said)
    return plain | ({"calendar": _key(plain["calendar"])} if "calendar" in plain else {})


def _key(words: Any) -> int | None:
    return int(words) if words else None


def _word(key: Any) -> str | None:
    return str(key) if key else None
