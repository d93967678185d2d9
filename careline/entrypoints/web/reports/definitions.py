"""What every number means, in one list."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.reports.queries.behind import BACKLOG
from careline.domain.reports.queries.reach import VERB
from careline.domain.reports.rules.grievances import GRIEVANCES
from careline.domain.reports.rules.measures import MEASURES
from careline.domain.reports.rules.ratios import GAPS, OPEN_THEN, RATIOS
from careline.domain.staff.rules import require
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit


def definitions(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    measures = [*MEASURES.values(), *(one.measure for one in GRIEVANCES)]
    said = [(one.key, _(one.name), _(one.definition)) for one in measures]
    said += [(one.key, _(one.name), _(one.definition)) for one in (*RATIOS.values(), *GAPS)]
    said.append((BACKLOG, _("Open at the end of the day"), _(OPEN_THEN)))
    return page(visit, "reports/definitions", "reports", _("What the numbers mean"), said=said)
