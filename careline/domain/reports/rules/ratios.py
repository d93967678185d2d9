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
          gettext_noop("What an hour of work costs, as set by the company, times the mean handle time of the cases resolved in the period. "
                       "Not shown where no hour has a price or no work was recorded."),
          "handle_time"),
)}  # fmt: skip
