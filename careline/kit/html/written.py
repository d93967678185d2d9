"""Plain text written as HTML: what an agent types, ready for a mail's HTML part."""

from __future__ import annotations

import html as entities
import re

_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_ADDRESS = re.compile(
    r"""(?P<web>\bhttps?://[^\s<>"']{1,2000})|(?P<mail>\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}\b)""", re.I
)
_WORDS_NEAR_ADDRESSES = ("://", "@")


def html_of(text: str) -> str:
    """`text` as safe HTML: blank lines part paragraphs, line ends stay, web and mail addresses become links."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip("\n")
    if not text.strip():
        return ""
    return "\n".join(f"<p>{_inline(block)}</p>" for block in _BLANK_LINES.split(text) if block.strip())


def _inline(block: str) -> str:
    if not any(sign in block for sign in _WORDS_NEAR_ADDRESSES):
        return _spaced(entities.escape(block))
    pieces, at = [], 0
    for found in _ADDRESS.finditer(block):
        address = _without_trailing_marks(found[0]) if found["web"] else found[0]
        target = address if found["web"] else f"mailto:{address}"
        pieces.append(_spaced(entities.escape(block[at : found.start()])))
        pieces.append(f'<a href="{entities.escape(target)}" rel="noopener noreferrer">{entities.escape(address)}</a>')
        at = found.start() + len(address)
    pieces.append(_spaced(entities.escape(block[at:])))
    return "".join(pieces)


def _spaced(escaped: str) -> str:
    """Line ends as <br>, runs of spaces kept visible."""
    return escaped.replace("  ", "&nbsp; ").replace("\n", "<br>\n")


def _without_trailing_marks(address: str) -> str:
    """A full stop after an address ends the sentence; a closing bracket belongs to it only if it opened inside."""
    while address and (address[-1] in ".,;:!?*_" or (address[-1] == ")" and address.count("(") < address.count(")"))):
        address = address[:-1]
    return address
