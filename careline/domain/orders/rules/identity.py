"""Check questions: what a customer may be asked, and which answers together are enough."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from careline.domain.orders.rules.numbers import number_of
from careline.kit.search import words_of

QUESTIONS = ("name", "mail", "phone", "postcode", "order_number", "last_four")
USUAL: tuple[tuple[str, ...], ...] = (
    ("order_number", "postcode"),
    ("order_number", "last_four"),
    ("name", "postcode", "mail"),
)
"""Where the company has said nothing."""
MOST_TRIES = 5
"""Wrong answers on one case within a day; afterwards somebody has to call back or wait."""


def right_answers(answers: Mapping[str, str], known: Mapping[str, Collection[str]]) -> set[str]:
    """Which questions were answered as we know it; `known` holds whatever would be right for each."""
    return {
        question
        for question, answer in answers.items()
        if question in QUESTIONS
        and (said := plain(question, answer))
        and said in {plain(question, one) for one in known.get(question, ())}
    }


def is_enough(right: Collection[str], wrong: Collection[str], checks: Sequence[Sequence[str]]) -> bool:
    """One row of questions is answered in full, and nothing that was answered is wrong."""
    return not wrong and any(set(check) <= set(right) for check in checks)


def plain(question: str, words: str) -> str:
    """As answers are compared: without spelling that nobody says aloud."""
    if question == "order_number":
        return number_of(words)
    if question in ("phone", "last_four"):
        digits = "".join(sign for sign in words if sign.isdecimal())
        return digits[-9:] if question == "phone" else digits[-4:]
    if question == "mail":
        return words.strip().lower()
    return " ".join(words_of(words)) or words.strip().casefold()
