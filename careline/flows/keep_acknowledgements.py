"""What first mails are answered with, by mailbox and topic; and how it would read."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation

from careline.domain.channels.queries import channel_by_id
from careline.domain.company.queries import languages
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.structure import topics
from careline.domain.history.actor import Actor
from careline.domain.sla.commands import acknowledgements
from careline.domain.sla.queries.acknowledgements import zone_of_customer
from careline.domain.sla.queries.expected import Expected, would_promise
from careline.domain.sla.rules.acknowledgements import Words, filled, text_in, unknown_variables
from careline.domain.sla.rules.clocks import FIRST_RESPONSE
from careline.domain.sla.rules.policies import Facts
from careline.domain.staff.rules import Person, require
from careline.flows.expected_words import expected_words, own_words
from careline.kit.spoken import spoken

VERB = "promise:manage"
LONGEST = 5000
_A_NUMBER = 1234


def keep_words(agent: Person, words: Words, *, by: Actor, at: datetime) -> int:
    """Raises Forbidden, NotFound, Refused."""
    require(agent, VERB)
    _judge(words)
    return acknowledgements.save_words(words, by=by, at=at)


def remove_words(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """The mailbox's own hold from then on. Raises Forbidden, NotFound."""
    require(agent, VERB)
    if not acknowledgements.remove_words(key, by=by, at=at):
        raise NotFound(f"There is no acknowledgement {key}.")


def preview_words(agent: Person, words: Words, language: str, *, at: datetime) -> str:
    """As a sender of that language would read it now. Raises Forbidden, NotFound, Refused."""
    require(agent, VERB)
    _judge(words)
    found = would_promise(Facts(channel=words.channel, topic=words.topic, language=language), at=at).due.get(
        FIRST_RESPONSE
    )
    promised = None
    if found is not None:
        terms, due_at, is_fallback = found
        promised = Expected(due_at, terms.seconds, terms.is_business, is_fallback, "", "")
    said = expected_words(promised, language=language, zone=zone_of_customer(None), at=at)
    return written(words.texts, language, number=_A_NUMBER, expected=said)


def written(texts: dict[str, str] | object, language: str, *, number: int, expected: str) -> str:
    """The words of that language with everything in its place; the house's own where nobody wrote any."""
    _code, text = text_in(texts, language, otherwise=languages())  # type: ignore[arg-type]
    if not text:
        with translation.override(spoken(language) or spoken(languages()[0]) or "en"):
            text = own_words()
    return filled(text, number=number, expected=expected)


def _judge(words: Words) -> None:
    if channel_by_id(words.channel) is None:
        raise NotFound(f"There is no mailbox {words.channel}.")
    if words.topic is not None and words.topic not in {row.id for row in topics()}:
        raise Refused(f"There is no topic {words.topic}.")
    for text in words.texts.values():
        if len(text) > LONGEST:
            raise Refused(f"An acknowledgement has up to {LONGEST} characters.")
        if unknown := unknown_variables(text):
            raise Refused(f"Nothing can be put in for {{{unknown[0]}}}; there are {{number}} and {{expected}}.")
