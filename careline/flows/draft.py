"""An agent has begun to write: kept as they type, so that nothing is lost with the browser; shown to others if they share it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import cases, drafts
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_for, drafts_of
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person

LONGEST = 200_000


def keep_draft(agent: Person, number: int, kind: str, content: dict[str, Any], *, at: datetime) -> None:
    """Keeps the draft of this agent, case and kind; an empty one is dropped. Raises NotFound, Refused."""
    case = conversation_for(agent, number)
    _known(kind)
    if len(str(content.get("text", ""))) > LONGEST:
        raise Refused("The draft is too long to be kept.")
    drafts.keep(agent=agent.id, conversation=case.id, kind=kind, content=content, at=at)


def drop_draft(agent: Person, number: int, kind: str) -> None:
    """The draft was sent or thrown away. Raises NotFound."""
    drafts.drop(agent=agent.id, conversation=conversation_for(agent, number).id, kind=kind)


def share_draft(agent: Person, number: int, kind: str, *, shared: bool, by: Actor, at: datetime) -> None:
    """Shows one's draft to whoever sees the case, or to nobody any more. Raises NotFound, Forbidden, Refused."""
    case = conversation_for(agent, number, verb="conversation:note")
    _known(kind)
    with transaction.atomic():
        if not drafts.share(case, agent=agent.id, kind=kind, shared=shared, by=by, at=at) and shared:
            raise Refused("There is no draft to share yet: write something first.")


def take_over_draft(agent: Person, number: int, kind: str, *, was: int, by: Actor, at: datetime) -> None:
    """A colleague's shared draft becomes one's own. Raises NotFound, Forbidden, Refused where one has a draft already."""
    case = conversation_for(agent, number, verb="conversation:note")
    _known(kind)
    with transaction.atomic():
        cases.locked(case.id)
        if drafts_of(case.id, agent=agent.id).get(kind):
            raise Refused("You have begun to write here yourself: send or empty your own draft first.")
        if not drafts.hand_over(case, kind=kind, was=was, to=agent.id, by=by, at=at):
            raise NotFound("This draft is not shared any more.")


def _known(kind: str) -> None:
    if kind not in drafts.KINDS:
        raise Refused(f"There is no kind of draft {kind!r}.")
