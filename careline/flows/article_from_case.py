"""A solved case becomes the draft of an article, without the people in it; whoever keeps it has read it before."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_for, participants_of
from careline.domain.conversations.queries.messages import messages_of
from careline.domain.customers.queries.people import customer_by_id
from careline.domain.history.actor import Actor
from careline.domain.knowledge.commands.articles import Facts
from careline.domain.knowledge.rules.without_people import without_people
from careline.domain.staff.queries import agents
from careline.domain.staff.rules import Person, require
from careline.flows.write_article import WRITE, Written, add_article

_MOST_ANSWERS, _LONGEST = 3, 6_000


@dataclass(frozen=True, slots=True)
class Proposed:
    """The words of an article to come: the question as its title and summary, what we answered as its text."""

    title: str
    summary: str
    text: str
    language: str


def propose_article(agent: Person, number: int) -> Proposed:
    """From a resolved case. Raises NotFound, Forbidden, Refused."""
    require(agent, WRITE)
    case = conversation_for(agent, number)
    if case.category != "resolved":
        raise Refused("Only a resolved case becomes an article: first it has to be solved.")
    names = _names_in(case)
    said = [message for message in messages_of(case.id) if message.visibility != "staff"]
    asked = next((message.visible_text for message in said if message.kind == "incoming"), "")
    answers = [message.visible_text or message.text for message in said if message.kind == "reply"][-_MOST_ANSWERS:]
    clean = [without_people(words[:_LONGEST], names=names) for words in answers]
    question = " ".join(without_people(asked[:_LONGEST], names=names).split())
    return Proposed(
        without_people(case.subject, names=names) or "…", question[:300], "\n\n".join(filter(None, clean)), case.language or ""
    )  # fmt: skip


def keep_article(
    agent: Person, number: int, *, title: str, summary: str, text: str, language: str, by: Actor, at: datetime
) -> int:  # fmt: skip
    """As a draft of the case's brand, for the one who keeps it to go on with; its key. Raises NotFound, Forbidden, Refused, BadArticle."""
    require(agent, WRITE)
    case = conversation_for(agent, number)
    words = Written(title, _paragraphs(text), summary)
    return add_article(agent, Facts(case.brand_id, owner_id=agent.id), language, words, by=by, at=at)


def _paragraphs(text: str) -> str:
    parts = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    return "".join(f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>" for part in parts)


def _names_in(case: Any) -> list[str]:
    """Of everybody who may be named in it: customer, participants, colleagues."""
    people = [word for one in participants_of(case.id) for word in (one.name or "", one.value.split("@")[0])]
    customer = customer_by_id(case.customer_id) if case.customer_id else None
    return [*people, customer.name if customer else "", *(one.name for one in agents())]
