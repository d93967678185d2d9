"""What was counted is remembered, by filter and team, until history says that a case of the team has changed.

In this process alone; what depends on the time of day is counted again after half a minute, whatever happens.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec

from careline.domain.desk.rules import Filter, filter_data
from careline.kit import db

Key = bytes
Who = tuple[int, bool, tuple[int, ...]]
"""A person by id, whether they reach everything, and the teams they reach."""
ELSEWHERE = 0
"""The cell of cases that are no team's."""
KEPT_FOR = timedelta(seconds=30)
ALONE_FOR = timedelta(seconds=5)
MOST_NEWS = 5_000
MOST_KEPT = 20_000
_NEWEST = """
SELECT tx::text::bigint AS tx, id FROM history WHERE tx < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY history.tx DESC, history.id DESC LIMIT 1
"""
_NEWS = """
SELECT h.tx::text::bigint AS tx, h.id, h.conversation_id, c.team_id, c.assignee_id, c.follower_ids || c.mentioned_ids AS others,
    h.data->>'team_before' AS team_before, coalesce((h.data->'team_before')::text = 'null', false) AS was_nobodys,
    h.data->>'assignee_before' AS assignee_before
FROM history h LEFT JOIN conversations_conversation c ON c.id = h.conversation_id
WHERE (h.tx, h.id) > (%s::text::xid8, %s) AND h.tx < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY h.tx, h.id LIMIT %s
"""


@dataclass(slots=True)
class Cells:
    """How many cases of each team a filter holds. A team that is not in `known` has to be counted; `is_whole`: all teams once were."""

    until: datetime
    counts: dict[int, int] = field(default_factory=dict)
    stale: set[int] = field(default_factory=set)
    is_whole: bool = False

    def missing(self, teams: tuple[int, ...] | None) -> tuple[int, ...] | None:
        """The teams to be counted; None for all."""
        if teams is None:
            return tuple(sorted(self.stale)) if self.is_whole else None
        return tuple(t for t in teams if t in self.stale or not (self.is_whole or t in self.counts))

    def keep(self, found: dict[int, int], teams: tuple[int, ...] | None) -> None:
        if teams is None:
            self.counts, self.stale, self.is_whole = dict(found), set(), True
            return
        for team in teams:
            self.counts[team] = found.get(team, 0)
            self.stale.discard(team)

    def forget(self, team: int) -> None:
        self.stale.add(team)

    def sum_of(self, teams: tuple[int, ...] | None) -> int:
        return sum(self.counts.values()) if teams is None else sum(self.counts.get(team, 0) for team in teams)


class Memory:
    """What this process has counted, by filter (`Key`). `lock` is held while it is asked."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._place: tuple[int, int] | None = None
        self._cells: dict[tuple[Key, tuple[int, ...]], Cells] = {}
        self._own: dict[int, tuple[datetime, Who, dict[Key, int]]] = {}
        self._alone: dict[tuple[Who, Key], tuple[datetime, int]] = {}

    def cells(self, key: Key, teams: tuple[int, ...], *, at: datetime) -> Cells:
        """`teams` are those of whoever asks, where the filter means them by "mine"."""
        found = self._cells.get((key, teams))
        if found is None or found.until <= at:
            found = self._cells[key, teams] = Cells(at + KEPT_FOR)
        return found

    def own(self, who: Who, *, at: datetime) -> dict[Key, int]:
        """Counts of somebody's own cases, by filter; to be added to."""
        until, whose, counts = self._own.get(who[0], (at, who, {}))
        if until <= at or whose != who:
            counts = {}
            self._own[who[0]] = (at + KEPT_FOR, who, counts)
        return counts

    def alone(self, who: Who, key: Key, *, at: datetime) -> int | None:
        until, count = self._alone.get((who, key), (at, 0))
        return count if until > at else None

    def keep_alone(self, who: Who, key: Key, count: int, *, at: datetime) -> None:
        self._alone[who, key] = (at + ALONE_FOR, count)

    def forget_what_changed(self) -> None:
        """Reads on in history: whose team, and whose cases, have to be counted again."""
        if self._place is None or len(self._cells) + len(self._own) + len(self._alone) > MOST_KEPT:
            self._begin()
            return
        news = db.rows(_NEWS, [str(self._place[0]), self._place[1], MOST_NEWS], prepared=True)
        if len(news) >= MOST_NEWS:
            self._begin()
            return
        if not news:
            return
        self._place = (news[-1].tx, news[-1].id)
        about = [row for row in news if row.conversation_id is not None]
        teams = {row.team_id or ELSEWHERE for row in about}
        teams |= {int(row.team_before) for row in about if row.team_before}
        teams |= {ELSEWHERE for row in about if row.was_nobodys}
        people = {person for row in about for person in (row.assignee_id, *(row.others or ())) if person}
        people |= {int(row.assignee_before) for row in about if row.assignee_before}
        for cells in self._cells.values():
            for team in teams:
                cells.forget(team)
        for person in people:
            self._own.pop(person, None)

    def forget(self) -> None:
        """Everything: another database stands behind this process."""
        self._place = None

    def _begin(self) -> None:
        self._cells, self._own, self._alone = {}, {}, {}
        newest = db.row(_NEWEST)
        self._place = (newest.tx, newest.id) if newest else (0, 0)


MEMORY = Memory()


def key_of(wanted: Filter) -> Key:
    return msgspec.json.encode(filter_data(wanted), order="deterministic")
