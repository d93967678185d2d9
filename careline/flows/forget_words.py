"""Every room that keeps somebody's words about a case, and what it forgets of them: erasing and retention go by this one list."""

from __future__ import annotations

from collections.abc import Sequence

from careline.domain.approvals.commands.requests import forget_words as forget_approvals
from careline.domain.complaints.commands.forgetting import forget_complainants
from careline.domain.followups.commands.follow_ups import forget_words as forget_follow_ups
from careline.domain.surveys.commands.answers import forget_words as forget_answers


def forget_words(conversations: Sequence[int], *, customers: Sequence[int] = ()) -> set[str]:
    """The contents that nothing names any more. `customers` are forgotten wherever else they spoke, too."""
    forget_approvals(conversations)
    forget_answers(conversations, customers=customers)
    forget_follow_ups(conversations)
    return set(forget_complainants(customers=customers, conversations=conversations))
