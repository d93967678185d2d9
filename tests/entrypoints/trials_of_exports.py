"""How rows, exports, forecasts and the written report are tried."""

from __future__ import annotations

from typing import Any

from careline.domain.history.actor import agent
from careline.flows.export_rows import Wanted, ask_for_export
from careline.flows.send_report import SendingForm, keep_sending
from tests.world import NOON, World

_HOUSE, _EXPORT = "house", "report:export"
Trial = tuple[str, Any, Any]
TRIALS_OF_EXPORTS: dict[tuple[str, str], Trial] = {
    ("flows.export_rows.case_rows", _EXPORT): (_HOUSE, ("GET", "/case-rows", None), ("GET", "/case-rows", None)),
    ("flows.export_rows.count_of_rows", _EXPORT): (_HOUSE, None, ("GET", "/case-rows", None)),
    ("flows.export_rows.ask_for_export", _EXPORT): (
        _HOUSE,
        ("POST", "/case-exports", {"format": "csv"}),
        ("POST", "/exports", {"format": "csv"}),
    ),
    ("flows.export_rows.own_export", _EXPORT): (
        _HOUSE,
        ("GET", "/case-exports/{export}", None),
        ("GET", "/exports/{export}", None),
    ),
    ("flows.export_rows.content_of_export", _EXPORT): (
        _HOUSE,
        ("GET", "/case-exports/{export}/file", None),
        ("GET", "/exports/{export}/file", None),
    ),
    ("flows.export_rows.drop_export", _EXPORT): (
        _HOUSE,
        ("DELETE", "/case-exports/{unwanted_export}", None),
        ("DELETE", "/exports/{unwanted_export}", {}),
    ),
    ("flows.write_report.write_report", "report:read"): (
        _HOUSE,
        ("GET", "/issue-reports", None),
        ("GET", "/written-report", None),
    ),
    ("flows.send_report.keep_sending", "report:send"): (
        _HOUSE,
        ("POST", "/report-sendings", {"name": "Leads", "people": ["id {ben}"]}),
        ("POST", "/report-sendings", {"name": "Leads", "every": "week", "time": "08:00", "person": "{ben}"}),
    ),
    ("flows.send_report.drop_sending", "report:send"): (
        _HOUSE,
        ("DELETE", "/report-sendings/{sending}", None),
        ("DELETE", "/report-sendings/{sending}", {}),
    ),
    ("reports.forecast.outlook_of", "report:read"): (_HOUSE, ("GET", "/forecasts", None), ("GET", "/forecast", None)),
}


def keys_of_exports(world: World) -> dict[str, int]:
    ada, by = world.person(world.ada), agent(world.ada.pk)
    kept, unwanted = (ask_for_export(ada, Wanted(), format="csv", by=by, at=NOON) for _ in range(2))
    sending = keep_sending(ada, SendingForm("Leads", "week", (ada.id,)), by=by, at=NOON)
    return {"export": kept, "unwanted_export": unwanted, "sending": sending}
