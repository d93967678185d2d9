"""The desk of Northwind Bikes as the stories use it: mails come in raw, agents answer by the flows."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from careline.domain.channels import commands as channel_commands
from careline.domain.channels.queries import channels
from careline.domain.company.queries import default_brand, languages
from careline.domain.conversations.queries.cases import conversation_by_number, participants_of
from careline.domain.conversations.queries.messages import delivery_of, message_by_id, messages_of
from careline.domain.history import actor
from careline.entrypoints.worker.reactions import REACTIONS
from careline.entrypoints.worker.reader import NAME, read_on
from careline.flows.deliver import deliver_due
from careline.flows.receive import Received
from careline.flows.reply import Draft, Replied, recipients_of, reply
from careline.flows.resolve import resolve
from careline.flows.take_in import House, RawArrival, take_in
from careline.kit import db
from tests.world import NOON, SUPPORT, make_world

CAROL, DAN, MALLORY = "carol@example.com", "dan@example.org", "mallory@example.net"
BILLING = "billing@northwind.example"
OUR_SERVER = "mx.northwind.example"
LATER = NOON + timedelta(hours=1)


def mail(
    sender: str = CAROL,
    *,
    subject: str = "The bell",
    text: str = "It does not ring.",
    named: str = "",
    answers: Sequence[str] = (),
    to: Sequence[str] = (SUPPORT,),
    cc: Sequence[str] = (),
    more: Sequence[str] = (),
) -> bytes:
    """A raw mail. `named` is its Message-ID, `answers` the ids it refers to, oldest first, `more` further header lines."""
    lines = [
        *more,
        f"From: {sender}",
        f"To: {', '.join(to)}",
        f"Subject: {subject}",
        "Date: Fri, 20 Nov 2026 11:59:00 +0000",
    ]
    lines += [f"Cc: {', '.join(cc)}"] if cc else []
    lines += [f"Message-ID: {named}"] if named else []
    lines += [f"In-Reply-To: {answers[-1]}", f"References: {' '.join(answers)}"] if answers else []
    return "\r\n".join([*lines, "Content-Type: text/plain; charset=utf-8", "", text, ""]).encode()


class Desk:
    def __init__(self) -> None:
        self.world = make_world()
        self.ada, self.ben = self.world.person(self.world.ada), self.world.person(self.world.ben)
        self.by = actor.agent(self.ada.id)
        self._count = 0
        self._count_lock = threading.Lock()
        self.first = self.world.case

    def arrival(self, raw: bytes, *, to: Sequence[str] = (SUPPORT,), at: datetime = LATER) -> RawArrival:
        with self._count_lock:
            self._count += 1
            return RawArrival(f"story-{self._count:05}", raw, at, "deliver", "", tuple(to))

    def comes(self, *raws: bytes, to: Sequence[str] = (SUPPORT,), at: datetime = LATER) -> Received:
        """Mails come in one after the other; what became of the last one."""
        for raw in raws:
            (received,) = take_in([self.arrival(raw, to=to, at=at)], house=self.house, at=at)
            assert received is not None
        return received

    @property
    def house(self) -> House:
        return House(channels(), languages())

    def answers(self, number: int, text: str = "It is on its way.", *, at: datetime = LATER, **draft: Any) -> Replied:
        return reply(self.ada, number, Draft(text=text, **draft), by=self.by, at=at)

    def sends(self, *, at: datetime = LATER + timedelta(minutes=1)) -> int:
        """Whatever is due leaves; how many."""
        return deliver_due(worker="story", at=at)

    def reacts(self, *, at: datetime = LATER) -> None:
        while read_on(NAME, REACTIONS, at=at):
            pass

    def resolves(self, number: int, *, at: datetime = LATER) -> None:
        resolve(self.ada, number, by=self.by, at=at)

    def add_mailbox(self, address: str) -> int:
        added = channel_commands.add_channel(
            "email", name=address.split("@", maxsplit=1)[0], address=address, brand_id=default_brand().pk, team_id=self.world.front.pk, settings={},
            by=actor.SYSTEM, at=NOON,
        )  # fmt: skip
        return int(added.pk)

    def sets(self, **settings: object) -> None:
        channel_commands.change_channel(self.world.mailbox.id, settings=settings, by=self.by, at=NOON)

    def case(self, number: int) -> Any:
        found = conversation_by_number(number)
        assert found is not None
        return found

    def said_in(self, number: int) -> list[Any]:
        return messages_of(self.case(number).id, limit=1000)

    def people_on(self, number: int) -> dict[str, str]:
        return {person.value: person.state for person in participants_of(self.case(number).id)}

    def would_receive(self, number: int) -> list[str]:
        return [person.value for person in recipients_of(self.case(number), everybody=True).everyone]

    def name_of(self, message: int) -> str:
        """The Message-ID of a message."""
        return str(message_by_id(message).external_id)

    def delivery(self, message: int) -> str:
        return str(delivery_of(message).state)

    def cases_by_mail(self) -> dict[str, set[str]]:
        """Case (as it stands after merging) → Message-IDs in it; the world's own first mail left out."""
        found = db.rows(
            """SELECT c.number, m.external_id FROM conversations_message m JOIN conversations_conversation c ON c.id = m.conversation_id
               WHERE c.number <> %s""",
            [self.first],
        )
        cases: dict[str, set[str]] = {}
        for row in found:
            cases.setdefault(str(row.number), set()).add(row.external_id)
        return cases

    def open_cases(self) -> int:
        """How many there are besides the world's own, merged ones not counted."""
        return int(
            db.value(
                "SELECT count(*) FROM conversations_conversation WHERE merged_into_id IS NULL AND number <> %s",
                [self.first],
            )
        )


def all_at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Each act on a thread and a connection of its own, all beginning together; results or what was raised, in order."""
    barrier = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(20)
            results[number] = act()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results
