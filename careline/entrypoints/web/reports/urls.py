"""Addresses of reports."""

from django.urls import URLPattern

from careline.entrypoints.web.gate import staff
from careline.entrypoints.web.reports import attendance, behind, definitions, issues, money, report

REPORTS: list[URLPattern] = [
    staff("reports", report.overview),
    staff("reports/cases", behind.cases),
    staff("reports/definitions", definitions.definitions),
    staff("reports/issues", issues.issues),
    staff("reports/attendance", attendance.attendance),
    staff("reports/refunds", money.refunds),
    staff("reports/<str:name>", report.report),
]
