"""How each team's queue works, what cases ask for by rule, and what they count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from careline.domain.calendars.queries import calendars
from careline.domain.calendars.rules.schedule import schedule_of
from careline.domain.calendars.rules.working_time import is_open
from careline.domain.routing.rules.asking import Ask, Condition, Terms, topics_reached
from careline.kit import db

KINDS_OF_CHANNELS = {"phone": (None, 0), "chat": (2, 0)}
"""What a case counts where the company said nothing else: units (None: all of somebody), and units while the customer's turn it is."""
USUAL = (1, 0)

_TERMS = """
SELECT t.id AS team, q.mode, q.strategy, q.accept_seconds, q.when_missed, q.sticky_days, q.sticky_minutes, q.lower_after_minutes,
    q.drop_after_minutes, q.most_each, q.calendar_id AS calendar
FROM staff_team t LEFT JOIN routing_queue q ON q.team_id = t.id
"""
_BELOW = """
WITH RECURSIVE below (top, id) AS (SELECT id, id FROM conversations_topic WHERE id = ANY(%s::bigint[])
    UNION SELECT b.top, t.id FROM conversations_topic t JOIN below b ON t.parent_id = b.id) SELECT top, id FROM below
"""


@dataclass(frozen=True, slots=True)
class Weights:
    """What cases count, by the kind of their channel; what came by none counts as usual."""

    by_kind: Mapping[str, tuple[int | None, int]]
    kinds: Mapping[int, str] = field(default_factory=dict)

    def of_kind(self, kind: str) -> tuple[int | None, int]:
        return self.by_kind.get(kind) or KINDS_OF_CHANNELS.get(kind) or USUAL

    def open_units(self, channel: int | None) -> int | None:
        return self.of_kind(self.kinds.get(channel or 0, ""))[0]

    def waiting_units(self, channel: int | None) -> int:
        return self.of_kind(self.kinds.get(channel or 0, ""))[1]


def terms_of(teams: Sequence[int]) -> dict[int, Terms]:
    return {row.team: _terms(row) for row in db.rows(_TERMS + " WHERE t.id = ANY(%s)", [list(teams)])}


def all_terms() -> dict[int, Terms]:
    return {row.team: _terms(row) for row in db.rows(_TERMS)}


def turns_of(teams: Sequence[int]) -> dict[int, int]:
    found = db.rows("SELECT team_id, turns FROM routing_queue WHERE team_id = ANY(%s)", [list(teams)])
    return {row.team_id: row.turns for row in found}


def conditions() -> list[Condition]:
    rows = requirements()
    below = _topics_below([row.topic_id for row in rows if row.topic_id is not None])
    return [_condition(row, rows, below) for row in rows]


def requirements() -> list[Any]:
    """Every rule by which cases ask for skills: id, skill_id, level, is_mandatory, topic_id, language, channel_id, brand_id, team_id."""
    return db.rows(
        """SELECT id, skill_id, level, is_mandatory, topic_id, language, channel_id, brand_id, team_id FROM routing_requirement
           ORDER BY id"""
    )


def _condition(row: Any, rows: Sequence[Any], below: Mapping[int, frozenset[int]]) -> Condition:
    ask = Ask(row.skill_id, row.level, row.is_mandatory)
    topics = frozenset[int]()
    if row.topic_id is not None:
        alike = [one.topic_id for one in rows if one.topic_id is not None and _but_topic(one) == _but_topic(row)]
        topics = topics_reached(row.topic_id, alike, below)
    return Condition(ask, topics, row.language, row.channel_id, row.brand_id, row.team_id)


def _but_topic(row: Any) -> tuple[Any, ...]:
    return row.skill_id, row.language, row.channel_id, row.brand_id, row.team_id


def _topics_below(topics: Sequence[int]) -> dict[int, frozenset[int]]:
    """Each of these with all that stand below it."""
    found: dict[int, set[int]] = {topic: {topic} for topic in topics}
    for row in db.rows(_BELOW, [list(topics)]) if topics else ():
        found[row.top].add(row.id)
    return {topic: frozenset(below) for topic, below in found.items()}


def weights() -> Weights:
    said = {row.kind: (row.units, row.waiting_units) for row in db.rows("SELECT * FROM routing_weight")}
    return Weights(said, {row.id: row.kind for row in db.rows("SELECT id, kind FROM channels_channel")})


def closed_calendars(at: datetime) -> set[int]:
    """Those that are closed at that moment."""
    return {row.id for row in calendars() if not is_open(schedule_of(row.hours), at)}


def _terms(row: Any) -> Terms:
    return Terms(row.team) if row.mode is None else Terms(*row)
