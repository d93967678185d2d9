"""Acknowledgements: what a first mail is answered at once, by mailbox and topic."""

from __future__ import annotations

from typing import Any

from careline.domain.sla.queries.acknowledgements import all_words
from careline.domain.sla.rules.acknowledgements import Words
from careline.domain.staff.rules import require
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.routes import Call, route
from careline.entrypoints.api.shapes import acknowledgements as shapes
from careline.entrypoints.api.shapes.parts import Page, PageQuery
from careline.flows.keep_acknowledgements import VERB, keep_words, preview_words, remove_words


@route("GET", "/acknowledgements", query=PageQuery, answer=Page[shapes.Acknowledgement])
def acknowledgements(call: Call) -> Any:
    """Those that were written. A mailbox that has none goes by its own settings."""
    require(call.person, VERB)
    return short_page_of([_shown(one) for one in all_words()], call.query)


@route("PUT", "/acknowledgements", body=shapes.NewAcknowledgement, answer=shapes.Acknowledgement)
def kept_acknowledgement(call: Call) -> Any:
    """Says what first mails to this mailbox about this topic are answered: in the sender's language, once in 24 hours, never to robots."""
    said = call.body
    words = Words(int(said.channel), int(said.topic) if said.topic else None, said.is_on, said.texts)
    key = keep_words(call.person, words, by=call.by, at=call.at)
    return next(_shown(one) for one in all_words() if one.id == key)


@route("POST", "/acknowledgements/preview", body=shapes.Preview, answer=shapes.Previewed)
def previewed_acknowledgement(call: Call) -> Any:
    """As a sender of that language would read it if they wrote now. Nothing is sent or kept."""
    said = call.body
    words = Words(int(said.channel), int(said.topic) if said.topic else None, True, said.texts)
    return shapes.Previewed(preview_words(call.person, words, said.language, at=call.at))


@route("DELETE", "/acknowledgements/{id}", status=204)
def removed_acknowledgement(call: Call) -> None:
    """Those of the whole mailbox hold from then on, else its own settings."""
    remove_words(call.person, call.id, by=call.by, at=call.at)


def _shown(one: Words) -> shapes.Acknowledgement:
    return shapes.Acknowledgement(
        str(one.id), str(one.channel), str(one.topic) if one.topic else None, one.is_on, dict(one.texts)
    )
