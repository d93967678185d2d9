"""A customer's requests as they may see them.

One rule for all: one sees what one said, and what was said to one, on addresses that were proven. Whoever is entitled sees
the same of everybody at their company. Notes, side conversations, letters to third parties, blind copies, what has not left
yet and what was taken back are nobody's outside. docs/why/portal.md says it case by case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.customers.rules.portal import Viewer
from careline.kit import db
from careline.kit.search import words_of

SHOWN = 25
_MOST_OF_A_REQUEST = 500

_LEFT = "(d.message_id IS NULL OR d.state IN ('sent', 'uncertain', 'failed', 'bounced'))"
# What an agent wrote down of a call or a visit is our own record, and no letter to anybody.
_LETTERS = f"""m.visibility = 'public' AND m.kind IN ('incoming', 'reply') AND {_LEFT} AND NOT (m.data ? 'recorded_by')
    AND m.data->'forward' IS DISTINCT FROM 'true'::jsonb"""
# They chatted, and said that answers reach them at an address that was proven to be theirs since.
_CHATTED = """EXISTS (SELECT FROM chats_thread t JOIN chats_visitor v ON v.id = t.visitor_id WHERE t.conversation_id = c.id
    AND lower(CASE WHEN v.is_identified AND v.mail <> '' THEN v.mail ELSE t.mail END) = ANY(%(addresses)s))"""
_OWN = f"(c.customer_id = ANY(%(people)s) OR {_CHATTED})"
_MINE = f"""(
    (m.kind = 'incoming' AND lower(m.sender->>'value') = ANY(%(addresses)s))
    OR (m.kind = 'incoming' AND m.author_kind = 'customer' AND m.author_id = ANY(%(people)s) AND m.sender->>'kind' IS DISTINCT FROM 'email')
    OR (m.kind = 'incoming' AND m.sender->>'kind' = 'chat' AND {_CHATTED})
    OR (EXISTS (SELECT FROM jsonb_array_elements(m."to" || m.cc) p WHERE lower(p->>'value') = ANY(%(addresses)s))
        AND NOT (m.data ? 'copy_of_chat' AND {_CHATTED}))
    OR (m.kind = 'reply' AND {_OWN}
        AND NOT EXISTS (SELECT FROM jsonb_array_elements(m."to" || m.cc) p WHERE p->>'kind' = 'email')))"""
_TAKES_PART = f"""({_OWN} OR EXISTS (
    SELECT FROM conversations_participant p WHERE p.conversation_id = c.id AND p.state = 'active'
        AND lower(p.value) = ANY(%(addresses)s)))"""
_OF_COMPANY = """(%(organisation)s::bigint IS NOT NULL AND NOT c.is_spam AND c.restricted_to IS NULL
    AND cu.organisation_id = %(organisation)s
    AND NOT EXISTS (SELECT FROM customers_portal r WHERE r.brand_id = c.brand_id AND NOT r.has_company_view))"""
# Of a colleague: what they said, and what was said to them by mail.
_OF_COLLEAGUE = """(m.author_kind = 'customer' AND m.kind = 'incoming' AND EXISTS (
        SELECT FROM customers_customer w WHERE w.id = m.author_id AND w.organisation_id = %(organisation)s)
    OR EXISTS (SELECT FROM jsonb_array_elements(m."to" || m.cc) p JOIN customers_address a ON a.kind = 'email' AND a.value = p->>'value'
        JOIN customers_customer w ON w.id = a.customer_id AND w.organisation_id = %(organisation)s)
    OR (m.kind = 'reply' AND NOT EXISTS (SELECT FROM jsonb_array_elements(m."to" || m.cc) p WHERE p->>'kind' = 'email')))"""
_SEEN = f"({_LETTERS} AND ((NOT c.is_spam OR c.customer_id = ANY(%(people)s)) AND {_TAKES_PART} AND {_MINE} OR {_OF_COMPANY} AND {_OF_COLLEAGUE}))"
# At the install's address stand the requests of all brands, but those of brands that let nobody in.
_WHOLE = """c.side_of_id IS NULL AND c.merged_into_id IS NULL AND (c.brand_id = %(brand)s OR %(brand)s::bigint IS NULL
    AND NOT EXISTS (SELECT FROM customers_portal r WHERE r.brand_id = c.brand_id AND r.who = 'nobody'))"""
_NEAR = """
    SELECT id FROM conversations_conversation WHERE customer_id = ANY(%(people)s)
    UNION SELECT conversation_id FROM conversations_message WHERE vector @@ %(named)s::tsquery
    UNION SELECT x.id FROM customers_customer w JOIN conversations_conversation x ON x.customer_id = w.id
        WHERE w.organisation_id = %(organisation)s"""
_JOINED = """conversations_message m JOIN conversations_conversation c ON c.id = m.conversation_id
    LEFT JOIN customers_customer cu ON cu.id = c.customer_id LEFT JOIN conversations_delivery d ON d.message_id = m.id"""
_REQUEST = f"""
SELECT c.id, c.number, c.subject, c.category, c.is_spam, c.resolved_at, c.created_at, c.customer_id, c.channel_id, c.brand_id, c.team_id,
    c.version, said.last_at, said.last_kind, said.is_answered, said.messages, said.first_subject, cu.name AS customer_name,
    {_OWN} AS is_own, {_TAKES_PART} AS takes_part
