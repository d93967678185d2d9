"""A case as its customer sees it on their own page. Looking is a POST: it stands on the record."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import iso, moment_words, size_text
from careline.flows.view_as_customer import view_as_customer


def shown(visit: Visit, number: int) -> HttpResponse:
    view = view_as_customer(visit.person, number, by=visit.by, at=visit.at)
    return page(
        visit, "portal/seen", "inbox", _("What the customer sees"), case={"number": number, "url": f"/conversations/{number}"},
        name=view.name or _("The customer"), subject=view.request.subject if view.request else "",
        is_there=view.request is not None, messages=[_message(row, visit) for row in view.messages],
    )  # fmt: skip


def _message(row: Any, visit: Visit) -> dict[str, Any]:
    return {
        "is_ours": row.kind == "reply", "name": row.sender.get("name") or row.sender.get("value", ""), "at": iso(row.created_at),
        "when": moment_words(row.created_at, at=visit.at, zone=visit.zone), "text": (row.visible_text or row.text).strip(),
        "files": [{"name": f["name"], "size": size_text(f["size"])} for f in row.files or []],
    }  # fmt: skip
