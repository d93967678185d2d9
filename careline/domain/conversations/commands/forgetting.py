"""Somebody who is erased leaves the cases of others: their messages are emptied, their name and addresses struck out.

Guarded: flows only; inside a transaction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from careline.domain.conversations.commands.figures import recount
from careline.domain.conversations.commands.removing import Removed, empty_messages, files_of
from careline.domain.conversations.commands.search_index import index_again
from careline.kit import db

STRUCK = "[erased]"
_WORDS = ("subject", "text", "html", "visible_text", "quoted", "signature")
_PEOPLE = ("reply_to", "to", "cc", "bcc")
_READ = """
SELECT id, author_kind, author_id, sender, reply_to, "to", cc, bcc, subject, text, html, visible_text, quoted, signature, bounce
FROM conversations_message WHERE conversation_id = ANY(%s) ORDER BY id FOR UPDATE
"""
_WRITE = """
UPDATE conversations_message SET sender = %(sender)s, reply_to = %(reply_to)s, "to" = %(to)s, cc = %(cc)s, bcc = %(bcc)s,
    subject = %(subject)s, text = %(text)s, html = %(html)s, visible_text = %(visible_text)s, quoted = %(quoted)s,
    signature = %(signature)s, bounce = %(bounce)s
WHERE id = %(id)s
"""


def leave_cases(
    cases: Sequence[int], *, people: Sequence[int], addresses: Sequence[str], names: Sequence[str]
) -> Removed:
    """What these people (one person, all that were merged) wrote in cases of others goes, and wherever they are named.

    What others quoted after they had written goes as well: quotes hold their words. `numbers` of the answer: the cases.
    """
    found = db.rows(_READ, [list(cases)])
    own = [row.id for row in found if row.author_kind == "customer" and row.author_id in people]
    removed = Removed(messages=len(own), message_ids=own)
    removed.attachments, removed.digests = files_of(own)
    empty_messages(own)
    pattern = _pattern([*addresses, *names])
    first = min(own, default=None)
    struck = [row.id for row in found if row.id not in own and _strike(row, pattern, addresses, first)]
    _leave_belongings(cases, people, addresses)
    for case in cases:
        _strike_case(case, pattern)
    index_again(struck)
    return removed


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Addresses and whole names; a name of one short word would strike out half of what others wrote."""
    wanted = sorted({word for word in words if "@" in word or len(word) > 3}, key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in wanted) or r"(?!)", re.IGNORECASE)


def _strike(row: Any, pattern: re.Pattern[str], addresses: Sequence[str], first: int | None) -> bool:
    """Whether something in another's message had to go."""
    lower = {address.lower() for address in addresses}
    new: dict[str, Any] = {name: pattern.sub(STRUCK, getattr(row, name)) for name in _WORDS}
    if first is not None and row.id > first and row.quoted:
        new |= {"quoted": "", "html": "", "text": new["visible_text"]}
    for name in _PEOPLE:
        new[name] = [party for party in getattr(row, name) if str(party.get("value", "")).lower() not in lower]
    new["sender"] = {} if str(row.sender.get("value", "")).lower() in lower else row.sender
    new["bounce"] = None if row.bounce and any(word in str(row.bounce).lower() for word in lower) else row.bounce
    if all(getattr(row, name) == value for name, value in new.items()):
        return False
    people = {name: db.json(new[name]) for name in (*_PEOPLE, "sender")}
    bounce = db.json(new["bounce"]) if new["bounce"] is not None else None
    db.execute(_WRITE, {**new, **people, "bounce": bounce, "id": row.id})
    return True


def _leave_belongings(cases: Sequence[int], people: Sequence[int], addresses: Sequence[str]) -> None:
    db.execute(
        """DELETE FROM conversations_participant WHERE conversation_id = ANY(%s)
           AND (customer_id = ANY(%s) OR lower(value) = ANY(%s))""",
        [list(cases), list(people), [address.lower() for address in addresses]],
    )
    for statement in (
        "DELETE FROM conversations_undo WHERE conversation_id = ANY(%s)",
        "DELETE FROM conversations_draft WHERE conversation_id = ANY(%s)",
        "DELETE FROM conversations_upload WHERE conversation_id = ANY(%s)",
        "DELETE FROM conversations_transcript WHERE conversation_id = ANY(%s)",
        "UPDATE conversations_merge SET before = '{}' WHERE into_id = ANY(%s)",
        """UPDATE conversations_delivery d SET refused = '{}', remaining = NULL, server_words = '' FROM conversations_message m
           WHERE m.id = d.message_id AND m.conversation_id = ANY(%s) AND d.state NOT IN ('held', 'scheduled', 'queued', 'sending')""",
    ):
        db.execute(statement, [list(cases)])


def _strike_case(case: int, pattern: re.Pattern[str]) -> None:
    subject = db.value("SELECT subject FROM conversations_conversation WHERE id = %s FOR UPDATE", [case])
    db.execute(
        "UPDATE conversations_conversation SET subject = %s, hint = NULL WHERE id = %s",
        [pattern.sub(STRUCK, subject), case],
    )
    recount(case)


def forget_automatic_answers(addresses: Sequence[str]) -> None:
    """The count of automatic answers to these addresses."""
    db.execute("DELETE FROM conversations_autoreply WHERE address = ANY(%s)", [list(addresses)])


def mails_in(cases: Sequence[int]) -> list[int]:
    """What came in by mail in these cases: as raw messages they name the person in To or Cc, or quote them."""
    found = db.rows(
        "SELECT id FROM conversations_message WHERE conversation_id = ANY(%s) AND kind = 'incoming' ORDER BY id",
        [list(cases)],
    )
    return [row.id for row in found]


def numbers_of(cases: Sequence[int]) -> list[int]:
    found = db.rows("SELECT number FROM conversations_conversation WHERE id = ANY(%s) ORDER BY number", [list(cases)])
    return [row.number for row in found]
