"""An agent has begun to write: kept as they type, so that nothing is lost with the browser."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.conversations.commands import drafts
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.staff.rules import Person

LONGEST = 200_000


def keep_draft(agent: Person, number: int, kind: str, content: dict[str, Any], *, at: datetime) -> None:
    """Keeps the draft of this agent, case and kind; an empty one is dropped. Raises NotFound, Refused."""
    case = conversation_for(agent, number)
    if kind not in drafts.KINDS:
        raise Refused(f"There is no kind of draft {kind!r}.")
    if len(str(content.get("text", ""))) > LONGEST:
        raise Refused("The draft is too long to be kept.")
    drafts.keep(agent=agent.id, conversation=case.id, kind=kind, content=content, at=at)


def drop_draft(agent: Person, number: int, kind: str) -> None:
    """The draft was sent or thrown away. Raises NotFound."""
    drafts.drop(agent=agent.id, conversation=conversation_for(agent, number).id, kind=kind)
