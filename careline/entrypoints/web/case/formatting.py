"""Formatted text of ours on our pages: in the thread, and back in the editor, with its pictures where they lie."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from careline.entrypoints.web.headers import SHOWN_TYPES
from careline.kit.html import formatted

_PICTURE = re.compile(r'<img([^>]*?) data-cid="([^"]*)"([^>]*)>')


def is_picture(media_type: str) -> bool:
    return media_type in SHOWN_TYPES


def editable(html: str, files: Iterable[dict[str, Any]]) -> str:
    """For the editor. `files`: cid, url, is_picture."""
    return _pictured(html, {f["cid"]: f["url"] for f in files if f["is_picture"]}) if html else ""


def shown(html: str, attachments: Iterable[dict[str, Any]]) -> Markup:
    """For the thread. `attachments` as a message has them: id, content_id, media_type."""
    urls = {f["content_id"]: f"/attachments/{f['id']}" for f in attachments if is_picture(f["media_type"])}
    return Markup(_pictured(html, urls))  # noqa: S704  cleaned by `formatted`


def _pictured(html: str, urls: dict[str, str]) -> str:
    """Cleaned, whoever wrote it; pictures point at our own addresses or are left out."""

    def placed(found: re.Match[str]) -> str:
        url = urls.get(entities.unescape(found[2]))
        return f'<img{found[1]} data-cid="{found[2]}"{found[3]} src="{url}" loading="lazy">' if url else ""

    return _PICTURE.sub(placed, formatted(html))
