"""The named world of tests, demo and screenshots: Ada, Ben and Cleo of Northwind Bikes, teams Front and Back, customer Carol."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction

from careline.domain.channels import commands as channels
from careline.domain.channels.adapter import ChannelRow
from careline.domain.channels.inbound import Inbound, Party
from careline.domain.channels.queries import channel_by_id
from careline.domain.company import commands as company
from careline.domain.company.queries import default_brand
from careline.domain.conversations.commands import labels
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.staff import commands as staff
from careline.domain.staff.models import Agent, Team
from careline.domain.staff.queries import person
from careline.domain.staff.rules import Person
from careline.flows.receive import Carried, Received, receive
from tests.made_once import made_once

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SUPPORT = "support@northwind.example"


@dataclass(slots=True)
class World:
    """Ada is administrator, Ben in team Front, Cleo in team Back; `case` is Carol's, open in Front."""

    ada: Agent
    ben: Agent
    cleo: Agent
    front: Team
    back: Team
    mailbox: ChannelRow
    case: int
    carol: int

    def token_of(self, who: Agent, *scopes: str) -> str:
        return staff.issue_token(who, by=agent(who.pk), at=NOON, scopes=scopes)

    def person(self, who: Agent) -> Person:
        found = person(who.pk)
        assert found is not None
        return found


@made_once
def make_world() -> World:
    staff.ensure_roles()
    labels.ensure_statuses()
    company.found("Northwind Bikes", languages=("en", "de"), by=SYSTEM, at=NOON)
    front, back = (staff.add_team(name, by=SYSTEM, at=NOON) for name in ("Front", "Back"))
    ada = _agent("Ada", "administrator")
    ben = _agent("Ben", "representative", front)
    cleo = _agent("Cleo", "representative", back)
    mailbox = channels.add_channel(
        "email", name="Support", address=SUPPORT, brand_id=default_brand().pk, team_id=front.pk, settings={}, by=SYSTEM, at=NOON
    )  # fmt: skip
    row = channel_by_id(mailbox.pk)
    assert row is not None
    written = writes_in("Where is my bike?", text="I ordered it a week ago.", mailbox=row)
    assert written.number is not None and written.message is not None
    return World(ada, ben, cleo, front, back, row, written.number, _customer_of(written.number))


def writes_in(
    subject: str,
    *,
    text: str,
    mailbox: ChannelRow,
    sender: str = "carol@example.com",
    name: str = "Carol",
    at: datetime = NOON,
) -> Received:
    """A customer's mail as it stands once it was understood."""
    words = f"{sender}\n{subject}\n{text}\n{at.isoformat()}"
    inbound = Inbound(
        sender=Party(sender, name), to=[Party(mailbox.address)], subject=subject, text=text, visible_text=text, sent_at=at,
        external_id=f"<{hashlib.sha256(words.encode()).hexdigest()[:16]}@mail.example>", fingerprint=hashlib.sha256(words.encode()).hexdigest(),
    )  # fmt: skip
    with transaction.atomic():
        return receive(inbound, channel=mailbox, carried=Carried(own_addresses=frozenset({mailbox.address})), at=at)


def _agent(name: str, role: str, *teams: Team) -> Agent:
    email = f"{name.lower()}@northwind.example"
    return staff.add_agent(email, name=name, role=role, team_ids=tuple(team.pk for team in teams), by=SYSTEM, at=NOON)


def _customer_of(number: int) -> int:
    from careline.domain.conversations.queries.cases import conversation_by_number

    return int(conversation_by_number(number).customer_id)
