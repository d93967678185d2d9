"""Which parts are the words of the mail and which are its attachments (RFC 2046 sections 5.1.3 to 5.1.7)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from careline.domain.channels.email.mail import Part
from careline.domain.channels.email.mime.charsets import SAMPLE, charset_in_html, codec_of, decode_text
from careline.domain.channels.email.mime.flowed import unflow

LONGEST_TEXT = 1_000_000
"""Bytes of words that are shown; a longer part is also kept whole, as an attachment."""

_WORDS = {
    "text/plain",
    "text/html",
    "text/enriched",
    "text/richtext",
    "text/x-amp-html",
    "text/watch-html",
    "text/markdown",
}
_CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 12, 13, 27})
_HTML = {"text/html"}
_ENRICHED = {"text/enriched", "text/richtext"}
_ENRICHMENT = re.compile(r"<param>[^<]{0,200}</param>|</?[A-Za-z][A-Za-z-]{0,60}>", re.IGNORECASE)
_HIDDEN = {"text/x-amp-html", "text/watch-html"}


@dataclass(slots=True)
class Piece:
    """One part's words; pieces of one `group` say the same in other forms."""

    text: str
    is_html: bool
    group: str


@dataclass(slots=True)
class Body:
    text: str = ""
    html: str = ""
    attachments: list[Part] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)


def read_words(parts: list[Part], *, text_of: Callable[[str], str]) -> Body:
    """Words joined in order; of alternatives plain text is the text, and HTML is kept beside it."""
    body = Body()
    pieces: list[Piece] = []
    budget = LONGEST_TEXT
    for part in parts:
        if not is_words(part) or budget <= 0:
            body.attachments.append(part)
            continue
        if part.media_type in _HIDDEN and "multipart/alternative" in part.within:
            continue
        if len(part.content) > budget:
            body.attachments.append(part)
            body.defects.append("The text is too long to be shown whole; all of it is kept as an attachment.")
        text, defect = words_of(part, limit=budget)
        budget -= len(part.content)
        pieces.append(Piece(text, part.media_type in _HTML, _group(part, len(pieces))))
        if defect:
            body.defects.append(defect)
    if not pieces and (shown := _only_words(parts)):
        pieces.append(Piece(words_of(shown)[0], shown.media_type in _HTML, "p0"))
    body.text = _joined_text(pieces, text_of)
    body.html = _joined_html(pieces)
    return body


def _only_words(parts: list[Part]) -> Part | None:
    """A text file that stands for the words where there are no others: shown in the mail, or alone in it."""
    for part in parts:
        is_shown = part.disposition != "attachment" or len(parts) == 1
        if is_shown and part.media_type in ("text/plain", "text/html") and not is_binary(part):
            return part
    return None


def is_words(part: Part) -> bool:
    is_shown = part.media_type in _WORDS and part.disposition != "attachment" and not part.name
    return is_shown and not is_binary(part)


def is_binary(part: Part) -> bool:
    """A file that claims to be text, or came without any header."""
    if part.media_type != "text/plain" or (part.content.isascii() and b"\x00" not in part.content[:SAMPLE]):
        return False
    sample = part.content[:SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return (
        controls > 8
        and controls * 20 > len(sample)
        and not codec_of(part.charset).startswith(("utf-16", "utf_16", "utf-32"))
    )


def words_of(part: Part, *, limit: int = LONGEST_TEXT) -> tuple[str, str]:
    """(text with plain line ends, defect) of a text part, unflowed where it says that it flows."""
    content = part.content if len(part.content) <= limit else part.content[:limit]
    is_html = part.media_type in _HTML
    text, defect = decode_text(content, part.charset or (charset_in_html(content) if is_html else ""))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if part.media_type in _ENRICHED:
        text = _ENRICHMENT.sub("", text)
    if not is_html and part.params.get("format", "").lower() == "flowed":
        text = unflow(text, delete_space=part.params.get("delsp", "").lower() == "yes")
    return text, defect


def _group(part: Part, place: int) -> str:
    """The path of the nearest multipart/alternative around a part, or something of its own."""
    for depth in range(len(part.within) - 1, -1, -1):
        if part.within[depth] == "multipart/alternative":
            return "a" + ".".join(part.path.split(".")[:depth])
    return f"p{place}"


def _joined_text(pieces: list[Piece], text_of: Callable[[str], str]) -> str:
    if len(pieces) == 1 and not pieces[0].is_html:
        return pieces[0].text.strip("\n")
    plain = {piece.group for piece in pieces if not piece.is_html and piece.text.strip()}
    shown = []
    for piece in pieces:
        if not piece.is_html:
            shown.append(piece.text.strip("\n"))
        elif piece.group not in plain:
            shown.append(text_of(piece.text).strip("\n"))
    return "\n\n".join(text for text in shown if text.strip())


def _joined_html(pieces: list[Piece]) -> str:
    formatted = {piece.group for piece in pieces if piece.is_html and piece.text.strip()}
    if not formatted:
        return ""
    shown = []
    for piece in pieces:
        if piece.is_html:
            shown.append(piece.text)
        elif piece.group not in formatted and piece.text.strip():
            shown.append(f"<div>{escape(piece.text.strip()).replace(chr(10), '<br>' + chr(10))}</div>")
    return "\n".join(shown)
