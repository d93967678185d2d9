"""Tickets and their notes, as cases and messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from careline.entrypoints.console.brought_values import (
    attached,
    email_of,
    is_on,
    key_of,
    line_of,
    mapped,
    moment_of,
    name_of_field,
    words_of,
)  # fmt: skip
from careline.entrypoints.console.importers.freshdesk.objects import Objects
from careline.entrypoints.console.importers.freshdesk.people import colleague_keys
from careline.flows.brought import Attached, Case, Message, Person, Record, Unread

_OUTBOUND = ("10", "outbound email")
_NORMAL = 2
_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)
Mapping_ = Mapping[str, Mapping[str, str]]


def cases(objects: Objects, mapping: Mapping_) -> Iterator[Record]:
    agents = colleague_keys(objects)
    known = {key_of(user["id"]) for _, user in objects.of("users")} - agents
    for where, ticket in objects.of("tickets"):
        number = _number(ticket)
        created = moment_of(ticket.get("created_at"))
        if _is(ticket.get("deleted")):
            yield Unread(where, f"Ticket {number} was deleted there.")
            continue
        if created is None:
            yield Unread(where, f"Ticket {number} says not when it was made.")
            continue
        requester = key_of(ticket.get("requester_id"))
        if requester and requester not in known:
            known.add(requester)
            yield _requester(ticket, requester)
        yield _case(ticket, number, created, mapping)
        yield from _messages(objects, where, ticket, created, agents, mapping)


def _requester(ticket: dict[str, Any], key: str) -> Person:
    """Whom no list of users names, or an agent who wrote in as customers do."""
    whole = ticket.get("requester") if isinstance(ticket.get("requester"), dict) else {}
    email = email_of(whole.get("email")) or email_of(ticket.get("email"))  # type: ignore[union-attr]
    name = line_of(whole.get("name")) or line_of(ticket.get("requester_name"))  # type: ignore[union-attr]
    return Person(key, name or email or f"Freshdesk {key}", emails=(email,) if email else ())


def _case(ticket: dict[str, Any], number: str, created: datetime, mapping: Mapping_) -> Case:
    status = mapped(mapping, "statuses", line_of(ticket.get("status_name")), line_of(ticket.get("status"))) or "open"
    priority = mapped(
        mapping, "priorities", line_of(ticket.get("priority_name")), line_of(ticket.get("priority"))
    ) or str(_NORMAL)
    fields = {
        mapped(mapping, "fields", str(name)) or name_of_field(name): value
        for name, value in _custom(ticket).items()
        if value not in (None, "", [], False)
    }
    fields["freshdesk_ticket"] = number
    states = ticket.get("ticket_states") or ticket.get("stats") or {}
    done = (
        moment_of(states.get("resolved_at")) or moment_of(states.get("closed_at")) if isinstance(states, dict) else None
    )
    updated = moment_of(ticket.get("updated_at")) or created
    tags = [line_of(tag.get("name") if isinstance(tag, dict) else tag) for tag in _list(ticket.get("tags"))]
    return Case(
        key_of(ticket["id"]), line_of(ticket.get("subject")) or words_of(ticket.get("description"))[:100], key_of(ticket.get("requester_id")),
        created, number=int(number) if number.isdecimal() else None, status="spam" if _is(ticket.get("spam")) else status,
        priority=int(priority) if priority in ("1", "2", "3", "4") else _NORMAL, assignee=key_of(ticket.get("responder_id")),
        team=key_of(ticket.get("group_id")), tags=tuple(filter(None, tags)), fields=fields, updated_at=updated,
        resolved_at=(done or updated) if status == "resolved" else None,
    )  # fmt: skip


def _messages(
    objects: Objects, where: str, ticket: dict[str, Any], created: datetime, agents: set[str], mapping: Mapping_
) -> Iterator[Record]:
    key, subject = key_of(ticket["id"]), line_of(ticket.get("subject"))
    yield _first(objects, ticket, created, mapping)
    notes = [
        one for one in _list(ticket.get("helpdesk_notes")) + _list(ticket.get("conversations")) if isinstance(one, dict)
    ]
    told = {key_of(one.get("id")): one for one in notes}
    for note in sorted(
        told.values(),
        key=lambda one: (moment_of(one.get("created_at")) or _BEFORE_ALL, key_of(one.get("id")).zfill(20)),
    ):
        at, name = moment_of(note.get("created_at")), key_of(note.get("id"))
        if at is None or not name:
            yield Unread(where, f"A note of ticket {_number(ticket)} has no {'id' if at else 'moment'}.")
            continue
        if _is(note.get("deleted")):
            yield Unread(where, f"Note {name} of ticket {_number(ticket)} was deleted there.")
            continue
        html, text = _words(note, "body")
        yield Message(
            name, key, _kind(note, agents), key_of(note.get("user_id")), at, text=text, html=html, subject=subject,
            to=_addresses(note.get("to_emails")), cc=_addresses(note.get("cc_emails")), files=tuple(_files(objects, note, mapping)),
        )  # fmt: skip


def _first(objects: Objects, ticket: dict[str, Any], created: datetime, mapping: Mapping_) -> Message:
    """The description is what began it: the customer's words, or ours where we wrote first."""
    html, text = _words(ticket, "description")
    source = line_of(ticket.get("source_name")) or line_of(ticket.get("source"))
    is_ours = source.lower() in _OUTBOUND
    author = key_of(ticket.get("responder_id")) if is_ours else key_of(ticket.get("requester_id"))
    return Message(
        f"ticket-{key_of(ticket['id'])}", key_of(ticket["id"]), "reply" if is_ours else "incoming", author, created, text=text, html=html,
        subject=line_of(ticket.get("subject")), to=_addresses(ticket.get("to_emails") or ticket.get("to_email")),
        cc=_addresses(ticket.get("cc_emails") or ticket.get("cc_email")), files=tuple(_files(objects, ticket, mapping)),
    )  # fmt: skip


