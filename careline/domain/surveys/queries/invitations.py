"""Invitations: by the link in a letter, and what has to be known before somebody is asked."""

from __future__ import annotations

from typing import Any

from careline.domain.surveys.rules.asking import CaseFacts
from careline.domain.surveys.rules.links import digest_of
from careline.kit import db


def invitation_by_token(token: str) -> Any | None:
    """What a link of ours asks about, with its questionnaire and its case; None for any other word."""
    return db.row(
        """SELECT i.*, s.kind, s.change_hours, s.low_at_most, v.content, c.number, cu.merged_into_id, cu.erased_at
           FROM surveys_invitation i JOIN surveys_survey s ON s.id = i.survey_id
           JOIN surveys_version v ON v.survey_id = i.survey_id AND v.version = i.version
           JOIN conversations_conversation c ON c.id = i.conversation_id
           LEFT JOIN customers_customer cu ON cu.id = i.customer_id
           WHERE i.digest = %s AND i.state IN ('sent', 'answered')""",
        [digest_of(token)],
    )


def invitation_by_id(key: int) -> Any | None:
    """With its questionnaire."""
    return db.row(
        """SELECT i.id, v.content FROM surveys_invitation i
           JOIN surveys_version v ON v.survey_id = i.survey_id AND v.version = i.version WHERE i.id = %s""",
        [key],
    )


def facts_for(invitation: Any) -> CaseFacts | None:
    """What decides whether the customer of this invitation is asked; None where the case is gone."""
    found = db.row(_FACTS, {"case": invitation.conversation_id, "resolved": invitation.resolved_at})
    if found is None:
        return None
    return CaseFacts(
        found.category == "resolved", found.resolved_at == invitation.resolved_at, found.merged_into_id is not None, found.is_spam,
        found.customer_id, found.has_written, found.was_answered, found.is_automatic, found.has_opted_out, found.has_answered,
        found.asked_at,
    )  # fmt: skip


_FACTS = """
SELECT c.category, c.resolved_at, c.merged_into_id, c.is_spam, c.customer_id,
    EXISTS (SELECT FROM conversations_message m WHERE m.conversation_id = c.id AND m.kind = 'incoming' AND m.auto_reply = '') AS has_written,
    EXISTS (SELECT FROM conversations_message m LEFT JOIN conversations_delivery d ON d.message_id = m.id
            WHERE m.conversation_id = c.id AND m.kind = 'reply' AND m.author_kind IN ('agent', 'bot') AND m.auto_reply = ''
              AND coalesce(d.state, '') <> 'cancelled') AS was_answered,
    coalesce((SELECT m.auto_reply <> '' OR m.data ? 'mailing_list' OR m.data ? 'stranger' OR m.authenticity->>'dmarc' = 'fail'
              FROM conversations_message m WHERE m.conversation_id = c.id AND m.kind = 'incoming'
              ORDER BY m.created_at DESC, m.id DESC LIMIT 1), false) AS is_automatic,
    EXISTS (SELECT FROM surveys_optout o JOIN customers_customer p ON p.id = o.customer_id
            WHERE c.customer_id IN (p.id, p.merged_into_id))
        OR coalesce('email' = ANY(cu.do_not_contact), false) OR cu.erased_at IS NOT NULL AS has_opted_out,
    EXISTS (SELECT FROM surveys_answer a WHERE a.conversation_id = c.id AND (a.resolved_at = %(resolved)s
            OR a.via = 'chat' AND a.answered_at > %(resolved)s - interval '1 day')) AS has_answered,
    (SELECT max(i.sent_at) FROM surveys_invitation i WHERE i.customer_id IN (
        SELECT p.id FROM customers_customer p WHERE p.id = c.customer_id OR p.merged_into_id = c.customer_id)) AS asked_at
FROM conversations_conversation c LEFT JOIN customers_customer cu ON cu.id = c.customer_id WHERE c.id = %(case)s
"""


def opted_out(customers: list[int]) -> set[int]:
    """Those of them who do not want to be asked, or written to without need."""
    found = db.rows("SELECT customer_id FROM surveys_optout WHERE customer_id = ANY(%s)", [customers])
    return {row.customer_id for row in found}
