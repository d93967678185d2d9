"""Texts too long to be drawn at once: the thread shows how they begin, all of it is fetched when somebody asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from markupsafe import Markup

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.messages import case_of_message, message_of
from careline.entrypoints.web.pages import part
from careline.entrypoints.web.visit import Visit
from careline.kit.html import html_of

PIECE = 20_000
"""Characters: some eight printed pages."""
_BACK = 4_000
"""So far back a line's end, or else a blank, is looked for, that no word or address is torn."""


def beginning(text: str) -> str:
    """All of a text that is drawn at once, else its first piece."""
    return text if len(text) <= PIECE else next(pieces_of(text))


def pieces_of(text: str) -> Iterator[str]:
    """The text in pieces that a browser draws one by one as they come into view; together they are the text."""
    at = 0
    while len(text) - at > PIECE:
        end = _end(text, at)
        yield text[at:end]
        at = end
    yield text[at:]


def text_said(row: Any) -> str:
    """What a message says itself; where it is nothing but quoted words, those stand under it."""
    return row.visible_text or ("" if row.quoted else row.text)


def whole_text(visit: Visit, message: int) -> HttpResponse:
    """All that a message says, or quotes (`of=quoted`)."""
    number = case_of_message(message)
    found = message_of(conversation_for(visit.person, number).id, message) if number is not None else None
    if found is None:
        raise NotFound(f"There is no message {message}.")
    text = found.quoted if visit.asked.get("of") == "quoted" else text_said(found)
    return part(visit, "case/_whole_text", pieces=[paragraphs(piece) for piece in pieces_of(text)])


def paragraphs(text: str) -> Markup:
    words = html_of(text).replace(' rel="noopener noreferrer">', ' rel="noopener noreferrer nofollow" target="_blank">')
    return Markup(words)  # noqa: S704


def _end(text: str, at: int) -> int:
    first, last = at + PIECE - _BACK, at + PIECE
    for sign in ("\n\n", "\n", " "):
        if (found := text.rfind(sign, first, last)) >= 0:
            return found + len(sign)
    return last
