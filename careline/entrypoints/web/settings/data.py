"""Backup and export under Settings: how it is done, when it was done last, and who was erased."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.customers.queries.erasures import erasures_page
from careline.domain.staff.queries import agents
from careline.domain.staff.rules import may, require
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.settings.keeping_words import counted_words
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import iso, moment_text

SHOWN = 50


def data(visit: Visit) -> HttpResponse:
    require(visit.person, "retention:manage")
    marked = settings.DATA / "last-backup"
    last = datetime.fromtimestamp(marked.stat().st_mtime, UTC) if marked.exists() else None
    names = {row.id: row.name for row in agents()}
    return page(
        visit, "settings/data", "settings", _("Backup and export"), folder=str(settings.DATA),
        last_text=moment_text(last, at=visit.at, zone=visit.zone) if last else "", last_at=iso(last) if last else "",
        erasures=[_erasure(visit, row, names) for row in erasures_page(after=None, limit=SHOWN)] if may(visit.person, "customer:erase") else [],
    )  # fmt: skip


def _erasure(visit: Visit, row: Any, names: dict[int, str]) -> dict[str, Any]:
    return {
        "customer": row.customer_id, "mode": _("Erased") if row.mode == "erase" else _("Kept as figures"), "reason": row.reason,
        "by": names.get(row.by_id, _("nobody who still works here")), "at": iso(row.at),
        "text": moment_text(row.at, at=visit.at, zone=visit.zone), "counts": counted_words(row.counts),
    }  # fmt: skip
