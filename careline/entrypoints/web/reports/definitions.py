"""What every number means, in one list."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.reports.queries.reach import VERB
from careline.domain.reports.rules.measures import MEASURES
from careline.domain.reports.rules.ratios import RATIOS
from careline.domain.staff.rules import require
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit


def definitions(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    said = [(one.key, _(one.name), _(one.definition)) for one in MEASURES.values()]
    said += [(one.key, _(one.name), _(one.definition)) for one in RATIOS.values()]
    return page(visit, "reports/definitions", "reports", _("What the numbers mean"), said=said)
