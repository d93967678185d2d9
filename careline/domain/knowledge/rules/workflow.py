"""From draft to reader: what may follow what, and who may not approve."""

from __future__ import annotations

from collections.abc import Collection

DRAFT, REVIEW, APPROVED, SCHEDULED = "draft", "review", "approved", "scheduled"
PUBLISHED, REPLACED, WITHDRAWN = "published", "replaced", "withdrawn"
STATES = (DRAFT, REVIEW, APPROVED, SCHEDULED, PUBLISHED, REPLACED, WITHDRAWN)
OPEN = (DRAFT, REVIEW, APPROVED, SCHEDULED)
SUBMIT, SEND_BACK, APPROVE, SCHEDULE, PUBLISH = "submit", "send_back", "approve", "schedule", "publish"
_FROM = {
    SUBMIT: (DRAFT,),
    SEND_BACK: (REVIEW, APPROVED, SCHEDULED),
    APPROVE: (REVIEW,),
    SCHEDULE: (APPROVED, SCHEDULED),
    PUBLISH: (APPROVED, SCHEDULED),
}
_TO = {SUBMIT: REVIEW, SEND_BACK: DRAFT, APPROVE: APPROVED, SCHEDULE: SCHEDULED, PUBLISH: PUBLISHED}
_FIRST = {
    SUBMIT: "Only a draft can be handed in for review.",
    SEND_BACK: "Only what waits for review, or was approved, can be sent back.",
    APPROVE: "Only what was handed in for review can be approved.",
    SCHEDULE: "It has to be approved before it gets a date.",
    PUBLISH: "It has to be approved before it is published.",
}


def after(state: str, act: str) -> str:
    """The state that follows; a sentence that says why not as ValueError."""
    if state not in _FROM[act]:
        raise ValueError(_FIRST[act])
    return _TO[act]


def acts_on(state: str) -> tuple[str, ...]:
    """What can be done next with a version in this state."""
    return tuple(act for act, states in _FROM.items() if state in states)


def may_approve(who: int, *, writers: Collection[int], needs_another: bool) -> bool:
    """Whether it may be approved by this person: where another's eyes are asked for, by nobody who wrote a word of it."""
    return not needs_another or who not in writers
