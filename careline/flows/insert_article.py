"""An article goes into an answer, as a link or as its words; the case remembers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from careline.domain.company.queries import Site, site_of
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.knowledge.commands.canned import note_uses
from careline.domain.knowledge.commands.searches import put_in_case
from careline.domain.knowledge.queries.finding import Found, articles_for
from careline.domain.knowledge.queries.published import PUBLIC, published_articles, text_of_article
from careline.domain.staff.rules import Person, require

LINK, TEXT = "link", "text"
READ = "knowledge:read"
_LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Inserted:
    """What goes into the composer."""

    text: str
    html: str


def articles_to_insert(agent: Person, number: int, *, words: str, limit: int = 8) -> list[Any]:
    """What may help here: by the words, else what the case's subject asks for. Also what only the house may read.
    Raises NotFound, Forbidden."""
    require(agent, READ)
    case = conversation_for(agent, number, verb="conversation:note")
    site = _site(case.brand_id)
    found = _found(words or case.subject, case, site, limit=limit, is_typing=bool(words))
    if found.articles or words:
        return found.articles
    return published_articles(case.brand_id, case.language or site.languages[0], audience=None, limit=limit)


def insert_article(agent: Person, number: int, article: int, *, how: str, by: Actor, at: datetime) -> Inserted:
    """Counts as one use, and stands on the case. Raises NotFound, Forbidden, Refused."""
    require(agent, READ)
    case = conversation_for(agent, number, verb="conversation:note")
    found = text_of_article(article, case.language or "")
    if found is None:
        raise NotFound(f"There is no published article {article}.")
    if how == LINK and found.audience != PUBLIC:
        raise Refused("Customers can't read this article: put its words in, or tell them in your own.")
    with transaction.atomic():
        if put_in_case(article, conversation=case.id, how=how, by=by, at=at):
            data = {"article": article, "how": how, "language": found.language}
            record(
                Happening("article.inserted", "conversation", case.number, case.id, case.customer_id, data),
                by=by,
                at=at,
            )
        note_uses("article", [article], agent=agent.id, at=at)
    if how == TEXT:
        return Inserted(found.text[:_LONGEST_TEXT], "")
    return Inserted(f"{found.title}\n{address_of(found, _site(found.brand_id))}", "")


def address_of(article: Any, site: Site) -> str:
    """Where customers read it: under the brand's own name, where it has one."""
    home = f"https://{site.domain}" if site.domain else settings.PUBLIC_URL
    return f"{home}/help/{article.language}/{article.slug}"


def _found(words: str, case: Any, site: Site, *, limit: int, is_typing: bool) -> Found:
    language = case.language if case.language in site.languages else site.languages[0]
    return articles_for(
        words, brand=case.brand_id, language=language, languages=site.languages, audience=None, is_typing=is_typing, limit=limit, least=0.2
    )  # fmt: skip


def _site(brand: int) -> Site:
    found = site_of(brand)
    if found is None:
        raise NotFound("There is no such brand.")
    return found
