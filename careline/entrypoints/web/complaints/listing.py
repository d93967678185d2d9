"""The register as a list."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.complaints.queries.book import categories
from careline.domain.desk.queries.complaints import CLOCKS, FIGURES, READ, WHICH, RegisterFilter, complaints
from careline.domain.staff.rules import may, require
from careline.entrypoints.web.complaints import words
from careline.entrypoints.web.complaints.trends import spanned
from careline.entrypoints.web.pages import next_page, page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.flows.export_complaints import VERB as EXPORT
from careline.flows.record_complaint import VERB as RECORD

SHOWN = 50


def register(visit: Visit) -> HttpResponse:
    require(visit.person, READ)
    asked = {
        name: visit.asked.get(name, "")
        for name in ("state", "severity", "clock", "category", "cause", "product", "since", "until", "figure")
    }
    found = complaints(
        visit.person, filter_of(visit), at=visit.at, before=whole_number(visit.asked.get("after")), limit=SHOWN + 1
    )
    return page(
        visit, "complaints/complaints", "complaints", _("Complaints"), rows=[words.row_of(row, visit) for row in found[:SHOWN]], asked=asked,
        states=[("open", _("Open")), *words.pairs(words.STATES)], severities=words.pairs(words.SEVERITIES), clocks=words.pairs(words.CLOCKS),
        categories=[(str(row.id), row.name) for row in categories(with_old=True)], is_narrowed=any(asked.values()),
        may_record=may(visit.person, RECORD), may_export=may(visit.person, EXPORT),
        more=next_page("/complaints", found, SHOWN, **asked),
    )  # fmt: skip


def filter_of(visit: Visit) -> RegisterFilter:
    """What the address asks for; what means nothing narrows nothing. `cause`, `category` and `product` may be
    `none`, causes several parted by commas."""
    asked = visit.asked
    state, severity, clock, cause = (asked.get(name, "") for name in ("state", "severity", "clock", "cause"))
    figure = asked.get("figure", "")
    since, until = spanned(asked.get("since", ""), asked.get("until", ""))
    keys = [key for word in cause.split(",") if (key := whole_number(word)) is not None]
    return RegisterFilter(
        state=state if state in WHICH else "", category=whole_number(asked.get("category")),
        severity=severity if severity in words.SEVERITIES else "", clock=clock if clock in CLOCKS else "", causes=tuple(keys),
        without_cause=cause == "none", since=since, until=until,
        figure=figure if figure in FIGURES else "", product=whole_number(asked.get("product")),
        without=next((one for one in ("category", "product") if asked.get(one) == "none"), ""),
    )  # fmt: skip
