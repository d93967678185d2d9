"""A canned reply goes into an answer: in the case's language, with what its variables stand for here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.company.queries import languages
from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.knowledge.commands.canned import note_uses
from careline.domain.knowledge.queries.canned import reply_of
from careline.domain.knowledge.queries.values import values_in
from careline.domain.knowledge.rules.languages import language_for
from careline.domain.knowledge.rules.variables import Filled, fill
from careline.domain.staff.rules import Person


@dataclass(frozen=True, slots=True)
class Inserted:
    """What goes into the composer. `unfilled` variables stand in it still: they are to be replaced before it is sent."""

    text: str
    html: str
    language: str
    cursor: int | None
    unfilled: tuple[str, ...]
    files: list[dict[str, Any]]


def insert_reply(agent: Person, number: int, key: int, *, at: datetime) -> Inserted:
    """Counts as one use. Raises NotFound, Forbidden."""
    found = preview_reply(agent, number, key, at=at)
    note_uses("reply", [key], agent=agent.id, at=at)
    return found


def preview_reply(agent: Person, number: int, key: int, *, at: datetime) -> Inserted:
    """The same without counting it. Raises NotFound, Forbidden."""
    case = conversation_for(agent, number, verb="conversation:note")
    row = reply_of(agent, key)
    if row is None:
        raise NotFound(f"There is no canned reply {key}.")
    language = language_for(row.texts, wanted=case.language, company=languages())
    said = row.texts.get(language, {})
    values = values_in(case, agent, language=language, at=at)
    plain = fill(said.get("text", ""), values)
    formatted = fill(said["html"], values, is_html=True) if said.get("html") else Filled("")
    return Inserted(plain.text, formatted.text, language, plain.cursor, plain.unfilled, row.files)
