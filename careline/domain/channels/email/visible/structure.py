"""History that only the HTML tells: the containers in which mail programs wrap what they quote."""

from __future__ import annotations

import re

from careline.kit.html import text_of

# A line no mail contains: a private character stands where the history begins.
HISTORY = "\ue000"

_CONTAINER = re.compile(
    r"<(?:div|blockquote|table|section|hr|span|p)\s(?=[^<>]{0,2000}(?:"
    r"(?:id|class)\s*=\s*[\"']?[^\"'<>]{0,200}?\b(?:gmail_quote|gmail_quote_container|gmail_extra|yahoo_quoted|yahooQuoted|divRplyFwdMsg|"
    r"appendonsend|reply-intro|OLK_SRC_BODY_SECTION|moz-cite-prefix|moz-forward-container|protonmail_quote|tutanota_quote|zmail_extra|"
    r"zm_quote|ms-outlook-mobile-reference-message|isForwardContent|isReplyContent|quoted-text|WordSection1_quote|"
    r"mail-editor-reference-message-container|stopSpelling|gwmail_quote|cs2654AE3A|replyForwardMessage|"
    r"origbody|history_container|ydp[0-9a-z]{0,20}yahoo_quoted)\b"
    r"|type\s*=\s*[\"']?cite\b"
    r"|style\s*=\s*[\"'][^\"'<>]{0,300}border:\s*none;\s*border-top:\s*solid\s+#(?:E1E1E1|B5C4DF)"
    r"))",
    re.I,
)


def marked_text(html: str, *, always: bool) -> str:
    """The HTML as text with a HISTORY line above each container of history; empty where there is none, unless `always`."""
    html = html.replace(HISTORY, "")
    marked, containers = _CONTAINER.subn(_mark, html)
    if not containers and not always:
        return ""
    # A container inside a quote or a cell marks nothing of its own.
    return "\n".join(
        line if HISTORY not in line or line.strip() == HISTORY else line.replace(HISTORY, "")
        for line in text_of(marked).split("\n")
    )


def _mark(found: re.Match[str]) -> str:
    return f"<div>{HISTORY}</div>{found[0]}"
