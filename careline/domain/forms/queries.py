"""Which forms there are, what is held for one that is being filled in, and what became of one that was sent."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.forms.rules.answers import FileHeld
from careline.domain.forms.rules.content import Content, content_from
from careline.kit import db

_FORM = """
SELECT f.id, f.address, f.slug, f.name, f.brand_id, f.channel_id, f.content, f.origins, f.is_open, f.version, f.changed_at,
    ch.address AS answers_from, (ch.settings->>'answers_by')::bigint AS mailbox_id, ch.team_id,
    coalesce((ch.settings->>'acknowledge')::boolean, true) AS acknowledges, b.name AS brand_name
FROM forms_form f JOIN channels_channel ch ON ch.id = f.channel_id JOIN company_brand b ON b.id = f.brand_id
"""


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form with how it is answered. `answers_from` is the address that the customer is answered from."""

    id: int
    address: str
    slug: str
    name: str
    brand: int
    brand_name: str
    channel: int
    mailbox: int | None
    team: int | None
    answers_from: str
    acknowledges: bool
    content: Content
    origins: tuple[str, ...]
    is_open: bool
    version: int
    changed_at: datetime


def forms() -> list[FormRow]:
    """Every form, those that are open first, by name."""
    return [_form(row) for row in db.rows(_FORM + " ORDER BY NOT f.is_open, lower(f.name), f.id")]


def form_by_id(key: int) -> FormRow | None:
    found = db.row(_FORM + " WHERE f.id = %s", [key])
    return _form(found) if found else None


def form_at(name: str) -> FormRow | None:
    """By its public address or its slug; whether it is open is the reader's to ask."""
    found = db.row(
        _FORM
        + " WHERE f.address = %(name)s OR (f.slug <> '' AND f.slug = %(name)s) ORDER BY f.address <> %(name)s LIMIT 1",
        {"name": name},
    )
    return _form(found) if found else None


def files_held(submission: str) -> list[FileHeld]:
    """The files that were chosen so far, in that order."""
    rows = db.rows(
        "SELECT id, field, file_id, name, media_type, size FROM forms_heldfile WHERE submission = %s ORDER BY id",
        [held_name(submission)],
    )
    return [FileHeld(row.id, row.field, row.file_id, row.name, row.media_type, row.size) for row in rows]


def recently_sent(sources: list[str], *, since: datetime) -> int:
    """The most that any of these sources has sent since then."""
    return int(
        db.value(
            """SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM forms_sending
               WHERE source = ANY(%s) AND at > %s GROUP BY source) counted""",
            [sources, since],
        )
    )


def what_became(submission: str) -> Any | None:
    """What was made of a form that was sent: status, number (of the case it stands in), conversation, customer, digest, sender."""
    return db.row(
        """SELECT i.status, c.number, c.id AS conversation, c.customer_id, c.language, i.file_id AS digest, i.sender, i.channel_id
           FROM channels_inbound i LEFT JOIN conversations_message m ON m.id = i.message_key
           LEFT JOIN conversations_conversation c ON c.id = m.conversation_id WHERE i.spool_name = %s""",
        [spool_name(submission)],
    )


def spool_name(submission: str) -> str:
    """The unique key of what was sent: the same however often it comes, and no way back to the submission itself."""
    return f"form-{hashlib.sha256(submission.encode()).hexdigest()[:40]}"


def held_name(submission: str) -> str:
    return hashlib.sha256(f"held {submission}".encode()).hexdigest()[:40]


def _form(row: Any) -> FormRow:
    return FormRow(
        row.id, row.address, row.slug, row.name, row.brand_id, row.brand_name, row.channel_id, row.mailbox_id, row.team_id,
        row.answers_from, row.acknowledges, content_from(row.content), tuple(row.origins), row.is_open, row.version, row.changed_at,
    )  # fmt: skip
