"""A case shows how many complaints about it, and about what was merged into it, wait for their final answer."""

from __future__ import annotations

from collections.abc import Iterable

from careline.domain.complaints.commands.complaints import open_on
from careline.domain.conversations.commands.awaited import note_complaints
from careline.domain.conversations.queries.merges import cases_below


def keep_open_complaints(conversations: Iterable[int]) -> None:
    """Joins the transaction that changed them; each is held by the caller."""
    for case in dict.fromkeys(conversations):
        note_complaints(case, waiting=open_on(cases_below(case)))
