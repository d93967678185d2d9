"""Your own tokens and sessions; and the access record."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.errors import NotFound
from careline.domain.staff.access_record import access_record
from careline.domain.staff.queries import agent_by_id
from careline.domain.staff.rules import VERBS, require
from careline.domain.staff.sessions import end_session, end_sessions, sessions_of
from careline.domain.staff.tokens import make_token, revoke_token, tokens_of
from careline.entrypoints.api.paging import moment_and_key, page_of, short_page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import access as shapes
from careline.entrypoints.api.shapes.parts import Named, Page, PageQuery


@route("GET", "/tokens", query=PageQuery, answer=Page[shapes.Token])
def tokens(call: Call) -> Any:
    """Your API tokens, the newest first; never their words."""
    require(call.person, "token:own")
    shown = [
        shapes.Token(str(row.id), row.name, list(row.scopes), row.created_at, row.expires_at, row.last_used_at)
        for row in tokens_of(call.person.id)
    ]
    return short_page_of(shown, call.query)


@route("POST", "/tokens", body=shapes.NewToken, answer=shapes.MadeToken, status=201)
def new_token(call: Call) -> Any:
    """Makes a token of yours; its words are told this once. A narrowed token makes none that may more than itself."""
    require(call.person, "token:own")
    given, owner = call.body, agent_by_id(call.person.id)
    if unknown := [verb for verb in given.scopes if verb not in VERBS]:
        raise Wrong(("scopes", f"There is no verb {unknown[0]!r}."))
    if owner is None:
        raise NotFound("You are gone.")
    key, words = make_token(
        owner, name=given.name, scopes=tuple(given.scopes), expires_at=given.expires_at, by=call.by, at=call.at
    )
    return Created(f"/tokens/{key}", shapes.MadeToken(str(key), words))


@route("DELETE", "/tokens/{id}", status=204)
def revoked_token(call: Call) -> None:
    """Revokes a token of yours, also the one you call with."""
    require(call.person, "token:own")
    if not revoke_token(call.id, agent_id=call.person.id, by=call.by, at=call.at):
        raise NotFound("There is no such token.")


@route("GET", "/sessions", query=PageQuery, answer=Page[shapes.Session])
def sessions(call: Call) -> Any:
    """The browsers in which you are signed in, the latest first."""
    shown = [
        shapes.Session(str(row.id), row.how, row.device, row.place, row.started_at, row.last_seen_at)
        for row in sessions_of(call.person.id, at=call.at)
    ]
    return short_page_of(shown, call.query)


@route("DELETE", "/sessions", status=204)
def ended_sessions(call: Call) -> None:
    """Signs you out everywhere."""
    end_sessions(call.person.id, by=call.by, at=call.at)


@route("DELETE", "/sessions/{id}", status=204)
def ended_session(call: Call) -> None:
    """Signs you out of one browser; its live stream closes at once."""
    if not end_session(call.id, agent_id=call.person.id, by=call.by, at=call.at):
        raise NotFound("There is no such session.")


@route("GET", "/access-record", query=shapes.RecordQuery, answer=Page[shapes.Recorded])
def recorded(call: Call) -> Any:
    """Who got in or was refused, and every change of people and rights, the newest first."""
    require(call.person, "audit:read")
    asked = call.query
    rows = access_record(
        limit=asked.limit + 1, person=int(asked.agent) if asked.agent else None, name=asked.name or "", before=moment_and_key(asked.cursor)
    )  # fmt: skip
    return page_of(rows, limit=asked.limit, key=lambda row: (row.at, row.id), item=_recorded)


def _recorded(row: Any) -> shapes.Recorded:
    actor = Named(str(row.actor_id), row.actor_name or "") if row.actor_kind == "agent" else None
    return shapes.Recorded(
        str(row.id), row.at, row.name, row.actor_kind, actor, row.via, row.subject_kind, str(row.subject_key), row.data
    )
