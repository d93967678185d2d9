"""How reports and the cases behind their numbers are tried."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from careline.domain.history.actor import SYSTEM
from careline.flows.keep_hour_prices import keep_hour_price
from careline.kit.money import Money

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
    ("reports.costs.costs_by", _VERB): (_HOUSE, ("GET", "/report-costs", None), ("GET", "/reports/costs", None)),
    ("reports.knowledge_gaps.gaps_of", _VERB): (_HOUSE, None, ("GET", "/reports/gaps", None)),
    ("desk.complaints.figures_by", _VERB + "&complaint:read"): (_HOUSE, None, ("GET", "/reports/complaints", None)),
    ("flows.keep_hour_prices.keep_hour_price", "policy:manage"): (
        _HOUSE,
        ("POST", "/hour-prices", {"since": "2026-02-01", "cost": {"amount": "42.00", "currency": "EUR"}}),
        ("POST", "/settings/hour-prices", _PRICE),
    ),
    ("flows.keep_hour_prices.drop_hour_price", "policy:manage"): (
        _HOUSE,
        ("DELETE", "/hour-prices?since=2025-01-01", None),
        ("DELETE", "/settings/hour-prices?who=&since=2025-01-01", None),
    ),
}


def keys_of_reports(world: Any) -> dict[str, int]:
    """An hour has had a price since last year."""
    price, began = Money(4_000, "EUR"), date(2025, 1, 1)
    keep_hour_price(world.person(world.ada), price, since=began, by=SYSTEM, at=datetime(2026, 1, 1, tzinfo=UTC))
    return {}
