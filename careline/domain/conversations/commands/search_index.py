"""Keeping what messages are found by: indexed again where the rules changed, and the text inside attached files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands.messages import CONFIGS
from careline.domain.conversations.rules.searchable import VERSION, lexemes_of, stemmed_part
from careline.kit import db

MOST_CHARACTERS = 200_000
"""Of one file's text that is kept and found."""
TRIES = 2
CHUNK = 200
_CONTENT = """
SELECT m.id, m.subject, m.text, m.visible_text, m.sender, m."to", m.cc, c.subject AS case_subject, c.language,
    m.id = (SELECT f.id FROM conversations_message f WHERE f.conversation_id = m.conversation_id ORDER BY f.created_at, f.id LIMIT 1) AS is_first,
    ARRAY(SELECT a.name FROM conversations_attachment a WHERE a.message_id = m.id ORDER BY a.position, a.id) AS file_names,
    ARRAY(SELECT t.text FROM conversations_attachment a JOIN conversations_filetext t ON t.digest = a.file_id
          WHERE a.message_id = m.id AND t.text <> '' ORDER BY a.position, a.id) AS file_texts
FROM conversations_message m JOIN conversations_conversation c ON c.id = m.conversation_id
"""
_UPDATE = """
UPDATE conversations_message m SET vector = message_vector(string_to_array(n.words, ' '), n.stemmed, n.config::regconfig, n.mark),
    vector_version = %(version)s
FROM jsonb_to_recordset(%(new)s) AS n (id bigint, words text, stemmed text, config text, mark text) WHERE m.id = n.id
"""


@dataclass(frozen=True, slots=True)
class FileToRead:
    digest: str
    name: str
    media_type: str
    size: int


def index_outdated(*, limit: int = CHUNK) -> int:
    """Indexes some messages again whose words are of an older rule, the newest first; how many."""
    with transaction.atomic():
        found = db.rows(
            f"SELECT id FROM conversations_message WHERE vector_version < {VERSION} ORDER BY id DESC LIMIT %s FOR UPDATE SKIP LOCKED",
            [limit],
        )
        _index([row.id for row in found])
        note_files([row.id for row in found])
    return len(found)


def index_again(messages: Sequence[int]) -> None:
    """The words of these messages as they stand now, with the texts of their files."""
    for start in range(0, len(messages), CHUNK):
        with transaction.atomic():
            _index(messages[start : start + CHUNK])


def note_files(messages: Sequence[int]) -> list[int]:
    """Puts the attached files of messages up for reading; which messages carry one that was read before."""
    if not messages:
        return []
    db.execute(
        """INSERT INTO conversations_filetext (digest, state, text, version, attempts)
           SELECT DISTINCT file_id, 'waiting', '', 0, 0 FROM conversations_attachment WHERE message_id = ANY(%s) AND NOT is_inline
           ORDER BY 1 ON CONFLICT (digest) DO NOTHING""",
        [list(messages)],
    )
    found = db.rows(
        """SELECT DISTINCT a.message_id FROM conversations_attachment a JOIN conversations_filetext t ON t.digest = a.file_id
           WHERE a.message_id = ANY(%s) AND t.text <> ''""",
        [list(messages)],
    )
    return [row.message_id for row in found]


def file_to_read() -> FileToRead | None:
    """The next file that waits to be read; counted as tried, so that one that stops its reader comes up twice at most."""
    with transaction.atomic():
        db.execute(
            "UPDATE conversations_filetext SET state = 'failed' WHERE state = 'waiting' AND attempts >= %s", [TRIES]
        )
        found = db.row(
            """UPDATE conversations_filetext t SET attempts = attempts + 1
               WHERE digest = (SELECT digest FROM conversations_filetext WHERE state = 'waiting' ORDER BY attempts, digest LIMIT 1
                               FOR UPDATE SKIP LOCKED)
               RETURNING digest"""
        )
        if found is None:
            return None
        named = db.row(
            "SELECT name, media_type, size FROM conversations_attachment WHERE file_id = %s ORDER BY id LIMIT 1",
            [found.digest],
        )
    return FileToRead(found.digest, *(named or ("", "", 0)))


def keep_text(digest: str, *, state: str, text: str, at: datetime) -> int:
    """What was read in a file, found by from now on at every message that carries it; how many those are."""
    text = text.replace("\0", "")[:MOST_CHARACTERS]
    with transaction.atomic():
        db.execute(
            "UPDATE conversations_filetext SET state = %s, text = %s, version = %s, read_at = %s WHERE digest = %s",
            [state, text, VERSION, at, digest],
        )
        carriers = _carriers(digest) if text else []
        _index(carriers[:CHUNK])
        later = carriers[CHUNK:]
        if later:
            db.execute("UPDATE conversations_message SET vector_version = 0 WHERE id = ANY(%s)", [later])
    return len(carriers)


def forget_texts(digests: Sequence[str]) -> int:
    """What was read in these files is nobody's business any more (erasure); how many."""
    return db.execute("DELETE FROM conversations_filetext WHERE digest = ANY(%s)", [list(digests)])


def forget_unreferenced_texts(*, limit: int = 500) -> int:
    """Texts of files that no message carries any longer; how many."""
    return db.execute(
        """DELETE FROM conversations_filetext WHERE digest IN (
               SELECT t.digest FROM conversations_filetext t
               WHERE NOT EXISTS (SELECT FROM conversations_attachment a WHERE a.file_id = t.digest) LIMIT %s)""",
        [limit],
    )


def _carriers(digest: str) -> list[int]:
    found = db.rows(
        "SELECT DISTINCT message_id FROM conversations_attachment WHERE file_id = %s ORDER BY message_id DESC", [digest]
    )
    return [row.message_id for row in found]


def _index(messages: Sequence[int]) -> None:
    if not messages:
        return
    found = db.rows(_CONTENT + "WHERE m.id = ANY(%s) ORDER BY m.id", [list(messages)])
    db.execute(_UPDATE, {"new": db.json([_words_of(row) for row in found]), "version": VERSION})


def _words_of(row: Any) -> dict[str, Any]:
    text = row.visible_text or row.text
    renamed = row.is_first and row.case_subject != row.subject
    subject = f"{row.subject}\n{row.case_subject}" if renamed else row.subject
    words = lexemes_of(
        subject=subject, text=text, sender=row.sender, to=row.to, cc=row.cc, file_names=row.file_names, file_texts=row.file_texts
    )  # fmt: skip
    config = CONFIGS.get(row.language, "")
    return {
        "id": row.id,
        "words": " ".join(words),
        "stemmed": stemmed_part(subject, text, row.file_names, row.file_texts) if config else "",
        "config": config or "simple",
        "mark": row.language if config else "",
    }
