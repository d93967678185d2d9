"""History that only the HTML tells: the containers in which mail programs wrap what they quote."""

from __future__ import annotations

import re

from careline.kit.html import text_of

# A line no mail contains: a private character stands where the history begins.
HISTORY = "\ue000"

_TAG = re.compile(r"<(?:div|blockquote|table|section|hr|span|p)\s[^<>]{1,4000}>", re.I)
_CONTAINER = re.compile(
    r"\b(?:gmail_quote|gmail_quote_container|gmail_extra|gwmail_quote|yahoo_quoted|divRplyFwdMsg|appendonsend|"
    r"OLK_SRC_BODY_SECTION|moz-cite-prefix|moz-forward-container|protonmail_quote|tutanota_quote|zmail_extra|zm_quote|"
    r"ms-outlook-mobile-reference-message|mail-editor-reference-message-container|isForwardContent|isReplyContent|"
    r"reply-intro|replyForwardMessage|history_container)\b"
    r"|_yahoo_quoted\b|\dyahoo_quoted\b|\btype=[\"']?cite\b|border-top:\s{0,3}solid\s{1,3}#(?:E1E1E1|B5C4DF)\b",
    re.I,
)


def marked_text(html: str, *, always: bool) -> str:
    """The HTML as text, a HISTORY line above each container of history; empty where there is none, unless `always`."""
    html = html.replace(HISTORY, "")
    marked = _TAG.sub(_mark, html)
    if len(marked) == len(html) and not always:
        return ""
    # A container inside a quote or a cell marks nothing of its own.
    return "\n".join(
        line if HISTORY not in line or line.strip() == HISTORY else line.replace(HISTORY, "")
        for line in text_of(marked).split("\n")
    )


def _mark(found: re.Match[str]) -> str:
    tag = found[0]
    return f"<div>{HISTORY}</div>{tag}" if _CONTAINER.search(tag) else tag
