"""Text that is text already."""

from __future__ import annotations

import re

_TAGS = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]{0,5000}>", re.IGNORECASE | re.DOTALL)


def text_of_plain(content: bytes, *, name: str, most: int) -> str:
    text = _decoded(content[: most * 4], is_cut=len(content) > most * 4)
    if name.lower().endswith((".html", ".htm", ".xml")) or text.lstrip()[:1] == "<":
        import html

        text = html.unescape(_TAGS.sub(" ", text))
    return text[:most]


def _decoded(content: bytes, *, is_cut: bool) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        is_ours = is_cut and error.start > len(content) - 4  # we cut in the middle of a character
        return content.decode("utf-8", "ignore") if is_ours else content.decode("cp1252", "replace")
