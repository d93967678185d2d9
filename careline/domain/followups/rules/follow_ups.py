"""Kinds and outcomes of follow-ups."""

from __future__ import annotations

from datetime import datetime, timedelta

KINDS = ("mail", "call", "visit", "recovery")
BY_HAND = ("mail", "call", "visit")
OUTCOMES = ("satisfied", "reopened", "not_reached", "further_question")
LONGEST_WORDS = 2000
FURTHEST = timedelta(days=730)


class BadFollowUp(ValueError):
    """A follow-up that can't be so; `field` names what."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def judged(*, kind: str, due_at: datetime, reason: str, at: datetime) -> None:
    """Raises BadFollowUp."""
    if kind not in KINDS:
        raise BadFollowUp("kind", f"A follow-up is one of {', '.join(BY_HAND)}.")
    if due_at <= at:
        raise BadFollowUp("due_at", "A follow-up is due in the future.")
    if due_at > at + FURTHEST:
        raise BadFollowUp("due_at", "A follow-up is due within two years.")
    if len(reason) > LONGEST_WORDS:
        raise BadFollowUp("reason", f"The reason is too long: {LONGEST_WORDS} characters at most.")


def judged_outcome(outcome: str, note: str) -> None:
    """Raises BadFollowUp."""
    if outcome not in OUTCOMES:
        raise BadFollowUp("outcome", f"An outcome is one of {', '.join(OUTCOMES)}.")
    if len(note) > LONGEST_WORDS:
        raise BadFollowUp("note", f"The note is too long: {LONGEST_WORDS} characters at most.")
