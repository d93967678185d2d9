"""What may be done with a complaint as it stands: each refusal with a code and a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from careline.domain.complaints.rules.terms import FINAL

RECORDED, ACKNOWLEDGED, ANSWERED, CLOSED, WITHDRAWN = "recorded", "acknowledged", "answered", "closed", "withdrawn"
STATES = (RECORDED, ACKNOWLEDGED, ANSWERED, CLOSED, WITHDRAWN)
OPEN = (RECORDED, ACKNOWLEDGED)
"""Those that wait for their final answer: their case can't be resolved."""
ENDED = (CLOSED, WITHDRAWN)
SEVERITIES = ("low", "medium", "high", "critical")
COMPLAINANTS = ("customer", "business", "representative", "authority", "other")
UPHELD, PARTLY, NOT_UPHELD = "upheld", "partly", "not_upheld"
OUTCOMES = (UPHELD, PARTLY, NOT_UPHELD)
REMEDIES = (
    "apology",
    "explanation",
    "correction",
    "replacement",
    "repair",
    "refund",
    "goodwill",
    "compensation",
    "other",
)
REPLY, PAPER, TOLD = "reply", "paper", "told"
WAYS = (REPLY, PAPER, TOLD)
"""A letter goes as an answer on the case, is kept as a PDF to be posted, or was said by word of mouth."""
MOST_WORDS = 10_000
Reason = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """A complaint as far as rules ask. `pending`: how many approvals wait on its case."""

    state: str
    outcome: str = ""
    owner: int | None = None
    investigator: int | None = None
    about: int | None = None
    pending: int = 0


def against_working(one: Standing) -> Reason | None:
    """Why nothing can be done with it."""
    if one.state in ENDED:
        return "complaint_closed", "This complaint is closed: open it again first."
    return None


def against_hands(one: Standing, agent: int) -> Reason | None:
    """Why this person may not handle, investigate or decide it: nobody judges a complaint about themselves."""
    if one.about is not None and one.about == agent:
        return "not_independent", "Whoever a complaint is about can't handle it: choose somebody else."
    return None


def against_deciding(one: Standing, agent: int) -> Reason | None:
    if one.state not in OPEN:
        return "already_answered", "The final answer has been given: open the complaint again to decide anew."
    return against_hands(one, agent)


def against_letter(one: Standing, kind: str) -> Reason | None:
    """Why this letter can't go out now; a final one needs a decision, and whatever is given with it has to be approved."""
    if one.state not in OPEN:
        return "already_answered", "The final answer has been given."
    if kind == FINAL and not one.outcome:
        return "not_decided", "Decide first whether the complaint is upheld."
    if kind == FINAL and one.pending:
        return "approval_pending", "What is to be given still waits for approval: the final answer waits for it too."
    return None


def against_closing(one: Standing) -> Reason | None:
    if one.state != ANSWERED:
        return "not_answered", "A complaint is closed after its final answer."
    return None


def against_withdrawing(one: Standing) -> Reason | None:
    if one.state not in OPEN:
        return "already_answered", "It has been answered: it stays on the register, and can be closed."
    return None


def against_reopening(one: Standing) -> Reason | None:
    if one.state in OPEN:
        return "complaint_open", "This complaint is open."
    return None


def against_extending(*, extension: bool, due_at: datetime, latest: datetime, until: datetime) -> Reason | None:
    """`latest` is the furthest that the rule set allows, counted from the first deadline."""
    if not extension:
        return "no_extension", "The rules of this complaint allow no extension."
    if until <= due_at:
        return "not_later", "An extension ends later than the deadline does now."
    if until > latest:
        return "too_late", "That is later than the rules of this complaint allow."
    return None


def against_checking(*, checker: int, owner: int | None, done_by: int | None) -> Reason | None:
    """Whether it helped is judged by another person."""
    if checker in (owner, done_by):
        return "not_independent", "Whether it helped is checked by somebody who did not do it."
    return None
