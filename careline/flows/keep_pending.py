"""A case shows how many approvals wait on it and on what was merged into it."""

from __future__ import annotations

from collections.abc import Iterable

from careline.domain.approvals.queries.requests import waiting_on
from careline.domain.conversations.commands.awaited import note_approvals
from careline.domain.conversations.queries.merges import cases_below


def keep_pending(conversations: Iterable[int]) -> None:
    """Joins the transaction that changed them; each is held by the caller."""
    for case in dict.fromkeys(conversations):
        note_approvals(case, waiting=waiting_on(cases_below(case)))
