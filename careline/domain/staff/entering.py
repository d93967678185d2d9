"""A link by mail, a new password: what somebody asks for at the door, answered alike whether they are known or not."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from careline.domain.history.actor import Actor, agent
from careline.domain.history.commands import Happening, record
from careline.domain.staff.commands import issue_link
from careline.domain.staff.house_letters import letters_since, write_letter
from careline.domain.staff.models import Agent
from careline.domain.staff.sessions import end_sessions

MAILED_LINK_VALID = timedelta(minutes=20)
MOST_LETTERS = 3
"""In the time that a link is good for."""


@transaction.atomic
def mail_link(email: str, *, purpose: str, at: datetime) -> None:
    """`purpose` entry or password. Nothing happens for an unknown address, one of somebody who left, or the fourth in a row."""
    found = Agent.objects.filter(email=email.strip().lower(), is_active=True).first()
    if found is None or letters_since(found.pk, since=at) >= MOST_LETTERS:
        return
    words = issue_link(found, by=agent(found.pk), at=at, purpose=purpose, valid=MAILED_LINK_VALID)
    write_letter(found, kind=purpose, words=words, valid=MAILED_LINK_VALID, at=at)


@transaction.atomic
def set_password(found: Agent, *, password: str, by: Actor, at: datetime) -> None:
    """A new password; every browser in which they are signed in has to do so again."""
    found.set_password(password)
    Agent.objects.filter(pk=found.pk).update(password=found.password)
    end_sessions(found.pk, by=by, at=at)
    record(Happening("agent.password_changed", "agent", found.pk), by=by, at=at)
