"""Topics that come up more than they used to: each judged by its daily counts, which are shown with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from careline.domain.reports.queries.figures import days_of
from careline.domain.reports.queries.labels import labels_of
from careline.domain.reports.rules.asking import Asked
from careline.domain.reports.rules.emerging import NEEDED, Judged, judged
from careline.domain.reports.rules.measures import NONE
from careline.domain.staff.rules import Person


@dataclass(frozen=True, slots=True)
class Issue:
    """A value of a dimension on a day that stands out. `days`: the counts it was judged by, with their days."""

    dim: str
    key: str
    label: str
    day: date
    judged: Judged
    days: tuple[tuple[date, int], ...]


def emerging(person: Person, asked: Asked, *, dim: str = "topic", language: str = "en") -> list[Issue]:
    """The days of the period on which a topic (or product) stood out, the highest score of each first."""
    longer = replace(asked, since=asked.since - timedelta(days=NEEDED - 1), is_double=True)
    found = days_of(person, longer, ["opened"], dim=dim)
    keys = sorted({key for _, key, _ in found if key != NONE})
    labels = labels_of(dim, keys, language=language)
    days = longer.every_day
    issues = []
    for key in keys:
        counts = [found[day, key, "opened"].n if (day, key, "opened") in found else 0 for day in days]
        alarms = [
            Issue(dim, key, labels.get(key, ""), days[n - 1], said, tuple(zip(days[n - NEEDED : n], counts[n - NEEDED : n], strict=True)))
            for n in range(NEEDED, len(days) + 1)
            if (said := judged(counts[:n])) is not None and said.is_alarm
        ]  # fmt: skip
        if alarms:
            issues.append(max(alarms, key=lambda issue: (issue.judged.score, issue.day)))
    return sorted(issues, key=lambda issue: (-issue.judged.score, issue.key))
