"""Team Front as a queue that gives work out, and the steps of the worker one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.history.queries import Happened
from careline.domain.staff import attendance, skills
from careline.domain.staff import commands as staff
from careline.domain.staff.queries import person
from careline.flows import follow_routing
from careline.flows.keep_queues import QueueChange, change_queue
from careline.flows.offer import reclaim
from careline.flows.route import work_on_marks, work_on_steps
from careline.kit import db
from tests.world import NOON, World, make_world, writes_in

_QUEUES = (
    (follow_routing.OF_CASES, follow_routing.follow_case),
    (follow_routing.OF_PEOPLE, follow_routing.follow_person),
    (follow_routing.OF_QUEUES, follow_routing.follow_queue),
    (follow_routing.OF_ALL, follow_routing.follow_house),
)


@dataclass
class Desk:
    """`at` is its moment: steps forward, never back."""

    world: World
    at: datetime = NOON
    mails: int = 0
    read: int = 0

    def push(self, **said: Any) -> None:
        change = QueueChange(mode="push", **said)
        change_queue(self.ada, self.world.front.pk, change, by=agent(self.ada.id), at=self.at)

    @property
    def ada(self) -> Any:
        return self.world.person(self.world.ada)

    def person(self, who: int) -> Any:
        return person(who)

    def hire(
        self, name: str, *, units: int = 10, available: bool = True, role: str = "representative", team: Any = None
    ) -> int:
        made = staff.add_agent(
            f"{name.lower()}@northwind.example", name=name, role=role, team_ids=((team or self.world.front).pk,), by=SYSTEM, at=self.at
        )  # fmt: skip
        self.sized(made.pk, units)
        if available:
            self.comes(made.pk)
        return int(made.pk)

    def sized(self, who: int, units: int) -> None:
        attendance.set_capacity(who, units=units, calendar=None, by=SYSTEM, at=self.at)

    def comes(self, who: int) -> None:
        attendance.set_state(who, "available", by=agent(who), at=self.at)

    def goes(self, who: int) -> None:
        attendance.set_state(who, "away", reason="break", by=agent(who), at=self.at)

    def knows(self, who: int, skill: int, level: int) -> None:
        had = {row.id: row.level for row in skills.skills_of(who)}
        skills.give_skills(who, {**had, skill: level}, by=SYSTEM, at=self.at)

    def skill(self, name: str = "German") -> int:
        return skills.add_skill(name, kind="language", by=SYSTEM, at=self.at)

    def mail(self, *, sender: str = "carol@example.com", subject: str = "") -> int:
        self.mails += 1
        words = subject or f"Matter {self.mails}"
        written = writes_in(words, text=f"About {words}.", mailbox=self.world.mailbox, sender=sender, at=self.at)
        assert written.number is not None
        return written.number

    def works(self, minutes: float = 0) -> int:
        """The worker goes on until nothing is left, after so many minutes; how many cases it gave out."""
        self.at += timedelta(minutes=minutes)
        given = 0
        while True:
            read = self._reacts()
            due = reclaim(at=self.at) + work_on_steps(at=self.at)
            worked = work_on_marks(at=self.at)
            given += worked.given
            if not (read or due or worked.marks):
                return given

    def _reacts(self) -> int:
        """As the reader does, which sees only what is committed: to everything that happened since."""
        happened = db.rows(
            """SELECT id, tx::text::bigint, at, actor_kind, actor_id, via, name, subject_kind, subject_key, conversation_id, customer_id,
                   data FROM history WHERE id > %s ORDER BY id""",
            [self.read],
        )
        for one in happened:
            self.read = one.id
            for names, reaction in _QUEUES:
                if one.name in names:
                    reaction(Happened(*one), self.at)
        return len(happened)

    def assignee(self, number: int) -> int | None:
        found: int | None = conversation_by_number(number).assignee_id
        return found

    def cases_of(self, who: int) -> list[int]:
        return [
            row.number
            for row in db.rows(
                "SELECT number FROM conversations_conversation WHERE assignee_id = %s ORDER BY number", [who]
            )
        ]


def make_desk() -> Desk:
    """Nobody is there yet, and nothing is given out."""
    desk = Desk(make_world())
    desk.works()
    return desk
