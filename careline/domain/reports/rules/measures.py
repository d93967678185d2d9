"""What is measured: each measure has its one definition here, which the screens, the API and the exports show beside it.

All are read the same way: of the counted cases whose `day` lies in the period, those that have a `value`; `n` of them add up to
`total`. `weight` names a column of how many a case stands for (answers); `part` is the value whose cases stand behind the number.
"""

from __future__ import annotations

from dataclasses import dataclass


def gettext_noop(words: str) -> str:
    """Marks words that are put into the reader's language where they are shown."""
    return words


COUNT, MEAN, SHARE, SCORE, NPS = "count", "mean", "share", "score", "nps"
"""How it is said: cases; the mean of seconds or of counts; of how many it is so; the mean of a score; promoters less detractors."""
UP, DOWN, NEITHER = "up", "down", ""


@dataclass(frozen=True, slots=True)
class Measure:
    """`day` and `value` are columns of `case_fact` (no value: each case counts as one). `good`: which way is better."""

    key: str
    name: str
    definition: str
    kind: str
    day: str
    value: str = ""
    business: str = ""
    weight: str = ""
    unit: str = "cases"
    good: str = NEITHER

    @property
    def is_share(self) -> bool:
        return self.kind in (SHARE, NPS)


MEASURES: dict[str, Measure] = {one.key: one for one in (
    Measure(
        "opened", gettext_noop("New cases"),
        gettext_noop(
            "Cases that were opened in the period. Spam, side conversations and cases merged into another are not "
            "counted; a merged case counts again once it is unmerged."
        ),
        COUNT, "opened_on",
    ),
    Measure(
        "resolved", gettext_noop("Resolved cases"),
        gettext_noop(
            "Cases that are resolved and were so last in the period. A case that was opened again counts when it "
            "is resolved again, once."
        ),
        COUNT, "resolved_on", good=UP,
    ),
    Measure(
        "first_response", gettext_noop("First response"),
        gettext_noop(
            "From the customer's first message to the first answer by a person, on average, for cases opened in "
            "the period. Automatic messages, rules and bots begin and answer nothing; a forward is no answer, nor "
            "is one that was taken back. Cases without an answer yet are left out."
        ),
        MEAN, "opened_on", "first_response_seconds", "first_response_business", unit="seconds", good=DOWN,
    ),
    Measure(
        "response", gettext_noop("Response"),
        gettext_noop(
            "From a customer's message to our next answer by a person, on average over all answers in cases "
            "opened in the period. Several messages in a row are one wait, from the first of them. Waits that "
            "ended with the case being resolved unanswered are left out."
        ),
        MEAN, "opened_on", "response_seconds", "response_business", weight="responses", unit="seconds", good=DOWN,
    ),
    Measure(
        "resolution", gettext_noop("Resolution time"),
        gettext_noop(
            "From the opening of a case to when it was resolved last, on average, for cases resolved in the "
            "period; the time the customer took is a part of it. An undone resolution counts as if it had never "
            "been."
        ),
        MEAN, "resolved_on", "resolution_seconds", "resolution_business", unit="seconds", good=DOWN,
    ),
    Measure(
        "first_contact", gettext_noop("Solved at first contact"),
        gettext_noop(
            "Of the cases first resolved in the period, those with one answer at the most, never handed to "
            "another person or team, and not opened again until today."
        ),
        SHARE, "first_resolved_on", "is_first_contact", unit="share", good=UP,
    ),
    Measure(
        "reopened", gettext_noop("Reopened"),
        gettext_noop(
            "Of the cases first resolved in the period, those that were opened again until today, by whomever. "
            "Undone resolutions, and answers of ours to a resolved case, are no reopenings."
        ),
        SHARE, "first_resolved_on", "is_reopened", unit="share", good=DOWN,
    ),
    Measure(
        "answer_kept", gettext_noop("First answer in time"),
        gettext_noop(
            "Of the cases opened in the period whose promised first answer is decided, those where it was kept. A "
            "case without a promise, or whose promise still runs, is left out."
        ),
        SHARE, "opened_on", "is_answer_kept", unit="share", good=UP,
    ),
    Measure(
        "resolution_kept", gettext_noop("Resolved in time"),
        gettext_noop(
            "Of the cases opened in the period whose promised resolution is decided, those where it was kept each "
            "time."
        ),
        SHARE, "opened_on", "is_resolution_kept", unit="share", good=UP,
    ),
    Measure(
        "kept", gettext_noop("All promises kept"),
        gettext_noop(
            "Of the cases opened in the period with a promise that is decided, those where none was broken. A "
            "broken promise stays broken, however the case went on."
        ),
        SHARE, "opened_on", "is_kept", unit="share", good=UP,
    ),
    Measure(
        "satisfied", gettext_noop("Satisfied"),
        gettext_noop(
            "Of the cases rated from 1 to 5 in the period (survey, chat or portal; the last rating of a case "
            "counts), those with 4 or 5."
        ),
        SHARE, "rated_on", "is_satisfied", unit="share", good=UP,
    ),
    Measure(
        "nps", gettext_noop("Would recommend us"),
        gettext_noop(
            "The share of 9 and 10 less the share of 0 to 6, of the cases rated from 0 to 10 in the period (NPS), "
            "from −100 to 100."
        ),
        NPS, "rated_on", "nps", unit="points", good=UP,
    ),
    Measure(
        "ease", gettext_noop("Ease"),
        gettext_noop(
            "The mean answer on the scale from 1 to 7 of how easy it was (CES), of the cases rated in the period."
        ),
        SCORE, "rated_on", "ces_score", unit="score", good=UP,
    ),
    Measure(
        "survey_answered", gettext_noop("Surveys answered"),
        gettext_noop(
            "Of the cases whose customer was first asked in the period, those where they have answered."
        ),
        SHARE, "asked_on", "is_answered", unit="share", good=UP,
    ),
    Measure(
        "transfers", gettext_noop("Transfers"),
        gettext_noop(
            "How often a case went from one person to another or from one team to another, on average over the "
            "cases resolved in the period. Being given out for the first time, and an undone transfer, are none."
        ),
        MEAN, "resolved_on", "transfers", unit="times", good=DOWN,
    ),
    Measure(
        "handle_time", gettext_noop("Handle time"),
        gettext_noop(
            "How long people were at work on a case, with it open before them and not idle, all of them added up; "
            "on average over the cases resolved in the period. Cases from before this was recorded are left out."
        ),
        MEAN, "resolved_on", "handle_seconds", unit="seconds", good=DOWN,
    ),
    Measure(
        "replies", gettext_noop("Answers for each case"),
        gettext_noop("Answers by people, on average over the cases resolved in the period."),
        MEAN, "resolved_on", "replies", unit="times", good=DOWN,
    ),
)}  # fmt: skip
FLOW = "flow"
"""Under this name `fact_day` keeps what the number of open cases changes by on a day."""
DIMENSIONS = ("channel", "brand", "team", "agent", "topic", "priority", "language", "form", "kind")
"""What sums are kept by day for. Products, customers and their companies are read from the facts themselves."""
COLUMNS = {
    "channel": "channel_id", "brand": "brand_id", "team": "team_id", "agent": "agent_id", "topic": "topic_id",
    "priority": "priority", "language": "language", "form": "form_id", "kind": "channel_kind",
    "product": "product_ids", "customer": "customer_id", "company": "organisation_id",
}  # fmt: skip
NONE = "none"
"""The key of what has no value in a dimension."""


def key_of(value: object) -> str:
    return NONE if value is None or value == "" else str(value)
