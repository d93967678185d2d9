"""Cases as the API's own query asks for them, and messages with everything that is shown of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from careline.domain.desk.queries.lists import case_keys, case_row, case_row_as_it_stands, rows_of
from careline.domain.desk.rules import Filter, Span
from careline.domain.desk.rules.filters import CATEGORIES
from careline.domain.staff.rules import Person
from careline.kit import db

__all__ = [
    "CaseFilter", "case_keys", "case_row", "case_row_as_it_stands", "cases_page", "messages_by_id", "messages_page",
]  # fmt: skip

_MESSAGE = """
SELECT m.id, m.kind, m.author_kind, m.author_id, m.sender, m."to", m.cc, m.bcc, m.subject, m.text, m.html, m.visible_text, m.external_id,
    m.in_reply_to, m.sent_at, m.created_at, m.authenticity, m.auto_reply, m.bounce, m.is_doubtful, m.data,
    m.channel_id, ch.kind AS channel_kind, ch.name AS channel_name, ch.address AS channel_address,
    coalesce(a.name, cu.name, '') AS author_name, d.state AS delivery, d.due_at, d.server_words,
    (SELECT json_agg(json_build_object('id', f.id::text, 'name', f.name, 'type', f.media_type, 'size', f.size,
        'inline', f.is_inline) ORDER BY f.position, f.id)
     FROM conversations_attachment f WHERE f.message_id = m.id) AS attachments
FROM conversations_message m
LEFT JOIN channels_channel ch ON ch.id = m.channel_id
LEFT JOIN conversations_delivery d ON d.message_id = m.id
LEFT JOIN staff_agent a ON m.author_kind = 'agent' AND a.id = m.author_id
LEFT JOIN customers_customer cu ON m.author_kind = 'customer' AND cu.id = m.author_id
"""
_NOBODY = 0
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""Nothing that this query can ask depends on what time it is."""


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What a list is narrowed by; None leaves it open. `assignee`, `team`, `topic`: 0 means nobody, none.

    `status`: a category, `spam`, or a status by code or name. `changed_since` also turns the order round: oldest change first.
    """

    status: str | None = None
    assignee: int | None = None
    team: int | None = None
    tag: str | None = None
    topic: int | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    customer: int | None = None
    customer_address: str | None = None
    words: str | None = None
    changed_since: datetime | None = None

    def as_filter(self) -> Filter:
        """The same as a view would ask it; snoozed cases stand in it, spam where no status is named."""
        is_spam, is_category = self.status == "spam", self.status in CATEGORIES
        customer = _customer_at(self.customer_address) if self.customer_address is not None else self.customer
        return Filter(
            categories=(self.status,) if is_category and self.status else (),
            statuses=(self.status,) if self.status and not is_spam and not is_category else (),
            assignee="" if self.assignee is None else str(self.assignee) if self.assignee != _NOBODY else "none",
            teams=() if self.team is None else (str(self.team),) if self.team != _NOBODY else ("none",),
            customer=customer, tags=(self.tag,) if self.tag is not None else (), text=self.words or "",
            topics=() if self.topic is None else (str(self.topic),) if self.topic != _NOBODY else ("none",), fields=self.fields,
            updated=Span(since=self.changed_since) if self.changed_since is not None else None,
            spam=is_spam, also_snoozed=True, also_spam=self.status is None,
        )  # fmt: skip


def cases_page(person: Person, wanted: CaseFilter, *, after: tuple[datetime, int] | None, limit: int) -> list[Any]:
    """The cases a person may see, the latest change first, after the given (updated_at, number); merged ones left out."""
    sort = "updated" if wanted.changed_since is None else "changed"
    return rows_of(wanted.as_filter(), person, at=_ANY_TIME, sort=sort, after=after, limit=limit).rows


def messages_page(conversation: int, *, after: tuple[datetime, int] | None = None, limit: int = 200) -> list[Any]:
    """The messages of a case with everything that is shown of them, oldest first."""
    return db.rows(
        _MESSAGE
        + """WHERE m.conversation_id = %(case)s
               AND (%(at)s::timestamptz IS NULL OR (m.created_at, m.id) > (%(at)s, %(id)s))
             ORDER BY m.created_at, m.id LIMIT %(limit)s""",
        {"case": conversation, "at": after[0] if after else None, "id": after[1] if after else None, "limit": limit},
    )


def messages_by_id(conversation: int, ids: list[int]) -> list[Any]:
    """Some messages of a case, oldest first."""
    return db.rows(
        _MESSAGE + "WHERE m.conversation_id = %s AND m.id = ANY(%s) ORDER BY m.created_at, m.id",
        [conversation, ids],
        prepared=True,
    )


def _customer_at(address: str) -> int:
    return db.value("SELECT customer_id FROM customers_address WHERE value = %s ORDER BY id LIMIT 1", [address]) or -1
