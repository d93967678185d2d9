"""What a case waits for before it may be resolved: written from above, by those who ask for it."""

from __future__ import annotations

from careline.kit import db


def note_approvals(conversation: int, *, waiting: int) -> None:
    """How many approvals wait on it. The version stays, as where a clock moves: no undo or answer crosses with it."""
    db.execute(
        "UPDATE conversations_conversation SET pending_approvals = %s WHERE id = %s AND pending_approvals <> %s",
        [waiting, conversation, waiting],
    )


def note_complaints(conversation: int, *, waiting: int) -> None:
    """How many complaints about it wait for their final answer."""
    db.execute(
        "UPDATE conversations_conversation SET open_complaints = %s WHERE id = %s AND open_complaints <> %s",
        [waiting, conversation, waiting],
    )
