"""What was said, as it stands on a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from careline.entrypoints.portal.requests.words import moment_of, size_of


def said_in(rows: Sequence[Any], *, zone: ZoneInfo, site: str) -> list[dict[str, Any]]:
    """[{side, name, at, when, text, files}]: `side` is mine, theirs (somebody else's outside) or ours."""
    return [
        {
            "side": "ours" if row.kind == "reply" else "mine" if row.is_mine else "theirs",
            "name": _name_of(row, site), "at": row.created_at.isoformat(), "when": moment_of(row.created_at, zone),
            "text": (row.visible_text or row.text).strip(),
            "files": [{"url": f"/my/files/{f['id']}", "name": f["name"], "size": size_of(f["size"])} for f in row.files or []],
        }
        for row in rows
    ]  # fmt: skip


def _name_of(row: Any, site: str) -> str:
    """As the letter said it. What the house wrote by itself bears its name."""
    if row.kind == "reply":
        return site if row.author_kind != "agent" else row.sender.get("name") or site
    if row.is_mine:
        return str(_("You"))
    return str(row.sender.get("name") or row.sender.get("value") or _("Somebody"))
