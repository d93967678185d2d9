"""How well a case was solved, as its customer said it elsewhere: on another site's pages, or by telephone. It bears who wrote it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.chats import commands as chats
from careline.domain.chats.queries import rating_of as rating_of_chat
from careline.domain.chats.queries import thread_of_case
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.customers.commands.portal import CannotRate, rate
from careline.domain.customers.queries.portal import rating_of
from careline.domain.customers.rules.portal import LONGEST_COMMENT, SCORES
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.staff.rules import Person, require

VERB = "portal:manage"


@dataclass(frozen=True, slots=True)
class Ratings:
    """`solution`: of how the case was solved last; `chat`: of its talk. Each has score and comment, or is None."""

    solution: Any | None
    chat: Any | None


def ratings_of(agent: Person, number: int) -> Ratings:
    """Raises NotFound."""
    case = conversation_for(agent, number)
    thread = thread_of_case(case.id)
    talk = rating_of_chat(thread.id) if thread is not None else None
    return Ratings(
        rating_of(case.id, resolved_at=case.resolved_at), talk if talk is not None and talk.score is not None else None
    )


def rate_for_customer(
    agent: Person, number: int, *, of: str, score: int, comment: str, by: Actor, at: datetime
) -> None:
    """`of`: solution or chat; said again it takes the place of what was said before. Raises NotFound, Forbidden, Refused."""
    case = conversation_for(agent, number)
    require(agent, VERB)
    if score not in SCORES or len(comment) > LONGEST_COMMENT:
        raise Refused("A rating goes from 1 to 5, with up to 2,000 characters beside it.")
    if of == "chat":
        _rate_chat(case, score, comment.strip(), by=by, at=at)
    else:
        _rate_solution(case, score, comment.strip(), by=by, at=at)


def _rate_chat(case: Any, score: int, comment: str, *, by: Actor, at: datetime) -> None:
    thread = thread_of_case(case.id)
    if thread is None:
        raise Refused("This case is no chat.")
    chats.rate(thread, score=score, comment=comment, by=by, at=at)


def _rate_solution(case: Any, score: int, comment: str, *, by: Actor, at: datetime) -> None:
    if case.resolved_at is None or case.customer_id is None:
        raise Refused("It is not solved yet, so it cannot be rated.")
    with transaction.atomic():
        try:
            rate(
                case.id, resolved_at=case.resolved_at, customer=case.customer_id, score=score, comment=comment, by=by, at=at
            )  # fmt: skip
        except CannotRate as refusal:
            raise Refused(str(refusal)) from None
        told = {"score": score}
        record(Happening("request.rated", "conversation", case.number, case.id, case.customer_id, told), by=by, at=at)
