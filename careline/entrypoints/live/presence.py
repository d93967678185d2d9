"""Who looks at a case and who types in it: plain memory, told to those who may see the case, gone within seconds.

A browser reports every few seconds and when it leaves. Reports reach every process as notifications of the database, which
keeps none of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from careline.entrypoints.live.audience import topics_told
from careline.entrypoints.live.hub import Hub, Listener

CHANNEL = "careline_presence"
HEARTBEAT_SECONDS = 6
DIES_AFTER = 15.0
MOST_PEOPLE = 400
"""Of those who follow a case or are mentioned on it: a notification of PostgreSQL holds 8,000 bytes."""
DOINGS = ("", "view", "idle", "reply", "note")


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody at a case. `topics` and `only` say who may know."""

    number: int
    agent: int
    name: str
    doing: str
    topics: frozenset[str]
    only: frozenset[int] | None
    until: float


class Presence:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._here: dict[tuple[int, int], Here] = {}

    def take(self, report: str, *, now: float) -> None:
        """A report as `report_of` writes it; what is none is passed over."""
        try:
            said = json.loads(report)
            if "gone" in said:
                self._leave([here for here in self._here.values() if here.agent == said["gone"]])
                return
            here = Here(
                said["number"], said["agent"], said["name"], said["doing"], frozenset(topics_told(_told(said["case"]))),
                None if said["only"] is None else frozenset(said["only"]), now + DIES_AFTER,
            )  # fmt: skip
        except (ValueError, KeyError, TypeError, AttributeError):
            return
        key = here.number, here.agent
        before = self._here.get(key)
        if not here.doing:
            self._leave([before] if before else [])
            if before is None and here.agent < 0:
                self._tell(here)  # a visitor came, read or went on: whoever looks at the case fetches what is beside it
            return
        self._here[key] = here
        if (
            before is None
            or here.agent < 0
            or (before.doing, before.topics, before.only) != (here.doing, here.topics, here.only)
        ):
            if before is not None and before.topics != here.topics:
                self._tell(before, doing="")
            self._tell(here)

    def let_die(self, *, now: float) -> None:
        """Those who have not been heard of are gone."""
        self._leave([here for here in self._here.values() if here.until <= now])

    def known_to(self, listener: Listener) -> bytes:
        """Everybody whom a browser that has just come may know of."""
        return b"".join(
            _event(here)
            for here in self._here.values()
            if here.agent != listener.agent
            and not listener.topics.isdisjoint(here.topics)
            and (here.only is None or listener.agent in here.only)
        )

    def _leave(self, gone: Iterable[Here]) -> None:
        for here in list(gone):
            del self._here[here.number, here.agent]
            self._tell(here, doing="")

    def _tell(self, here: Here, *, doing: str | None = None) -> None:
        self._hub.tell(here.topics, _event(here, doing), only=here.only, but=here.agent)


def report_of(case: Any, *, agent: int, name: str, doing: str) -> str:
    """Of a row of `conversation_for`. Who hears of it is said by what the topics are made of: they themselves are many."""
    people = (*(case.follower_ids or ()), *(case.mentioned_ids or ()))
    told = [case.assignee_id, case.team_id, case.channel_id, case.brand_id, sorted(set(people))[:MOST_PEOPLE]]
    only = None if case.restricted_to is None else sorted(case.restricted_to)[:MOST_PEOPLE]
    return json.dumps(
        {"number": case.number, "agent": agent, "name": name[:60], "doing": doing, "case": told, "only": only},
        separators=(",", ":"),
    )


def _told(case: list[Any]) -> SimpleNamespace:
    assignee, team, channel, brand, people = case
    return SimpleNamespace(
        number=0, subject_kind="conversation", data={}, assignee_id=assignee, team_id=team, channel_id=channel, brand_id=brand,
        follower_ids=people, mentioned_ids=(),
    )  # fmt: skip


def gone(agent: int) -> str:
    """The report that somebody has closed their last browser."""
    return json.dumps({"gone": agent})


def _event(here: Here, doing: str | None = None) -> bytes:
    """It bears no id: whoever comes again is told anew."""
    said = {
        "number": here.number,
        "agent": here.agent,
        "name": here.name,
        "doing": here.doing if doing is None else doing,
    }
    return f"event: presence\ndata: {json.dumps(said, separators=(',', ':'))}\n\n".encode()
