"""A call across processes that something about a visitor is news: for those who watch, kept nowhere."""

from __future__ import annotations

import json

from careline.kit import db

CHANNEL = "careline_visitors"
WHAT = ("began", "types", "stopped", "read", "moved", "came", "left", "queue")


def tell(visitor: int, what: str) -> None:
    db.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps({"visitor": visitor, "what": what})])


def heard(payload: str) -> tuple[int, str] | None:
    """(visitor, what) of a call; None for what is none."""
    try:
        said = json.loads(payload)
        visitor, what = int(said["visitor"]), str(said["what"])
    except (ValueError, KeyError, TypeError):
        return None
    return (visitor, what) if what in WHAT else None
