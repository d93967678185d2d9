"""The text of a PDF, page by page, until there is enough."""

from __future__ import annotations

import io
import logging

from careline.kit.extraction.kinds import Unreadable

MOST_PAGES = 500


def text_of_pdf(content: bytes, *, most: int) -> str:
    """Raises Unreadable for one that is locked; whatever pypdf raises for a broken one."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("locked")
    found: list[str] = []
    size = 0
    for page in reader.pages[:MOST_PAGES]:
        text = page.extract_text() or ""
        found.append(text)
        size += len(text)
        if size >= most:
            break
    return "\n".join(found)[:most]