FROM (
    SELECT m.conversation_id, max(m.created_at) AS last_at, count(*) AS messages,
        (array_agg(m.kind ORDER BY m.created_at DESC, m.id DESC))[1] AS last_kind,
        bool_or(m.kind = 'reply' AND m.auto_reply = '') AS is_answered,
        (array_agg(m.subject ORDER BY m.created_at, m.id))[1] AS first_subject
    FROM {_JOINED}
    WHERE m.conversation_id IN ({_NEAR}) AND (%(number)s::bigint IS NULL OR c.number = %(number)s) AND {_SEEN}
      AND (%(like)s = '' OR c.number::text = %(asked)s OR m.subject ILIKE %(like)s OR m.text ILIKE %(like)s)
    GROUP BY m.conversation_id
) said JOIN conversations_conversation c ON c.id = said.conversation_id LEFT JOIN customers_customer cu ON cu.id = c.customer_id
"""
_PAGE = f"""{_REQUEST} WHERE {_WHOLE}
  AND (%(state)s = '' OR (c.category = 'resolved' AND NOT c.is_spam) = (%(state)s = 'closed'))
  AND (%(only_mine)s OR %(organisation)s::bigint IS NULL OR NOT c.customer_id = ANY(%(people)s))
  AND (%(after_at)s::timestamptz IS NULL OR (said.last_at, c.number) < (%(after_at)s, %(after_number)s))
ORDER BY said.last_at DESC, c.number DESC LIMIT %(limit)s
"""
_MESSAGES = f"""
SELECT m.id, m.kind, m.author_kind, m.sender, m."to", m.cc, m.subject, m.text, m.visible_text, m.quoted, m.created_at, m.auto_reply,
    (m.kind = 'incoming' AND (lower(m.sender->>'value') = ANY(%(addresses)s) OR m.author_id = ANY(%(people)s)
        OR (m.sender->>'kind' = 'chat' AND {_CHATTED}))) AS is_mine,
    (SELECT json_agg(json_build_object('id', f.id, 'name', f.name, 'media_type', f.media_type, 'size', f.size) ORDER BY f.position, f.id)
     FROM conversations_attachment f WHERE f.message_id = m.id) AS files
FROM {_JOINED} WHERE m.conversation_id = %(case)s AND {_SEEN} ORDER BY m.created_at DESC, m.id DESC LIMIT %(limit)s
"""
_FILE = f"""
SELECT f.id, f.name, f.media_type, f.size, f.file_id AS digest FROM conversations_attachment f JOIN ({_JOINED}) ON m.id = f.message_id
WHERE f.id = %(file)s AND {_SEEN} AND {_WHOLE}
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A page of the list: `state` open, closed or empty for all; `of_company`: of colleagues, instead of one's own."""

    state: str = ""
    words: str = ""
    of_company: bool = False
    after: tuple[datetime, int] | None = None


