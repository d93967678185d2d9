"""What was found, with its title and the piece of text that shows why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.desk.queries.search.people import People
from careline.kit import db
from careline.kit.search.snippets import Marks, snippet

Pieces = list[tuple[str, bool]]
_CHARACTERS = 40_000
_MESSAGES = """
SELECT m.id, m.kind, m.created_at, m.subject, left(CASE WHEN m.visible_text = '' THEN m.text ELSE m.visible_text END, %(most)s) AS text,
    m.sender->>'name' AS sender_name, m.sender->>'value' AS sender_address, a.name AS agent_name,
    c.number, c.subject AS case_subject, c.category, c.channel_id, cu.name AS customer_name,
    ARRAY(SELECT f.name FROM conversations_attachment f WHERE f.message_id = m.id ORDER BY f.position, f.id) AS files
FROM conversations_message m JOIN conversations_conversation c ON c.id = m.conversation_id
LEFT JOIN customers_customer cu ON cu.id = c.customer_id
LEFT JOIN staff_agent a ON m.author_kind = 'agent' AND a.id = m.author_id
WHERE m.id = ANY(%(keys)s) ORDER BY m.created_at DESC, m.id DESC
"""
_FILE_TEXTS = """
SELECT a.message_id, a.name, left(t.text, %(most)s) AS text FROM conversations_attachment a
JOIN conversations_filetext t ON t.digest = a.file_id WHERE a.message_id = ANY(%(keys)s) AND t.text <> '' ORDER BY a.position, a.id
"""
_CASES = """
SELECT c.id, c.number, c.subject AS case_subject, c.category, c.updated_at, c.last_snippet, cu.name AS customer_name
FROM conversations_conversation c LEFT JOIN customers_customer cu ON cu.id = c.customer_id
WHERE c.id = ANY(%(keys)s) ORDER BY c.updated_at DESC, c.number DESC
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """`type`: message, note, conversation (no words were asked), customer, company. `key` is its id, of a conversation its number.

    `title` and `snippet` are (piece, whether it is marked); `who` wrote it or is it about; `file` holds the words where the
    message itself does not.
    """

    type: str
    key: int
    title: Pieces
    snippet: Pieces
    at: datetime
    number: int | None = None
    who: str = ""
    category: str = ""
    file: str = ""


def hits_of_messages(keys: list[int], marks: Marks) -> list[Hit]:
    if not keys:
        return []
    rows = db.rows(_MESSAGES, {"keys": keys, "most": _CHARACTERS})
    shown = {row.id: snippet(row.text, marks) for row in rows}
    lacking = [row.id for row in rows if row.files and _marked_words(shown[row.id]) < max(1, len(marks.words))]
    files = _files_with(lacking, marks, shown) if lacking else {}
    return [_hit_of_message(row, files.get(row.id, ("", shown[row.id])), marks) for row in rows]


def hits_of_cases(keys: list[int]) -> list[Hit]:
    if not keys:
        return []
    nothing = Marks()
    return [
        Hit("conversation", row.number, snippet(row.case_subject, nothing), snippet(row.last_snippet, nothing), row.updated_at,
            row.number, row.customer_name or "", row.category)
        for row in db.rows(_CASES, {"keys": keys})
    ]  # fmt: skip


def hits_of_people(kind: str, people: People, marks: Marks) -> list[Hit]:
    return [
        Hit(kind, row.id, snippet(row.name or row.detail or "", marks), snippet(row.detail or "", marks), row.at)
        for row in people.rows
    ]


def _hit_of_message(row: Any, found: tuple[str, Pieces], marks: Marks) -> Hit:
    file, pieces = found
    return Hit(
        "note" if row.kind == "note" else "message", row.id, snippet(row.case_subject or row.subject, marks), pieces, row.created_at,
        row.number, row.agent_name or row.sender_name or row.sender_address or row.customer_name or "", row.category, file,
    )  # fmt: skip


def _files_with(messages: list[int], marks: Marks, shown: dict[int, Pieces]) -> dict[int, tuple[str, Pieces]]:
    """Of each message the file that shows more of the words than the message itself."""
    found: dict[int, tuple[str, Pieces]] = {}
    for row in db.rows(_FILE_TEXTS, {"keys": messages, "most": _CHARACTERS}):
        pieces = snippet(row.text, marks)
        best = found[row.message_id][1] if row.message_id in found else shown[row.message_id]
        if _marked_words(pieces) > _marked_words(best):
            found[row.message_id] = (row.name, pieces)
    return found


def _marked_words(pieces: Pieces) -> int:
    return len({piece.casefold() for piece, is_marked in pieces if is_marked})
