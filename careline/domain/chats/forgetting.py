"""Visitors who are erased: what they said stands in their cases and goes with those; this is what is kept beside them."""

from __future__ import annotations

from collections.abc import Sequence

from careline.kit import db

_THEIRS = """SELECT id FROM chats_visitor WHERE customer_id = ANY(%(people)s)
             UNION SELECT visitor_id FROM chats_thread WHERE conversation_id = ANY(%(cases)s)"""
_EMPTY_VISITORS = """
UPDATE chats_visitor SET name = '', mail = '', subject = '', is_identified = false, digest = encode(sha256(uuid_send(gen_random_uuid())), 'hex')
WHERE id = ANY(%s)
"""
_EMPTY_THREADS = """
UPDATE chats_thread SET fields = '{}', mail = '', comment = '', transcript_to = '', mail_due_at = NULL WHERE visitor_id = ANY(%s)
"""


def forget_visitors(people: Sequence[int], cases: Sequence[int]) -> list[str]:
    """Before the cases go. A talk that stays as a figure keeps its moments and its score; the browser is a stranger again.

    The digests of files that nobody else may name any more.
    """
    named = {"people": list(people), "cases": list(cases)}
    theirs = [[row.id for row in db.rows(_THEIRS, named)]]
    files = db.rows("DELETE FROM chats_upload WHERE visitor_id = ANY(%s) RETURNING file_id", theirs)
    db.execute("DELETE FROM chats_identity WHERE visitor_id = ANY(%s)", theirs)
    db.execute(_EMPTY_THREADS, theirs)
    db.execute(_EMPTY_VISITORS, theirs)
    db.execute(
        """DELETE FROM chats_visitor v WHERE id = ANY(%s)
           AND NOT EXISTS (SELECT FROM chats_thread t WHERE t.visitor_id = v.id)""",
        theirs,
    )
    return [row.file_id for row in files]
