"""A reader says whether an article helped; somebody of the house settles what they said."""

from __future__ import annotations

import hashlib
from datetime import datetime

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.knowledge.commands import opinions
from careline.domain.knowledge.queries.published import text_at, text_of_article
from careline.domain.staff.rules import Person, require
from careline.flows.write_article import WRITE

REASONS = ("unclear", "wrong", "missing", "other")
LONGEST_COMMENT = 2000


def hear_reader(
    brand: int,
    language: str,
    slug: str,
    *,
    ticket: str,
    is_helpful: bool,
    reason: str = "",
    comment: str = "",
    at: datetime,
) -> None:
    """One opinion for each ticket (what the page that they read was given), whatever is sent again. Raises NotFound, Refused."""
    found = text_at(brand, language, slug)
    if found is None:
        raise NotFound("There is no such article.")
    if reason not in ("", *REASONS):
        raise Refused("There is no such reason.")
    if len(comment) > LONGEST_COMMENT:
        raise Refused("Say it in up to 2,000 characters.")
    opinions.give_opinion(
        found.article_id, language=language, version=found.version, reader=hashlib.sha256(ticket.encode()).hexdigest(),
        is_helpful=is_helpful, reason="" if is_helpful else reason, comment=comment.replace("\x00", "").strip(),
        by=Actor(ActorKind.CUSTOMER, via="help"), at=at,
    )  # fmt: skip


def hear_reader_elsewhere(
    agent: Person,
    article: int,
    language: str,
    *,
    reader: str,
    is_helpful: bool,
    reason: str = "",
    comment: str = "",
    at: datetime,
) -> None:
    """The same of somebody who read it on other pages than ours; `reader` is how those call them. Raises Forbidden, NotFound, Refused."""
    require(agent, WRITE)
    found = text_of_article(article, language)
    if found is None or found.language != language:
        raise NotFound("There is no such article.")
    hear_reader(
        found.brand_id, language, found.slug, ticket=f"elsewhere {reader}", is_helpful=is_helpful, reason=reason, comment=comment, at=at
    )  # fmt: skip


def settle_opinions(agent: Person, keys: list[int], *, by: Actor, at: datetime) -> int:
    """These are done; how many were open. Raises Forbidden."""
    require(agent, WRITE)
    return opinions.settle_opinions(keys, by=by, at=at)
