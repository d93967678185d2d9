"""What can be chosen in a rule, by name: read when a form first asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from careline.domain.calendars.queries import calendars
from careline.domain.company.queries import languages
from careline.domain.conversations.queries.cases import statuses, tags
from careline.domain.conversations.queries.checklists import checklist_templates
from careline.domain.conversations.queries.structure import case_fields, paths_of, topics
from careline.domain.customers.queries.fields import fields_of
from careline.domain.knowledge.queries.canned import replies_of
from careline.domain.staff.queries import agents, teams
from careline.domain.triggers.rules.facts import FACTS, Fact, own_fact
from careline.domain.webhooks.queries import webhooks
from careline.entrypoints.web.channel_names import channel_names
from careline.entrypoints.web.presenting import words_in
from careline.entrypoints.web.rules.names import CODES, WEEKDAYS
from careline.entrypoints.web.rules.names import FACTS as FACT_NAMES
from careline.entrypoints.web.visit import Visit

Pairs = list[tuple[str, str]]


class Choices:
    """Pairs of (value, name), by kind of thing."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._read: dict[str, Pairs] = {}
        self._own: dict[str, tuple[Fact, str]] | None = None

    def of(self, kind: str) -> Pairs:
        if kind not in self._read:
            self._read[kind] = _READERS[kind](self._visit)
        return self._read[kind]

    def name(self, kind: str, value: str) -> str:
        return dict(self.of(kind)).get(value, value)

    def own(self) -> dict[str, tuple[Fact, str]]:
        """The company's own fields as facts, each with its name."""
        if self._own is None:
            self._own = {f"field.{row.code}": (own_fact(f"field.{row.code}", row.kind), words_in(row.name, self._visit))
                         for row in case_fields() if row.retired_at is None}  # fmt: skip
            for subject, prefix in (("customer", "customer.field."), ("organisation", "company.field.")):
                for row in fields_of(subject):
                    self._own[prefix + row.code] = (own_fact(prefix + row.code, row.kind), row.name)
        return self._own

    def fact(self, code: str) -> Fact | None:
        return FACTS.get(code) or self.own().get(code, (None, ""))[0]

    def fact_name(self, code: str) -> str:
        return _(FACT_NAMES[code]) if code in FACT_NAMES else self.own().get(code, (None, code))[1]

    def values_of(self, fact: Fact) -> Pairs:
        """What a value is chosen among; none where it is written."""
        if fact.among:
            return [(code, _(CODES[code])) for code in fact.among]
        kind = _OF_FACTS.get(fact.code)
        if kind is None:
            return []
        nobody = [("none", _(CODES["none"]))] if fact.kind == "key" and kind != "channel" else []
        return nobody + self.of(kind)


_OF_FACTS = {
    "team": "team", "team_before": "team", "assignee": "agent", "assignee_before": "agent", "by_agent": "agent", "topic": "topic",
    "topic_before": "topic", "channel": "channel", "status": "status", "language": "language",
    "customer_language": "language", "weekday": "weekday", "fields_changed": "field",
}  # fmt: skip


def _topics(visit: Visit) -> Pairs:
    rows: list[Any] = [row for row in topics() if row.retired_at is None]
    paths = paths_of(rows, visit.language)
    return [(str(row.id), paths[row.id]) for row in rows]


_READERS: dict[str, Callable[[Visit], Pairs]] = {
    "team": lambda visit: [(str(row.id), row.name) for row in teams()],
    "agent": lambda visit: [(str(row.id), row.name) for row in agents() if row.is_active],
    "topic": _topics,
    "channel": lambda visit: [(str(key), name) for key, name in channel_names().items()],
    "status": lambda visit: [(row.code, words_in(row.name, visit)) for row in statuses()],
    "language": lambda visit: [(code, code) for code in languages()],
    "weekday": lambda visit: [(str(n), _(name)) for n, name in enumerate(WEEKDAYS)],
    "field": lambda visit: [(row.code, words_in(row.name, visit)) for row in case_fields() if row.retired_at is None],
    "tag": lambda visit: [(row.name, row.name) for row in tags()],
    "reply": lambda visit: [(str(row.id), row.name) for row in replies_of(visit.person) if row.owner_id is None],
    "webhook": lambda visit: [(str(row.id), row.name) for row in webhooks()],
    "template": lambda visit: [(str(row.id), row.name) for row in checklist_templates()],
    "calendar": lambda visit: [(str(row.id), row.name) for row in calendars()],
    "days": lambda visit: [(str(n), str(n)) for n in (1, 2, 3, 5, 7, 14, 30)],
    "priority": lambda visit: [(code, _(CODES[code])) for code in ("low", "normal", "high", "urgent")],
}
