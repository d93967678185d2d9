"""What the desk keeps of other packages' words goes with them: the vocabulary, and what was searched for."""

from __future__ import annotations

from collections.abc import Sequence

from careline.kit import db

_ONLY_THERE = """
DELETE FROM desk_word w WHERE word = ANY(%(words)s) AND count <= %(most)s AND NOT EXISTS (
    SELECT FROM conversations_message m WHERE m.vector @@ quote_literal(w.word)::tsquery)
"""


def forget_words(words: Sequence[str], *, most: int) -> int:
    """Words that no message holds any more leave the vocabulary; one counted more often than `most` was others' too."""
    return db.execute(_ONLY_THERE, {"words": list(words), "most": most})


def forget_searches(words: Sequence[str]) -> int:
    """What agents searched for lately and names one of these."""
    patterns = [
        "%" + word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%" for word in words if word
    ]
    return db.execute("DELETE FROM desk_recentsearch WHERE words ILIKE ANY(%s)", [patterns])
