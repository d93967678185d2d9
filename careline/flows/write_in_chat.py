"""A visitor says something: kept raw, understood and placed as every message is, within the call that brought it.

The browser's own name of a message (`client_id`) is a part of the unique key of its inbound row, so however often it is
sent, it is taken in once. Nothing is answered before it is durable.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.channels.inbound import Party
from careline.domain.chats import commands as chats
from careline.domain.chats.queries import message_said, thread_of, uploads_of
from careline.domain.chats.rules.sites import Site, fit_answers
from careline.domain.chats.rules.talks import next_after, subject_of
from careline.domain.conversations.commands import participants
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.flows.take_in import House, RawArrival, take_in


class NoSuchFile(Exception):
    """A file that is named was not uploaded by this visitor, or is gone."""


class NotSaid(Exception):
    """It was kept, and could not be placed: people of the house see it among what waits."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a visitor sends. `n`: its place in the browser's own count, where it counts."""

    client_id: str
    text: str
    n: int | None = None
    files: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    thread: int
    message: int
    is_new: bool
    fields: dict[str, str] = field(default_factory=dict)


def begin_chat(
    site: Site,
    visitor: Any,
    said: Said,
    *,
    fields: dict[str, Any],
    language: str,
    is_open: bool,
    house: House,
    at: datetime,
) -> Written:
    """A talk begins with its first message; where one is open, that goes on. Raises BadSite, NoSuchFile, NotSaid."""
    answers = fit_answers(site.fields(is_open=is_open), fields, is_known=visitor.is_identified)
    name, mail = answers.get("name", "")[:200], answers.get("email", "")
    if not visitor.is_identified and (name or mail):
        chats.name_visitor(visitor.id, name=name, mail=mail)
    thread, is_new = chats.begin_thread(
        visitor, client_id=said.client_id, fields={k: v for k, v in answers.items() if k not in ("name", "email")},
        language=language, mail=(visitor.mail if visitor.is_identified else "") or mail or visitor.mail, is_offline=not is_open, at=at,
    )  # fmt: skip
    row = thread_of(visitor.id)
    assert row is not None and row.id == thread
    before = message_said(f"chat-{row.key}-{said.client_id}")
    return _said(row, visitor, said, name=name or visitor.name, before=before, house=house, is_first=is_new, at=at)


def write_in_chat(thread: Any, visitor: Any, said: Said, *, before: Any | None, house: House, at: datetime) -> Written:
    """One more message of a talk; `before`: what came in under its name already. Raises OutOfOrder, NoSuchFile, NotSaid."""
    is_first = thread.conversation_id is None
    return _said(thread, visitor, said, name=visitor.name, before=before, house=house, is_first=is_first, at=at)


def _said(
    thread: Any, visitor: Any, said: Said, *, name: str, before: Any | None, house: House, is_first: bool, at: datetime
) -> Written:
    spooled = f"chat-{thread.key}-{said.client_id}"
    if before is None:
        next_n = next_after(said.n, expected=thread.next_n)
        raw = _raw(thread, visitor, said, name=name, files=_files_of(visitor, said.files))
        arrival = RawArrival(spooled, raw, at, door="chat", channel_id=thread.channel_id)
        # One commit for the word and its talk: each waits for the disk. The talk is held first, as by all who hold it with its case.
        with transaction.atomic():
            chats.hold(thread.id)
            received = take_in([arrival], house=house, at=at)[0]
            if received is not None and received.message is not None:
                _join(thread, visitor, received.number, received.message, next_n, is_first=is_first, at=at)
        if received is not None and received.message is not None:
            return Written(thread.id, received.message, is_new=True)
        before = message_said(spooled)
    if before is None or before.message_key is None:
        raise NotSaid("It has arrived, and waits for somebody of the house.")
    return Written(thread.id, before.message_key, is_new=False)


def _join(
    thread: Any, visitor: Any, number: int | None, message: int, next_n: int, *, is_first: bool, at: datetime
) -> None:
    """The talk knows its case; answers by mail to the address that was given belong to it."""
    case = conversation_by_number(number) if is_first and number is not None else None
    chats.note_said(thread.id, conversation=case.id if case else None, message=message, next_n=next_n, at=at)
    mail = thread.mail or visitor.mail
    if case is not None and mail:
        person = Party(mail, visitor.name)
        participants.join(
            case.id,
            [
                {
                    "kind": "email",
                    "value": person.value,
                    "name": person.name,
                    "role": "cc",
                    "state": "active",
                    "customer": None,
                }
            ],
        )


def _raw(thread: Any, visitor: Any, said: Said, *, name: str, files: Sequence[Any]) -> bytes:
    return json.dumps(
        {
            "visitor": visitor.key, "name": name, "verified": visitor.is_identified, "thread": thread.key,
            "client_id": said.client_id, "n": said.n, "text": said.text, "subject": subject_of(said.text),
            "language": thread.language, "fields": thread.fields,
            "files": [{"digest": file.digest, "name": file.name, "type": file.media_type} for file in files],
        },
        ensure_ascii=False,
    ).encode("utf-8", "replace")  # fmt: skip


def _files_of(visitor: Any, ids: Sequence[int]) -> list[Any]:
    found = uploads_of(visitor.id, ids) if ids else []
    if len(found) < len(set(ids)):
        raise NoSuchFile("A file is no longer here: attach it again.")
    return found
