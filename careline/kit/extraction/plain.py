"""Text that is text already."""

from __future__ import annotations

import re

_TAGS = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]{0,5000}>", re.IGNORECASE | re.DOTALL)


def text_of_plain(content: bytes, *, name: str, most: int) -> str:
    content = content[: most * 4]
    text = _decoded(content)
    if name.lower().endswith((".html", ".htm", ".xml")) or text.lstrip()[:1] == "<":
        import html

        text = html.unescape(_TAGS.sub(" ", text))
    return text[:most]


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Cut in the middle of a character, or an older writing.
        return (
            content.decode("utf-8", "ignore") if error.start > len(content) - 4 else content.decode("cp1252", "replace")
        )
