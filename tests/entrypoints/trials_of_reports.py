"""How reports and the cases behind their numbers are tried."""

from __future__ import annotations

from typing import Any

_HOUSE, _VERB = "house", "report:read"
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
}
