"""Who looks at a case and who types in it: plain memory, told to those who may see the case, gone within seconds.

A browser reports every few seconds and when it leaves. Reports reach every process as notifications of the database, which
keeps none of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from careline.entrypoints.live.hub import Hub, Listener

CHANNEL = "careline_presence"
HEARTBEAT_SECONDS = 6
DIES_AFTER = 15.0
DOINGS = ("", "view", "reply", "note")


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
                said["number"], said["agent"], said["name"], said["doing"], frozenset(said["topics"]),
                None if said["only"] is None else frozenset(said["only"]), now + DIES_AFTER,
            )  # fmt: skip
        except (ValueError, KeyError, TypeError, AttributeError):
            return
        key = here.number, here.agent
        before = self._here.get(key)
        if not here.doing:
            self._leave([before] if before else [])
            return
        self._here[key] = here
        if before is None or (before.doing, before.topics, before.only) != (here.doing, here.topics, here.only):
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


def report_of(*, number: int, agent: int, name: str, doing: str, topics: Iterable[str], only: Any) -> str:
    return json.dumps(
        {"number": number, "agent": agent, "name": name[:60], "doing": doing, "topics": sorted(topics),
         "only": None if only is None else sorted(only)}
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