def requests_page(viewer: Viewer, asked: Asked, *, brand: int | None, limit: int = SHOWN) -> list[Any]:
    """The latest first; `brand` None for those of all brands."""
    words = asked.words.strip()[:200]
    like = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%" if words else ""
    return db.rows(_PAGE, {
        **_params(viewer if asked.of_company else _alone(viewer), brand), "number": None, "like": like, "asked": words.lstrip("#"),
        "state": asked.state, "only_mine": not asked.of_company, "after_at": asked.after[0] if asked.after else None,
        "after_number": asked.after[1] if asked.after else None, "limit": limit,
    })  # fmt: skip


def request_of(viewer: Viewer, number: int, *, brand: int | None) -> Any | None:
    """One request, or what it was merged into; None where it is not there or nothing of it is theirs to see."""
    number = _where_it_stands(number)
    return db.row(f"{_REQUEST} WHERE {_WHOLE}", {**_params(viewer, brand), "number": number, "like": "", "asked": ""})


def messages_of_request(viewer: Viewer, case: int) -> list[Any]:
    """What of it they may see, oldest first; of a very long one the newest."""
    return db.rows(_MESSAGES, {**_params(viewer, None), "case": case, "limit": _MOST_OF_A_REQUEST})[::-1]


def file_of_request(viewer: Viewer, key: int, *, brand: int | None) -> Any | None:
    return db.row(_FILE, {**_params(viewer, brand), "file": key})


def asked_address(conversation: int) -> str:
    """The mail address that a case was begun from, where its requester is reached by mail."""
    return (
        db.value(
            """SELECT value FROM conversations_participant WHERE conversation_id = %s AND role = 'requester' AND kind = 'email'
           AND state = 'active' ORDER BY id LIMIT 1""",
            [conversation],
        )
        or ""
    )


def is_on_a_case(address: str) -> bool:
    """Whether somebody with this mail address takes part in a case, though we may have them on file nowhere."""
    return bool(
        db.value(
            """SELECT EXISTS (SELECT FROM conversations_message m JOIN conversations_participant p ON p.conversation_id = m.conversation_id
               WHERE m.vector @@ %s::tsquery AND p.kind = 'email' AND p.state = 'active' AND lower(p.value) = %s)""",
            [_named((address,)), address.lower()],
        )
    )


def own_address_on(conversation: int, viewer: Viewer) -> str:
    """By which of their addresses they take part in a case; empty where by none."""
    return (
        db.value(
            """SELECT value FROM conversations_participant WHERE conversation_id = %s AND kind = 'email' AND state = 'active'
           AND lower(value) = ANY(%s) ORDER BY role = 'requester' DESC, id LIMIT 1""",
            [conversation, list(viewer.addresses)],
        )
        or ""
    )


def _where_it_stands(number: int) -> int:
    return (
        db.value(
            """SELECT coalesce(t.number, c.number) FROM conversations_conversation c
           LEFT JOIN conversations_conversation t ON t.id = c.merged_into_id AND c.side_of_id IS NULL WHERE c.number = %s""",
            [number],
        )
        or 0
    )


def _alone(viewer: Viewer) -> Viewer:
    return Viewer(viewer.customer, viewer.name, viewer.people, viewer.addresses)


def _params(viewer: Viewer, brand: int | None) -> dict[str, Any]:
    return {
        "people": list(viewer.people), "addresses": list(viewer.addresses), "organisation": viewer.organisation, "brand": brand,
        "named": _named(viewer.addresses),
    }  # fmt: skip


def _named(addresses: tuple[str, ...]) -> str:
    """A query for messages that bear one of these addresses in To or Cc (see conversations/rules/searchable.py)."""
    found = [f"{mark}={_word(address)}" for address in addresses for mark in ("t", "c", "f")]
    return " | ".join(f"'{word}'" for word in found) or "'='"


def _word(address: str) -> str:
    words = words_of(address)
    return (words[0] if words else "=").replace("\\", "\\\\").replace("'", "''")
