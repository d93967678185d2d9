"""What can be searched keeps up with what happens: files that came are put up for reading, words are counted, new subjects found."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.conversations.commands.search_index import (
    file_to_read,
    index_again,
    keep_text,
    note_files,
)
from careline.domain.conversations.queries.search_index import first_messages_of
from careline.domain.desk.vocabulary import count_words_of
from careline.domain.files.queries import content_of
from careline.domain.history.commands import move_cursor
from careline.domain.history.queries import cursor_of, happenings_after
from careline.kit.extraction.kinds import MOST_BYTES
from careline.kit.extraction.reader import Extracted, Reader
from careline.kit.storage import ContentMissing

READER = "search"
MOST_CHARACTERS = 200_000
"""Of a file's text."""
BATCH = 200
_ARRIVED = ("message.received", "message.queued", "note.added")


def follow(*, at: datetime) -> int:
    """Reads on in history, effects and cursor in one transaction; how many happenings it went past."""
    with transaction.atomic():
        batch = happenings_after(cursor_of(READER, locked=True), limit=BATCH)
        if not batch:
            return 0
        arrived = [happened.subject_key for happened in batch if happened.name in _ARRIVED]
        renamed = [
            h.conversation_id for h in batch if h.name == "conversation.renamed" and h.conversation_id is not None
        ]
        again = {*note_files(arrived), *first_messages_of(renamed)}
        index_again(sorted(again))
        count_words_of(arrived)
        move_cursor(READER, tx=batch[-1].tx, happening=batch[-1].id, at=at)
    return len(batch)


def read_file(reader: Reader, *, at: datetime) -> str:
    """Reads the next file that waits, in the reader's child process; the state it came to, empty where none waits."""
    waiting = file_to_read()
    if waiting is None:
        return ""
    found = Extracted("too_big") if waiting.size > MOST_BYTES else None
    if found is None:
        try:
            content = content_of(waiting.digest)
        except ContentMissing:
            found = Extracted("missing")
        else:
            found = reader.text_of(content, name=waiting.name, media_type=waiting.media_type, most=MOST_CHARACTERS)
    keep_text(waiting.digest, state=found.state, text=found.text, at=at)
    return found.state
