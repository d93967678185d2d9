"""The same language where a list of cases is narrowed by it: conditions on a case `c`."""

from __future__ import annotations

from datetime import datetime

from careline.domain.company.queries import languages
from careline.domain.desk.queries.search.asked import asked_of
from careline.domain.desk.queries.search.cases import conditions_on_words, phrase_conditions
from careline.domain.desk.queries.search.conditions import Condition
from careline.domain.staff.rules import Person


def text_conditions(text: str, person: Person, *, at: datetime) -> list[Condition]:
    """What was typed into a list's filter, where the last word may be the beginning of one. All words stand in one message.

    Text in which nothing can be looked for finds nothing; an operator that is not finished yet leaves the list as it is.
    """
    if not text.strip():
        return []
    asked = asked_of(text, person, at=at, languages=languages(), typing=True)
    if asked.words.is_impossible:
        return [("false", {})]
    conditions = list(asked.cases)
    if not asked.has_words:
        return [*conditions, *asked.dated("c.created_at")]
    said, params = conditions_on_words(asked)
    for part, values in [*asked.dated("m.created_at"), *phrase_conditions(asked)]:
        said, params = f"{part} AND {said}", params | values
    holds = f"""EXISTS (SELECT FROM conversations_message m JOIN conversations_message p ON p.id = m.id
        WHERE m.conversation_id = c.id AND {said})"""
    if not asked.words.patterns and not asked.words.unwanted_patterns:
        holds = f"EXISTS (SELECT FROM conversations_message m WHERE m.conversation_id = c.id AND {said})"
    return [*conditions, (holds, params)]
