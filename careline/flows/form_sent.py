"""What somebody who sent a form is told: the number of their case, where the answer goes, and when it may be expected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from careline.domain.forms.queries import FormRow, what_became
from careline.domain.sla.queries.acknowledgements import zone_of_customer
from careline.domain.sla.queries.expected import expected_answer
from careline.flows.expected_words import expected_words


@dataclass(frozen=True, slots=True)
class FormSent:
    """`number` is None where it still waits to be placed; `expected` is said in the language that was asked for."""

    number: int | None
    address: str
    expected: str


def form_sent(form: FormRow, submission: str, *, language: str, at: datetime) -> FormSent | None:
    """None for a submission that nobody sent by this form: it knows of it who has its 128 bits."""
    became = what_became(submission)
    if became is None or became.channel_id != form.channel:
        return None
    promised = expected_answer(became.conversation) if became.conversation is not None else None
    expected = expected_words(promised, language=language, zone=zone_of_customer(became.customer_id), at=at)
    return FormSent(became.number, became.sender, expected)
