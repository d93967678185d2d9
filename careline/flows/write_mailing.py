"""A mailing is written, changed and thrown away, as long as it is a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.channels.queries import channel_by_id
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.rules.filling import used_in
from careline.domain.customers.queries.segments import segment_by_id
from careline.domain.history.actor import Actor
from careline.domain.outreach import commands as mailings
from careline.domain.outreach.queries import mailing_by_id
from careline.domain.outreach.rules import LONGEST_PURPOSE, LONGEST_SUBJECT, LONGEST_TEXT
from careline.domain.staff.rules import Person, require

VARIABLES = ("customer.name", "customer.first_name", "agent.name")


@dataclass(frozen=True, slots=True)
class MailingSaid:
    """To whom (a segment's key, and the purpose they agreed to), from where, and what."""

    name: str
    segment: int
    purpose: str
    channel: int
    subject: str
    text: str


def add_mailing(agent: Person, said: MailingSaid, *, by: Actor, at: datetime) -> int:
    """Its key. Raises Forbidden, Refused."""
    require(agent, "mailing:send")
    return mailings.add_mailing(**_good(said), by=by, at=at)


def change_mailing(agent: Person, key: int, said: MailingSaid, *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NotFound, Refused."""
    mailing_for(agent, key)
    if not mailings.change_mailing(key, **_good(said), by=by, at=at):
        raise Refused("It was started already, so it stays as it is.")


def drop_mailing(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NotFound, Refused."""
    mailing_for(agent, key)
    if not mailings.drop_mailing(key, by=by, at=at):
        raise Refused("It was started already, so it stays on the record.")


def mailing_for(agent: Person, key: int) -> Any:
    """Raises Forbidden, NotFound."""
    require(agent, "mailing:send")
    found = mailing_by_id(key)
    if found is None:
        raise NotFound(f"There is no mailing {key}.")
    return found


def _good(said: MailingSaid) -> dict[str, Any]:
    words = {name: getattr(said, name).strip() for name in ("name", "purpose", "subject", "text")}
    for name, longest in (
        ("name", 200),
        ("purpose", LONGEST_PURPOSE),
        ("subject", LONGEST_SUBJECT),
        ("text", LONGEST_TEXT),
    ):
        if not words[name]:
            raise Refused(f"A mailing needs a {name}.")
        if len(words[name]) > longest:
            raise Refused(f"The {name} has at most {longest} letters.")
    if unknown := [name for name in used_in(said.subject + said.text) if name not in VARIABLES]:
        raise Refused(f"There is no variable {{{{{unknown[0]}}}}} in a mailing; there are {', '.join(VARIABLES)}.")
    if segment_by_id(said.segment) is None:
        raise Refused("There is no such segment.")
    channel = channel_by_id(said.channel)
    if channel is None or channel.kind != "email" or not channel.is_active:
        raise Refused("There is no such mailbox in use.")
    return words | {"segment": said.segment, "channel": said.channel}
