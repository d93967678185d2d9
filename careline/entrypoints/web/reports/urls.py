"""Addresses of reports."""

from django.urls import URLPattern

from careline.entrypoints.web.gate import staff
from careline.entrypoints.web.reports import (
    attendance,
    behind,
    costs,
    definitions,
    grievances,
    issues,
    money,
    prices,
    report,
    unanswered,
)

REPORTS: list[URLPattern] = [
    staff("reports", report.overview),
    staff("reports/cases", behind.cases),
    staff("reports/definitions", definitions.definitions),
    staff("reports/issues", issues.issues),
    staff("reports/attendance", attendance.attendance),
    staff("reports/refunds", money.refunds),
    staff("reports/complaints", grievances.complaints),
    staff("reports/gaps", unanswered.gaps),
    staff("reports/costs", costs.costs),
    staff("reports/<str:name>", report.report),
    staff("settings/hour-prices", prices.prices, post=prices.added, delete=prices.dropped),
]
