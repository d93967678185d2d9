"""Cases and messages as the API lists them: whole rows, every join done once, keyset paging."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.staff.rules import Person, reach_of
from careline.kit import db
from careline.kit.search import words_of

MOST_WORDS = 16
_CASE = """
SELECT c.id, c.number, c.subject, s.code AS status_code, s.name AS status_names, c.category, c.is_spam, c.priority, c.channel_id,
    ch.kind AS channel_kind, ch.name AS channel_name, ch.address AS channel_address, c.customer_id, cu.name AS customer_name,
    (SELECT ad.value FROM customers_address ad WHERE ad.customer_id = c.customer_id
     ORDER BY ad.is_primary DESC, ad.id LIMIT 1) AS customer_address,
    c.assignee_id, ag.name AS assignee_name, ag.email AS assignee_email, c.team_id, t.name AS team_name,
    CASE WHEN c.tag_ids <> '{}' THEN ARRAY(SELECT g.name FROM conversations_tag g WHERE g.id = ANY(c.tag_ids) ORDER BY lower(g.name))
         ELSE '{}' END AS tags,
    c.created_at, c.updated_at, c.first_response_due_at, c.first_responded_at, c.resolution_due_at, c.resolved_at, c.waiting_since,
    c.next_due_at, c.due_kind, c.snoozed_until, c.language, c.last_snippet, c.last_message_id, c.message_count, c.has_attachment,
    c.hint, c.version, c.merged_into_id
FROM page c JOIN conversations_status s ON s.id = c.status_id
LEFT JOIN channels_channel ch ON ch.id = c.channel_id
LEFT JOIN customers_customer cu ON cu.id = c.customer_id
LEFT JOIN staff_agent ag ON ag.id = c.assignee_id
LEFT JOIN staff_team t ON t.id = c.team_id
"""
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


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What a list is narrowed by; None leaves it open. `assignee`, `team`: 0 means nobody, none.

    `status`: a category, `spam`, or a status by code or name. `changed_since` also turns the order round: oldest change first.
    """

    status: str | None = None
    assignee: int | None = None
    team: int | None = None
    team_name: str | None = None
    tag: str | None = None
    customer: int | None = None
    customer_address: str | None = None
    words: str | None = None
    changed_since: datetime | None = None


def cases_page(person: Person, wanted: CaseFilter, *, after: tuple[datetime, int] | None, limit: int) -> list[Any]:
    """The cases a person may see, the latest change first, after the given (updated_at, number); merged ones left out."""
    condition, params = visible(reach_of(person, "conversation:read"))
    parts = [condition, "c.merged_into_id IS NULL"]
    for part, values in _narrowed(wanted):
        parts.append(part)
        params |= values
    is_forward = wanted.changed_since is not None
    if after is not None:
        parts.append("(c.updated_at, c.number) " + (">" if is_forward else "<") + " (%(after_at)s, %(after_number)s)")
        params |= {"after_at": after[0], "after_number": after[1]}
    condition = " AND ".join(parts)
    order = "c.updated_at, c.number" if is_forward else "c.updated_at DESC, c.number DESC"
    return db.rows(
        f"""WITH page AS MATERIALIZED (
                SELECT c.* FROM conversations_conversation c WHERE {condition} ORDER BY {order} LIMIT %(limit)s)
            {_CASE} ORDER BY {order}""",
        {**params, "limit": limit},
    )


def case_row(person: Person, number: int) -> Any | None:
    """One case as a list shows it; None for absent and not theirs alike."""
    condition, params = visible(reach_of(person, "conversation:read"))
    return db.row(
        f"""WITH page AS (SELECT c.* FROM conversations_conversation c WHERE c.number = %(number)s AND {condition}) {_CASE}""",
        {**params, "number": number},
    )


def case_row_as_it_stands(number: int) -> Any | None:
    """The same for whoever has just changed it, who may see it no longer (it went to another team)."""
    return db.row(f"WITH page AS (SELECT c.* FROM conversations_conversation c WHERE c.number = %s) {_CASE}", [number])


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
        _MESSAGE + "WHERE m.conversation_id = %s AND m.id = ANY(%s) ORDER BY m.created_at, m.id", [conversation, ids]
    )


def _narrowed(wanted: CaseFilter) -> list[tuple[str, dict[str, Any]]]:
    """Each given filter as a condition with its parameters."""
    found: list[tuple[str, dict[str, Any]]] = []
    if wanted.status is not None:
        found.append(_of_status(wanted.status))
    for column, value in (("assignee_id", wanted.assignee), ("team_id", wanted.team), ("customer_id", wanted.customer)):
        if value == _NOBODY:
            found.append((f"c.{column} IS NULL", {}))
        elif value is not None:
            found.append((f"c.{column} = %({column})s", {column: value}))
    if wanted.team_name is not None:
        named = "(SELECT t.id FROM staff_team t WHERE lower(t.name) = lower(%(team_name)s))"
        found.append((f"c.team_id IN {named}", {"team_name": wanted.team_name}))
    if wanted.tag is not None:
        known = "ARRAY(SELECT g.id FROM conversations_tag g WHERE lower(g.name) = lower(%(tag)s))"
        found.append((f"c.tag_ids && {known}", {"tag": wanted.tag}))
    if wanted.customer_address is not None:
        whose = "(SELECT ad.customer_id FROM customers_address ad WHERE ad.value = %(address)s)"
        found.append((f"c.customer_id IN {whose}", {"address": wanted.customer_address}))
    if wanted.words is not None:
        found.append(_of_words(wanted.words))
    if wanted.changed_since is not None:
        found.append(("c.updated_at >= %(since)s", {"since": wanted.changed_since}))
    return found


def _of_status(status: str) -> tuple[str, dict[str, Any]]:
    if status == "spam":
        return "c.is_spam", {}
    if status in ("open", "waiting", "resolved"):
        return "c.category = %(status)s AND NOT c.is_spam", {"status": status}
    named = "EXISTS (SELECT FROM jsonb_each_text(s.name) AS n WHERE lower(n.value) = lower(%(status)s))"
    meant = f"(SELECT s.id FROM conversations_status s WHERE s.code = %(status)s OR {named})"
    return f"c.status_id IN {meant} AND NOT c.is_spam", {"status": status}


def _of_words(words: str) -> tuple[str, dict[str, Any]]:
    """All words stand in one message of the case. Text without any word finds nothing."""
    asked = list(dict.fromkeys(words_of(words)))[:MOST_WORDS]
    if not asked:
        return "false", {}
    quoted = " & ".join("'" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in asked)
    return "c.id IN (SELECT m.conversation_id FROM conversations_message m WHERE m.vector @@ %(words)s::tsquery)", {
        "words": quoted
    }
