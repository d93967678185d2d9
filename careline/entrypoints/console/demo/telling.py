"""The past is told through the doors of the present: mails by intake, answers by the flows, each at its moment."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from careline.domain.conversations.queries.messages import message_by_id
from careline.domain.history import actor
from careline.entrypoints.console.demo.house import PEOPLE, Northwind
from careline.entrypoints.console.demo.letters import Earlier, letter, new_message_id
from careline.entrypoints.console.demo.papers import Paper, paper
from careline.entrypoints.console.demo.plan import Case, Moment
from careline.entrypoints.console.demo.story import Step
from careline.flows.change import Change, change
from careline.flows.deliver import deliver_due
from careline.flows.note import note
from careline.flows.receive import Received
from careline.flows.reply import Draft, Replied, reply
from careline.flows.resolve import resolve
from careline.flows.take_in import RawArrival, take_in
from careline.flows.uploaded import Attachment, keep_upload

SENDING = timedelta(seconds=14)
WITHOUT_AN_END = 0.15
"""The share of answered cases that stay as they are, waiting for a customer who is content and silent."""


@dataclass(slots=True)
class Telling:
    house: Northwind
    chance: random.Random
    mails: int = 0

    def tell(self, moment: Moment) -> None:
        case, step = moment.case, moment.step
        if step.speaker == "customer":
            self._customer(case, step, moment.at)
            if moment.is_last and case.agent:
                self.resolve(case, at=moment.at + timedelta(minutes=3))
        elif not case.number:
            return
        elif step.speaker == "note":
            self._note(case, step, moment.at)
        else:
            self._agent(case, step, moment.at, is_last=moment.is_last)

    def arrive(self, raw: bytes, *, to: Sequence[str], sender: str, at: datetime) -> Received:
        """A raw mail comes in by the door."""
        self.mails += 1
        arrival = RawArrival(f"demo-{self.mails:05}", raw, at, "deliver", sender, tuple(to))
        received = take_in([arrival], house=self.house.intake, at=at)[0]
        assert received is not None, "names of arrivals are never used twice"
        return received

    def answer(self, case: Case, draft: Draft, *, at: datetime) -> Replied:
        """The case's agent answers; the mail leaves when its hold is over."""
        who = self.house.people[case.agent]
        replied = reply(who, case.number, draft, by=actor.agent(who.id), at=at)
        sent = message_by_id(replied.message)
        if sent is not None:
            case.references.append(sent.external_id)
            case.earlier = Earlier(sent.external_id, at, who.name, sent.text)
        deliver_due(worker="demo", at=at + SENDING)
        return replied

    def resolve(self, case: Case, *, at: datetime) -> None:
        who = self.house.people[case.agent]
        resolve(who, case.number, by=actor.agent(who.id), at=at)

    def change(self, case: Case, wanted: Change, *, at: datetime, by: str = "") -> None:
        who = self.house.people[by or case.agent]
        change(who, case.number, wanted, by=actor.agent(who.id), at=at)

    def _customer(self, case: Case, step: Step, at: datetime) -> None:
        mailbox = self.house.address(case.story.mailbox)
        message_id = new_message_id(case.writer, self.chance)
        earlier = case.earlier
        raw = letter(
            case.writer, to=mailbox, subject=f"Re: {case.subject}" if earlier else case.subject, text=step.text,
            message_id=message_id, at=at, answers=earlier, references=case.references, papers=self._papers(case, step),
        )  # fmt: skip
        received = self.arrive(raw, to=[mailbox], sender=case.writer.address, at=at)
        case.references.append(message_id)
        case.number = case.number or received.number or 0

    def _agent(self, case: Case, step: Step, at: datetime, *, is_last: bool) -> None:
        self._take(case, step, at - timedelta(minutes=4))
        ends = is_last and self.chance.random() > WITHOUT_AN_END
        files = tuple(self._stored(found, at) for found in self._papers(case, step))
        self.answer(case, Draft(text=step.text, attachments=files, resolve=ends), at=at)

    def _note(self, case: Case, step: Step, at: datetime) -> None:
        named = next((word for word in step.extras if word in PEOPLE), "")
        writer = named or (self._other(case) if "colleague" in step.extras else case.agent or self._one_of(case))
        who = self.house.people[writer]
        note(who, case.number, text=step.text, by=actor.agent(who.id), at=at)

    def _take(self, case: Case, step: Step, at: datetime) -> None:
        """The first who answers takes the case, and gives it its tags; somebody of the front desk brings it where it belongs."""
        named = next((word for word in step.extras if word in PEOPLE), "")
        if case.agent and not named:
            return
        case.agent = named or self._one_of(case)
        team = case.story.team
        giver = "gus" if named or team else case.agent
        who = self.house.people[case.agent].id
        wanted = Change(assignee=who, tags=case.story.tags, priority=case.story.priority)
        self.change(case, replace(wanted, team=self.house.teams[team]) if team else wanted, at=at, by=giver)

    def _one_of(self, case: Case) -> str:
        team = case.story.team or ("Billing" if case.story.mailbox == "billing" else "Front")
        return self.chance.choice(self.house.members(team))

    def _other(self, case: Case) -> str:
        members = self.house.members(PEOPLE[case.agent][2]) if case.agent else []
        return next((name for name in members if name != case.agent), "gus")

    def _papers(self, case: Case, step: Step) -> list[Paper]:
        wanted = [word for word in step.extras if word not in PEOPLE and word != "colleague"]
        return [paper(word, order=case.slots["order"], chance=self.chance) for word in wanted]

    @staticmethod
    def _stored(found: Paper, at: datetime) -> Attachment:
        name, media_type, content = found
        return Attachment(keep_upload(content, at=at), name, media_type, len(content))
