"""A case as one document: asked for at a door, set by the worker in a process of its own, kept for a day or mailed."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

import careline.domain.conversations
from careline.domain.company.queries import company
from careline.domain.conversations.commands import transcripts
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_by_id, conversation_for
from careline.domain.conversations.queries.messages import attachments_of, messages_of
from careline.domain.conversations.rules.recipients import Person as Recipient
from careline.domain.files import commands as files
from careline.domain.files.queries import content_of
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.staff.queries import agent_id_of, person
from careline.domain.staff.rules import Forbidden, Person
from careline.flows.reply import Draft, reply
from careline.flows.uploaded import Attachment
from careline.kit.storage import ContentMissing
from careline.kit.typeset import CannotTypeset, pdf_of

TEMPLATE = Path(careline.domain.conversations.__file__).parent / "documents" / "transcript.typ"
FONTS = (
    "Libertinus Serif",
    "Noto Naskh Arabic",
    "Noto Sans Arabic",
    "Noto Sans CJK SC",
    "DejaVu Sans",
    "DejaVu Sans Mono",
)
MOST_EMBEDDED = 20 * 1024 * 1024
_PAGE = 200
_FORMS = {"phone": "telephone call", "counter": "visit", "letter": "letter", "fax": "fax"}


def ask_for_transcript(
    agent: Person,
    number: int,
    *,
    with_notes: bool,
    with_files: bool,
    send_to: Sequence[Recipient] = (),
    by: Actor,
    at: datetime,
) -> int:
    """Its key. Sending it asks for what an answer asks for. Raises NotFound, Forbidden, Refused."""
    case = conversation_for(agent, number, verb="conversation:reply" if send_to else "conversation:read")
    if len(send_to) > 20:
        raise Refused("A transcript goes to 20 people at most.")
    if with_notes and any(agent_id_of(one.value) is None for one in send_to):
        raise Refused("Notes are for the team only: leave them out, or send the transcript to colleagues alone.")
    people = [{"value": one.value, "name": one.name} for one in send_to]
    with transaction.atomic():
        return transcripts.ask(
            case, agent=agent.id, with_notes=with_notes, with_files=with_files, send_to=people, by=by, at=at
        )


def make_due_transcript(*, at: datetime) -> bool:
    """Makes the next one, outside any transaction; whether there was one."""
    asked = transcripts.take_up(at=at)
    if asked is None:
        return False
    try:
        if len(asked.words) > 3:
            raise CannotTypeset("It was tried three times.")
        _make(asked, at=at)
    except (CannotTypeset, Refused, NotFound, Forbidden) as failure:
        transcripts.note_failed(asked.id, words=str(failure))
    return True


def _make(asked: Any, *, at: datetime) -> None:
    case, agent = conversation_by_id(asked.conversation_id), person(asked.agent_id)
    if case is None or agent is None:
        raise NotFound("The case, or whoever asked, has gone.")
    conversation_for(agent, case.number)
    said = list(_said(case.id, with_notes=asked.with_notes))
    pdf = pdf_of(TEMPLATE, _data(case, said, agent, at=at))
    if asked.with_files:
        pdf = _with_files(pdf, said)
    digest = files.write([pdf])[0]
    with transaction.atomic():
        files.keep({digest: len(pdf)}, at=at)
        transcripts.note_made(asked.id, digest=digest)
        if asked.send_to:
            people = tuple(Recipient(one["value"], one.get("name", "")) for one in asked.send_to)
            paper = Attachment(digest, f"case-{case.number}.pdf", "application/pdf", len(pdf))
            draft = Draft(
                text=f"Attached is the whole of case {case.number}.", to=people, attachments=(paper,), is_forward=True
            )
            reply(agent, case.number, draft, by=Actor(ActorKind.AGENT, agent.id, via="transcript"), at=at)


def _said(conversation: int, *, with_notes: bool) -> Iterator[Any]:
    """What stands in the case, oldest first, a page at a time; without what was taken back."""
    after = None
    while page := messages_of(conversation, after=after, limit=_PAGE):
        after = page[-1].created_at, page[-1].id
        for row in page:
            if row.delivery != "cancelled" and (row.visibility == "public" or (with_notes and row.kind == "note")):
                yield row


def _data(case: Any, said: list[Any], agent: Person, *, at: datetime) -> dict[str, Any]:
    zone = ZoneInfo(agent.time_zone or "UTC")
    found = company()
    subject = case.subject or f"Case {case.number}"
    names = {name: name for name in (row.sender.get("name") or row.sender.get("value", "") for row in said) if name}
    return {
        "company": found.name if found else "", "heading": f"#{case.number} {subject}"[:90], "subject": subject,
        "subject_rtl": is_rtl(subject), "language": (case.language or "en")[:2], "files_word": "Files", "fonts": FONTS,
        "facts": [f"Case {case.number}", f"{case.created_at.astimezone(zone):%Y-%m-%d}", ", ".join(list(names)[:6]), f"{len(said)} messages"],
        "made": f"{found.name if found else 'Careline'}, {at.astimezone(zone):%Y-%m-%d %H:%M %Z}",
        "messages": [_entry(row, zone) for row in said],
    }  # fmt: skip


def _entry(row: Any, zone: ZoneInfo) -> dict[str, Any]:
    form = _FORMS.get(row.data.get("form", ""), "")
    to = ", ".join(p.get("name") or p.get("value", "") for p in row.to) if row.kind == "reply" else ""
    about = (
        "note, for the team only"
        if row.kind == "note"
        else " · ".join(words for words in (form, f"to {to}" if to else "") if words)
    )
    text = row.visible_text or row.text
    return {
        "kind": row.kind, "author": row.agent_name or row.sender.get("name") or row.sender.get("value") or "Unknown", "about": about,
        "at": f"{(row.sent_at or row.created_at).astimezone(zone):%Y-%m-%d %H:%M}",
        "paragraphs": [{"text": settable(line), "rtl": is_rtl(line)} for line in text.splitlines() if line.strip()],
        "files": [file["name"] for file in row.attachments or ()],
    }  # fmt: skip


def is_rtl(text: str) -> bool:
    """By its first strong sign (Unicode annex 9, rules P2 and P3)."""
    first = next(
        (unicodedata.bidirectional(sign) for sign in text if unicodedata.bidirectional(sign) in ("L", "R", "AL")), "L"
    )
    return first != "L"


def settable(text: str) -> str:
    """Without control signs, which no page shows."""
    return "".join(sign for sign in text if sign == "\t" or unicodedata.category(sign) not in ("Cc", "Cs", "Cn"))


def _with_files(pdf: bytes, said: list[Any]) -> bytes:
    """The same with the case's files inside, as far as they fit."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    room = MOST_EMBEDDED
    for row in said:
        for n, file in enumerate(attachments_of(row.id) if row.attachments else ()):
            if file.size <= room:
                try:
                    writer.add_attachment(f"{row.id}-{n + 1} {file.name}", content_of(file.digest))
                except ContentMissing:
                    continue
                room -= file.size
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
