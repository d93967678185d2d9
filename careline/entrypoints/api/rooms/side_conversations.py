"""Side conversations: asking a third party, inside a case and apart from the customer."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.sides import side_of, sides_of
from careline.domain.desk.queries.api_lists import messages_by_id, messages_page
from careline.entrypoints.api.naming import recipients_of
from careline.entrypoints.api.paging import moment_and_key, page_of, short_page_of
from careline.entrypoints.api.rooms.conversations import shown_case
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.messages import Message
from careline.entrypoints.api.shapes.parts import Page, PageQuery, Person
from careline.entrypoints.api.shapes.structure import NewSideConversation, NewSideMessage, SideConversation
from careline.entrypoints.api.uploads import attachments_of
from careline.entrypoints.api.written import message_of
from careline.flows.side_conversation import Aside, ask_aside, write_aside

_PATH = "/conversations/{number}/side-conversations"
_TURNS = {"open": "ours"}


@route("GET", _PATH, query=PageQuery, answer=Page[SideConversation])
def side_conversations(call: Call) -> Any:
    """The side conversations of a case, oldest first."""
    return short_page_of([_shown(row) for row in sides_of(shown_case(call).id)], call.query)


@route("POST", _PATH, body=NewSideConversation, answer=SideConversation, status=201)
def new_side_conversation(call: Call) -> Any:
    """Asks a third party. Nobody of the case itself can be asked aside; answers land in the side and mark the case."""
    case = shown_case(call)
    asked = ask_aside(call.person, call.number, _aside(call, recipients_of(call.body.to, "to")), by=call.by, at=call.at)
    return Created(
        f"/conversations/{call.number}/side-conversations/{asked.side}", _shown(side_of(case.id, asked.side))
    )


@route("GET", _PATH + "/{id}", answer=SideConversation)
def side_conversation(call: Call) -> Any:
    """One side conversation."""
    return _shown(_found(call))


@route("GET", _PATH + "/{id}/messages", query=PageQuery, answer=Page[Message])
def side_messages(call: Call) -> Any:
    """The messages of a side conversation, oldest first."""
    side, asked = _found(call), call.query
    rows = messages_page(side.id, after=moment_and_key(asked.cursor), limit=asked.limit + 1)
    return page_of(rows, limit=asked.limit, key=lambda row: (row.created_at, row.id), item=message_of)


@route("POST", _PATH + "/{id}/messages", body=NewSideMessage, answer=Message, status=201)
def new_side_message(call: Call) -> Any:
    """Writes on, to those who are on the side conversation."""
    side = _found(call)
    asked = write_aside(call.person, call.number, side.id, _aside(call, ()), by=call.by, at=call.at)
    place = f"/conversations/{call.number}/side-conversations/{side.id}/messages"
    return Created(place, message_of(messages_by_id(side.id, [asked.message])[0]))


def _aside(call: Call, to: Any) -> Aside:
    given = call.body
    files = attachments_of(given.attachments, call.person, at=call.at)
    return Aside(
        text=given.text, html=given.html, to=to, subject=getattr(given, "subject", ""), attachments=files,
        forwarded=tuple(int(key) for key in given.forward), hold_seconds=given.hold_seconds,
    )  # fmt: skip


def _found(call: Call) -> Any:
    side = side_of(shown_case(call).id, call.id)
    if side is None:
        raise NotFound(f"There is no side conversation {call.id} in this case.")
    return side


def _shown(row: Any) -> SideConversation:
    people = [Person(one["value"], one["name"], one["kind"]) for one in row.people]
    return SideConversation(
        str(row.id), row.subject, people, _TURNS.get(row.category, "theirs"), row.message_count, row.last_snippet,
        row.created_at, row.updated_at,
    )  # fmt: skip
