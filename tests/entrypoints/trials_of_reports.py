"""How reports and the cases behind their numbers are tried."""

from __future__ import annotations

from typing import Any

_HOUSE, _VERB = "house", "report:read"
_PRICE = {"who": "", "amount": "42", "currency": "EUR", "since": "2026-01-01"}
TRIALS_OF_REPORTS: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("reports.reports.report_of", _VERB): (_HOUSE, ("GET", "/reports/overview", None), ("GET", "/reports", None)),
    ("reports.behind.numbers_behind", _VERB): (
        _HOUSE,
        ("GET", "/report-cases?measure=opened", None),
        ("GET", "/reports/cases?measure=opened", None),
    ),
    ("reports.issues.emerging", _VERB): (_HOUSE, None, ("GET", "/reports/issues", None)),
    ("reports.attending.attendance_in", _VERB): (_HOUSE, None, ("GET", "/reports/attendance", None)),
    ("reports.refunds.refunds_by", _VERB): (_HOUSE, None, ("GET", "/reports/refunds", None)),
    ("reports.costs.costs_by", _VERB): (_HOUSE, None, ("GET", "/reports/costs", None)),
    ("reports.knowledge_gaps.gaps_of", _VERB): (_HOUSE, None, ("GET", "/reports/gaps", None)),
    ("desk.complaints.figures_by", _VERB + "&complaint:read"): (_HOUSE, None, ("GET", "/reports/complaints", None)),
    ("flows.keep_hour_prices.keep_hour_price", "policy:manage"): (
        _HOUSE,
        None,
        ("POST", "/settings/hour-prices", _PRICE),
    ),
    ("flows.keep_hour_prices.drop_hour_price", "policy:manage"): (
        _HOUSE,
        None,
        ("DELETE", "/settings/hour-prices?who=&since=2026-01-01", None),
    ),
}