def _kind(note: dict[str, Any], agents: set[str]) -> str:
    if _is(note.get("private")):
        return "note"
    return "incoming" if _is(note.get("incoming")) or key_of(note.get("user_id")) not in agents else "reply"


def _words(one: dict[str, Any], name: str) -> tuple[str, str]:
    """(html, text). The account export has both, `body` being plain; the API has HTML in `body` and text in `body_text`."""
    if one.get(f"{name}_html"):
        return words_of(one[f"{name}_html"]), words_of(one.get(name))
    if one.get(f"{name}_text") is not None:
        return words_of(one.get(name)), words_of(one[f"{name}_text"])
    return "", words_of(one.get(name))


def _files(objects: Objects, one: dict[str, Any], mapping: Mapping_) -> Iterator[Attached]:
    for file in _list(one.get("attachments")):
        if isinstance(file, dict):
            yield attached(
                objects.exported, key=key_of(file.get("id")), name=words_of(file.get("content_file_name") or file.get("name")),
                media_type=words_of(file.get("content_content_type") or file.get("content_type")), url=words_of(file.get("attachment_url")),
                may_fetch=is_on(mapping, "fetch_files"),
            )  # fmt: skip


def _addresses(value: Any) -> tuple[str, ...]:
    """A list, one address, or an object with `cc_emails` in it; `Carol <carol@example.com>` gives the address."""
    if isinstance(value, dict):
        value = value.get("cc_emails") or value.get("to_emails") or []
    listed = value if isinstance(value, list) else words_of(value).split(",")
    return tuple(filter(None, (email_of(words_of(one).rpartition("<")[2].rstrip("> ")) for one in listed)))


def _custom(ticket: dict[str, Any]) -> dict[str, Any]:
    found = ticket.get("custom_field") or ticket.get("custom_fields") or {}
    return found if isinstance(found, dict) else {}


def _number(ticket: dict[str, Any]) -> str:
    return key_of(ticket.get("display_id")) or key_of(ticket.get("id"))


def _is(value: Any) -> bool:
    return value in (True, "true")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
