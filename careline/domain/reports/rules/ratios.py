"""Numbers that hold cases against something else: orders, searches, what an hour costs. Each is defined here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from careline.domain.reports.rules.measures import gettext_noop


@dataclass(frozen=True, slots=True)
class Ratio:
    """`part` of `whole`; both are shown. `measure`: the one whose cases stand behind it."""

    key: str
    name: str
    definition: str
    measure: str


RATIOS = {one.key: one for one in (
    Ratio("per_order", gettext_noop("New cases for each 100 orders"),
          gettext_noop("Cases opened in the period, by 100 orders placed in it, whether or not a case is about one of them."),
          "opened"),
    Ratio("deflected", gettext_noop("Answered by the help centre"),
          gettext_noop("Of the searches by customers in the period, those whose searcher said that the answer helped. "
                       "Who just left is not counted as helped."),
          ""),
    Ratio("cost", gettext_noop("Cost of a case"),
          gettext_noop("What the recorded work on the cases resolved in the period cost, at the price of an hour on the day it was done, by "
                       "how many of them have recorded work. The price of a person's role goes before that of the case's team, and both "
                       "before that of everybody. Work that has no price is left out, and how much that is stands beside."),
          "handle_time"),
)}  # fmt: skip
UNWRITTEN = Ratio(
    "unwritten", gettext_noop("Solved without an article"),
    gettext_noop("Cases that are resolved, and were so last in the period, in which no article was used."), "",
)  # fmt: skip
GAPS = (
    Ratio("in_vain", gettext_noop("Looked for in vain"),
          gettext_noop("Searches in the period that found nothing, did not help as the searcher said, or after which nothing was opened in "
                       "the help centre. The same words in another order are one."), ""),
    UNWRITTEN,
    Ratio("unhelpful", gettext_noop("Articles that did not help"),
          gettext_noop("Readers who said in the period that an article did not help them, each once for an article."), ""),
)  # fmt: skip
"""What is missing in the help centre."""
OPEN_THEN = gettext_noop(
    "Cases that were open or waiting when the company's day ended, however old. Spam, side conversations and merged cases are not counted."
)
