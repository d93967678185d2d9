"""The words that messages hold, counted for mending what is misspelt. An approximation: a sample says enough."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from careline.kit import db
from careline.kit.search.spelling import LONGEST, SHORTEST, neighbours

COUNTED_WHOLLY = 50_000
"""Where there are more messages than this, one of eight is counted."""
_ONE_OF = 8
RARE = 3
"""A word that stands in fewer of the messages counted is likely misspelt itself, and never offered."""
_WORDS = f"""
SELECT word, count(*) AS count FROM conversations_message m, unnest(tsvector_to_array(m.vector)) AS word
WHERE m.id = ANY(%s) AND word ~ '^[[:alpha:]]{{{SHORTEST},{LONGEST}}}$' GROUP BY word ORDER BY word
"""


def count_words_of(messages: Sequence[int]) -> int:
    """Counts the words of new messages; how many messages were looked at."""
    sample = _sample(messages)
    if not sample:
        return 0
    with transaction.atomic():
        found = {row.word: row.count for row in db.rows(_WORDS, [sample])}
        counted = db.rows(
            """INSERT INTO desk_word AS w (word, count, near) SELECT n.word, n.count, '{}' FROM unnest(%s::text[], %s::int[]) AS n (word, count)
               ON CONFLICT (word) DO UPDATE SET count = w.count + excluded.count RETURNING w.word, w.count >= %s AND w.near = '{}' AS is_known""",
            [list(found), list(found.values()), RARE],
        )
        # Only a word that came up a few times is offered; the many that never do are not worth being found.
        known = [{"word": row.word, "near": neighbours(row.word)} for row in counted if row.is_known]
        db.execute(
            "UPDATE desk_word w SET near = n.near FROM jsonb_to_recordset(%s) AS n (word text, near text[]) WHERE w.word = n.word",
            [db.json(known)],
        )
    return len(sample)


def _sample(messages: Sequence[int]) -> list[int]:
    many = db.value(
        "SELECT reltuples > %s FROM pg_class WHERE oid = 'conversations_message'::regclass", [COUNTED_WHOLLY]
    )
    return [key for key in messages if not many or key % _ONE_OF == 0]
