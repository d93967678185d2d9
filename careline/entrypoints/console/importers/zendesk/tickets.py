"""Tickets and their comments, as cases and messages."""

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
from careline.entrypoints.console.importers.zendesk.objects import Objects
from careline.entrypoints.console.importers.zendesk.people import person_of, works_there
from careline.flows.brought import Case, Message, Person, Record, Unread

_DELETED = "deleted"
_NORMAL = 2
_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)
Mapping_ = Mapping[str, Mapping[str, str]]


def cases(objects: Objects, mapping: Mapping_) -> Iterator[Record]:
    """Each ticket with its comments; before it whoever is on it and in no list of users."""
    known: dict[str, str] = {}
    for _, user in objects.of("users"):
        known[key_of(user["id"])] = "colleague" if works_there(user) else "person"
    fields = _field_names(objects, mapping)
    for where, ticket in objects.of("tickets"):
        created = moment_of(ticket.get("created_at")) or moment_of(ticket.get("updated_at"))
        if ticket.get("status") == _DELETED:
            yield Unread(where, f"Ticket {ticket['id']} was deleted there.")
        elif created is None:
            yield Unread(where, f"Ticket {ticket['id']} says not when it was made.")
        else:
            yield from _strangers(ticket, known)
            yield _case(ticket, created, mapping, fields)
            yield from _messages(objects, where, ticket, known, mapping)


def _strangers(ticket: dict[str, Any], known: dict[str, str]) -> Iterator[Record]:
    """People whom only the ticket tells of, and agents who wrote in as customers do."""
    requester = _of(ticket, "requester")
    for user in filter(None, (ticket.get(role) for role in ("requester", "submitter"))):
        if isinstance(user, dict) and key_of(user.get("id")) not in ("", *known):
            known[key_of(user["id"])] = "person"
            yield person_of(user)
    if requester and known.get(requester) in (None, "colleague"):
        user = ticket["requester"] if isinstance(ticket.get("requester"), dict) else {}
        known[requester] = "both" if requester in known else "person"
        yield person_of({**user, "id": requester}) if user else Person(requester, f"Zendesk {requester}")


def _case(ticket: dict[str, Any], created: datetime, mapping: Mapping_, names: Mapping[str, str]) -> Case:
    key = key_of(ticket["id"])
    own = key_of(ticket.get("custom_status_id"))
    status = mapped(mapping, "statuses", own, line_of(ticket.get("status"))) or "open"
    priority = mapped(mapping, "priorities", line_of(ticket.get("priority")) or "normal") or str(_NORMAL)
    values = ticket.get("custom_fields") or ticket.get("fields") or []
    fields = {
        names.get(key_of(one.get("id"))) or f"zendesk_{key_of(one.get('id'))}": one["value"]
        for one in values
        if isinstance(one, dict) and one.get("value") not in (None, "", [], False)
    }
    score = ticket.get("satisfaction_rating")
    if isinstance(score, dict) and score.get("score") not in (None, "unoffered"):
        fields["satisfaction"] = line_of(score["score"])
    fields["zendesk_ticket"] = key
    metrics = ticket.get("metric_set") if isinstance(ticket.get("metric_set"), dict) else {}
    updated = moment_of(ticket.get("updated_at")) or created
    is_done = ticket.get("status") in ("solved", "closed")
    return Case(
        key, line_of(ticket.get("subject") or ticket.get("raw_subject")) or line_of(ticket.get("description"))[:100], _of(ticket, "requester"),
        created, number=int(key) if key.isdecimal() else None, status=status, priority=int(priority) if priority in "1234" else _NORMAL,
        assignee=_of(ticket, "assignee"), team=_of(ticket, "group"),
        tags=tuple(line_of(tag) for tag in ticket.get("tags") or [] if line_of(tag)), fields=fields, updated_at=updated,
        resolved_at=(moment_of(metrics.get("solved_at")) or updated) if is_done else None,  # type: ignore[union-attr]
    )  # fmt: skip


def _messages(
    objects: Objects, where: str, ticket: dict[str, Any], known: dict[str, str], mapping: Mapping_
) -> Iterator[Record]:
    key, requester = key_of(ticket["id"]), _of(ticket, "requester")
    inside = [one for one in ticket.get("comments") or [] if isinstance(one, dict)]
    told = {key_of(one.get("id")): one for one in (*inside, *objects.comments_of(key))}
    comments = sorted(
        told.values(),
        key=lambda one: (moment_of(one.get("created_at")) or _BEFORE_ALL, key_of(one.get("id")).zfill(20)),
    )
    if not comments and words_of(ticket.get("description")):
        first = {
            "id": f"description-{key}",
            "author_id": requester,
            "public": True,
            "created_at": ticket.get("created_at"),
        }
        comments = [{**first, "plain_body": ticket["description"]}]
    for comment in comments:
        at, name = moment_of(comment.get("created_at")), key_of(comment.get("id"))
        if at is None or not name:
            yield Unread(where, f"A comment of ticket {key} has no {'id' if at else 'moment'}.")
            continue
        author = key_of(comment.get("author_id"))
        is_public = comment.get("public", True) is not False
        is_ours = known.get(author) == "colleague" or (known.get(author) == "both" and author != requester)
        kind = "note" if not is_public else "reply" if is_ours else "incoming"
        html = words_of(comment.get("html_body"))
        text = words_of(comment.get("plain_body")) or ("" if html else words_of(comment.get("body")))
        to, cc = _recipients(comment)
        yield Message(
            name, key, kind, author, at, text=text, html=html, subject=line_of(ticket.get("subject")), to=to, cc=cc,
            files=tuple(_files(objects, comment, mapping)),
        )  # fmt: skip


def _files(objects: Objects, comment: dict[str, Any], mapping: Mapping_) -> Iterator[Any]:
    for one in comment.get("attachments") or []:
        if isinstance(one, dict):
            yield attached(
                objects.exported, key=key_of(one.get("id")), name=words_of(one.get("file_name") or one.get("filename")),
                media_type=words_of(one.get("content_type")), url=words_of(one.get("content_url")), is_inline=one.get("inline") is True,
                may_fetch=is_on(mapping, "fetch_files"),
            )  # fmt: skip


def _recipients(comment: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Whom a mail of theirs went to, where the comment says so."""
    via = comment.get("via") if isinstance(comment.get("via"), dict) else {}
    source = via.get("source") if isinstance(via.get("source"), dict) else {}  # type: ignore[union-attr]
    to = source.get("to") if isinstance(source.get("to"), dict) else {}  # type: ignore[union-attr]
    address = email_of(to.get("address"))  # type: ignore[union-attr]
    copies = to.get("email_ccs") or []  # type: ignore[union-attr]
    return (address,) if address else (), tuple(filter(None, map(email_of, copies if isinstance(copies, list) else [])))


def _field_names(objects: Objects, mapping: Mapping_) -> dict[str, str]:
    """Field id → our code: as mapped by id or title, else made of the title."""
    names = dict(mapping.get("fields", {}))
    for _, one in objects.of("ticket_fields"):
        key = key_of(one["id"])
        names[key] = mapped(mapping, "fields", key, line_of(one.get("title"))) or name_of_field(one.get("title"))
    return names


def _of(ticket: dict[str, Any], role: str) -> str:
    """The id of who has a role on it, whether the ticket has the id alone or all of them."""
    whole = ticket.get(role)
    return key_of(ticket.get(f"{role}_id")) or (key_of(whole.get("id")) if isinstance(whole, dict) else "")
