"""What stands on a case of what was promised for it: written from above, by those who keep the clocks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from careline.kit import db

# The version stays: a clock that moves is no change of the case that an undo, or somebody who writes, could cross with.
_NOTE = """
UPDATE conversations_conversation c SET next_due_at = n.due, due_kind = n.kind, first_response_due_at = n.first,
    resolution_due_at = n.resolution
FROM jsonb_to_recordset(%s) AS n (id bigint, due timestamptz, kind text, first timestamptz, resolution timestamptz)
WHERE c.id = n.id
"""


def note_due(rows: Iterable[dict[str, Any]]) -> None:
    """Writes when the next thing is due, and of which kind: `id`, `due`, `kind`, `first` and `resolution` of each case."""
    written = list(rows)
    if written:
        db.send(_NOTE, [db.json(written)])
