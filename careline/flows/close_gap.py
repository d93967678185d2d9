"""What was looked for in vain is answered: by an article that is there already, or it is set aside."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.history.actor import Actor
from careline.domain.knowledge.commands import searches
from careline.domain.knowledge.queries.published import text_of_article
from careline.domain.knowledge.rules.finding import key_of
from careline.domain.staff.rules import Person, require

VERB = "knowledge:write"


def answer_gap(agent: Person, words: str, *, article: int, language: str, by: Actor, at: datetime) -> None:
    """The article is found by these words from now on, and the gap is closed. Raises Forbidden, NotFound, Refused."""
    require(agent, VERB)
    said = " ".join(words.split())[:200]
    if not key_of(said):
        raise Refused("Say which words it answers.")
    found = text_of_article(article, language)
    if found is None:
        raise NotFound(f"There is no published article {article}.")
    with transaction.atomic():
        searches.add_phrase(article, language=found.language, words=said, by=by, at=at)
        searches.settle_searches(key_of(said), by=by, at=at)


def settle_gap(agent: Person, words: str, *, by: Actor, at: datetime) -> None:
    """Nobody has to write anything for it. Raises Forbidden."""
    require(agent, VERB)
    searches.settle_searches(key_of(words), by=by, at=at)
