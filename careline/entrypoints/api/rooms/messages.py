"""Messages of a case: reading them, answering, noting, taking an answer back."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.errors import NotFound, ThreadChanged
from careline.domain.desk.queries.api_lists import messages_by_id, messages_page
from careline.entrypoints.api.naming import key_of, recipients_of
from careline.entrypoints.api.paging import moment_and_key, page_of
from careline.entrypoints.api.problems import Wrong, problem
from careline.entrypoints.api.rooms.conversations import keys_of_case
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.messages import Message, NewMessage
from careline.entrypoints.api.shapes.parts import Page, PageQuery
from careline.entrypoints.api.uploads import attachments_of
from careline.entrypoints.api.written import message_of
from careline.flows.note import note
from careline.flows.reply import Draft, reply
from careline.flows.take_back import take_back
from careline.kit.html import text_of

_PATH = "/conversations/{number}/messages"


@route("GET", _PATH, query=PageQuery, answer=Page[Message])
def messages(call: Call) -> Any:
    """The messages of a case, oldest first, notes included."""
    case, asked = keys_of_case(call), call.query
    rows = messages_page(case.id, after=moment_and_key(asked.cursor), limit=asked.limit + 1)
    return page_of(rows, limit=asked.limit, key=lambda row: (row.created_at, row.id), item=message_of)


@route("POST", _PATH, body=NewMessage, answer=Message, status=201)
def new_message(call: Call) -> Any:
    """Answers the customer, or adds a note.

    A reply is held for `hold_seconds` and may be taken back meanwhile. With `seen_message`, a reply to a thread that
    has changed since is refused with 409 and the new messages, unless `force` is set.
    """
    case = keys_of_case(call)
    files = attachments_of(call.body.attachments, call.person, at=call.at)
    if call.body.kind == "note":
        _refuse_for_note(call.body)
        key = note(
            call.person,
            call.number,
            text=call.body.text or text_of(call.body.html),
            attachments=files,
            by=call.by,
            at=call.at,
        )
    else:
        try:
            key = reply(call.person, call.number, _draft_of(call, files), by=call.by, at=call.at).message
        except ThreadChanged as changed:
            newer = [message_of(row) for row in messages_by_id(case.id, changed.messages)]
            return problem(409, str(changed), code=changed.code, messages=newer)
    return Created(f"/conversations/{call.number}/messages/{key}", _one(case.id, key))


@route("GET", _PATH + "/{id}", answer=Message)
def message(call: Call) -> Any:
    """One message."""
    return _one(keys_of_case(call).id, call.id)


@route("DELETE", _PATH + "/{id}/hold", answer=Message)
def taken_back_message(call: Call) -> Any:
    """Takes a reply back that has not left yet; 409 where it has."""
    case = keys_of_case(call)
    take_back(call.person, call.number, call.id, by=call.by, at=call.at)
    return _one(case.id, call.id)


def _one(conversation: int, key: int) -> Message:
    found = messages_by_id(conversation, [key])
    if not found:
        raise NotFound(f"There is no message {key} in this case.")
    return message_of(found[0])


def _draft_of(call: Call, files: Any) -> Draft:
    given = call.body
    if given.forward_to and (given.to or given.cc or given.bcc):
        raise Wrong(("forward_to", "Give either `forward_to` or `to`, `cc` and `bcc`."))
    if given.send_at is not None and given.send_at <= call.at:
        raise Wrong(("send_at", "It lies in the past."))
    forward = recipients_of(given.forward_to, "forward_to")
    seen = given.seen_message
    return Draft(
        text=given.text, html=given.html, to=forward or recipients_of(given.to, "to"), cc=recipients_of(given.cc, "cc"),
        bcc=recipients_of(given.bcc, "bcc"), attachments=files, everybody=given.everybody, send_at=given.send_at,
        hold_seconds=given.hold_seconds, seen_message=None if seen is None else key_of(str(seen)) or 0, force=given.force,
        with_history=given.with_history, resolve=given.resolve, is_forward=bool(forward),
    )  # fmt: skip


def _refuse_for_note(given: NewMessage) -> None:
    """A note goes to nobody, so whoever names recipients means something else."""
    named = [name for name in ("to", "cc", "bcc", "forward_to", "send_at") if getattr(given, name)]
    if named:
        raise Wrong(*((name, "A note is sent to nobody.") for name in named))
