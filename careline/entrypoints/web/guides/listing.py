"""The guides there are, and how they end."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careline.domain.knowledge.queries.guides import guides
from careline.domain.staff.rules import require
from careline.entrypoints.web.guides.wording import in_words
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit
from careline.flows.keep_guides import VERB


def guides_page(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    return page(
        visit, "guides/guides", "settings", _("Troubleshooting guides"), guides=[_row(visit, row) for row in guides()]
    )


def _row(visit: Visit, row: Any) -> dict[str, Any]:
    return {
        "url": f"/guides/{row.id}", "title": in_words(row.titles, visit.language), "is_public": row.audience == "public",
        "version": row.current, "steps": ngettext("%(n)s step", "%(n)s steps", row.step_count) % {"n": row.step_count},
        "runs": row.runs, "solved": row.solved, "handed": row.handed,
    }  # fmt: skip
