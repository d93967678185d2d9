"""Promised times over the API: policies in order, what became of them on a case, and calendars that go."""

from __future__ import annotations

from typing import Any

import icalendar
import pytest

from tests.entrypoints.api.conftest import Caller

URGENT = {"name": "Urgent", "conditions": {"priority": ["urgent"]}, "targets": {"first_response": {"seconds": 3600}}}
NIGHT = {"name": "Night", "time_zone": "UTC"}


@pytest.fixture
def urgent(ada: Caller) -> str:
    return str(ada("POST", "/sla-policies", URGENT).json["id"])


def test_there_is_always_an_answer_within_24_hours(ada: Caller, ben: Caller) -> None:
    (default,) = ben.get("/sla-policies")["items"]
    assert (default["id"], default["is_default"], set(default["targets"])) == (
        "0",
        True,
        {"first_response", "next_response"},
    )
    assert default["targets"]["first_response"] == {"seconds": 86400, "is_business": False}
    assert ada("DELETE", "/sla-policies/0").status == 404
    changed = ada("PATCH", "/sla-policies/0", {"targets": {"first_response": {"seconds": 7200}}}).json
    assert ada.get("/sla-policies/0") == changed
    assert (ada("DELETE", f"/sla-policies/{changed['id']}").json["code"], changed["is_default"]) == (
        "default_stays",
        True,
    )


def test_policies_are_added_changed_ordered_and_deleted(ada: Caller, urgent: str) -> None:
    high = ada("POST", "/sla-policies", URGENT | {"name": "High", "conditions": {"priority": ["high"]}}).json["id"]
    assert [one["name"] for one in ada.get("/sla-policies")["items"]] == ["Urgent", "High", "An answer within 24 hours"]
    ordered = ada("PUT", "/sla-policies/order", {"ids": [high, urgent]}).json["items"]
    assert [one["id"] for one in ordered] == [high, urgent, "0"]
    assert ada("PUT", "/sla-policies/order", {"ids": [high]}).fields == ["order"]
    assert ada("PATCH", f"/sla-policies/{high}", {"warn_percent": 50}).json["warn_percent"] == 50
    assert ada("DELETE", f"/sla-policies/{high}").status == 204
    assert ada("GET", f"/sla-policies/{high}").status == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"targets": {}}, "targets"), ({"targets": {"first_response": {"seconds": 5}}}, "targets"),
        ({"targets": {"tea": {"seconds": 600}}}, "targets"), ({"calendar_id": "999999"}, "calendar"),
        ({"conditions": {"moon": ["full"]}}, "conditions"), ({"name": "  "}, "name"),
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused_where_it_stands(ada: Caller, wrong: dict[str, Any], field: str) -> None:
    refused = ada("POST", "/sla-policies", URGENT | wrong)
    assert refused.status == 422
    assert [name.partition(".")[0].partition("[")[0] for name in refused.fields] == [field]
    assert len(ada.get("/sla-policies")["items"]) == 1


def test_who_has_no_right_to_promise_promises_nothing(ben: Caller) -> None:
    assert ben("POST", "/sla-policies", URGENT).json["code"] == "forbidden.promise.manage"


def test_a_case_says_what_was_promised_why_and_what_became_of_it(ada: Caller, urgent: str) -> None:
    new = {"from": "dan@example.org", "subject": "Hello", "text": "My bell is broken.", "kind": "incoming"}
    case = ada("POST", "/conversations", new).json
    assert (case["due_kind"], case["next_due_at"]) == ("first_response", case["first_response_due_at"])
    told = ada.get(f"/conversations/{case['number']}/promises")
    (promise,) = told["promises"]
    assert (promise["kind"], promise["state"], promise["seconds"], promise["due_at"]) == (
        "first_response", "running", 86400, case["first_response_due_at"],
    )  # fmt: skip
    assert [(one["name"], one["holds"], one["failed"]) for one in told["policies"]] == [
        ("Urgent", False, ["priority"]), ("An answer within 24 hours", True, []),
    ]  # fmt: skip
    ada("PATCH", f"/conversations/{case['number']}", {"priority": "urgent"})
    told = ada.get(f"/conversations/{case['number']}/promises")
    assert [(row["what"], row["why"], row["policy"]) for row in told["ledger"]] == [
        ("recomputed", "policy", "Urgent"), ("started", "", "An answer within 24 hours"),
    ]  # fmt: skip


def test_it_can_be_asked_beforehand_which_promise_a_case_would_get(ada: Caller, urgent: str) -> None:
    asked = {"priority": "urgent", "at": "2026-11-20T12:00:00Z"}
    found = ada("POST", "/sla-policies/preview", asked).json
    assert [one["name"] for one in found["policies"]] == ["Urgent"]
    assert [(one["kind"], one["due_at"]) for one in found["promises"]] == [("first_response", "2026-11-20T13:00:00Z")]


def test_a_calendar_goes_when_nobody_counts_by_it(ada: Caller) -> None:
    day = ada("POST", "/calendars", NIGHT | {"name": "Day"}).json["id"]
    night = ada("POST", "/calendars", NIGHT).json["id"]
    held = ada("POST", "/sla-policies", URGENT | {"calendar_id": night}).json["id"]
    assert [ada("DELETE", f"/calendars/{key}").json["code"] for key in (day, night)] == ["refused", "refused"]
    ada("DELETE", f"/sla-policies/{held}")
    assert ada("DELETE", f"/calendars/{night}").status == 204
    assert [one["name"] for one in ada.get("/calendars")["items"]] == ["Day"]


def test_holidays_are_shown_before_anybody_is_closed_on_them(ben: Caller) -> None:
    found = ben.get("/holidays?country=DE&region=BE&year=2026")["items"]
    assert {"on": "2026-12-25", "name": found[-2]["name"]} == found[-2]
    assert [ben("GET", f"/holidays?{asked}").fields for asked in ("country=XX", "country=DE&region=ZZ")] == [
        ["country"],
        ["region"],
    ]


def test_closed_days_leave_as_a_feed(ada: Caller, ben: Caller) -> None:
    days = [
        {"on": "2026-12-24", "periods": [{"opens_at": "09:00", "closes_at": "12:00"}], "note": "Christmas, Eve; short"}
    ]
    key = ada("POST", "/calendars", NIGHT | {"holiday_country": "DE", "exceptions": days}).json["id"]
    answer = ben("GET", f"/calendars/{key}/feed.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    told = {event.decoded("dtstart").isoformat(): str(event["summary"]) for event in events}
    assert told["2026-12-24"] == "Christmas, Eve; short (09:00–12:00)"
    assert "2026-12-25" in told


def test_holidays_come_in_from_a_calendar_file_and_what_stands_there_stays(ada: Caller) -> None:
    days = [{"on": "2027-12-24", "periods": [{"opens_at": "09:00", "closes_at": "12:00"}], "note": "Ours"}]
    key = ada("POST", "/calendars", NIGHT | {"exceptions": days}).json["id"]
    taken = ada("POST", f"/calendars/{key}/exceptions", raw=_ics("20271224", "20271226"), content_type="text/calendar")
    assert (taken.status, taken.json) == (200, {"days": 1})
    shown = ada.get(f"/calendars/{key}")["exceptions"]
    assert [(day["on"], len(day["periods"]), day["note"]) for day in shown] == [
        ("2027-12-24", 1, "Ours"),
        ("2027-12-25", 0, "Closed"),
    ]
    yearly = ada(
        "POST",
        f"/calendars/{key}/exceptions",
        raw=_ics("20200601", "20200602", "RRULE:FREQ=YEARLY"),
        content_type="text/calendar",
    )
    assert yearly.json["days"] >= 3


@pytest.mark.parametrize(
    "content",
    [b"", b"Hello", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", None],
    ids=["empty", "no calendar", "torn", "by the second"],
)
def test_a_file_that_is_no_calendar_closes_no_day(ada: Caller, content: bytes | None) -> None:
    key = ada("POST", "/calendars", NIGHT).json["id"]
    raw = _ics("20270101", "20270102", "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30") if content is None else content
    refused = ada("POST", f"/calendars/{key}/exceptions", raw=raw, content_type="text/calendar")
    assert (refused.status, refused.fields) == (422, ["file"])
    assert ada.get(f"/calendars/{key}")["exceptions"] == []


def _ics(begin: str, end: str, *more: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", f"UID:{begin}", f"DTSTART;VALUE=DATE:{begin}", f"DTEND;VALUE=DATE:{end}",
             "SUMMARY:Closed", *more, "END:VEVENT", "END:VCALENDAR", ""]  # fmt: skip
    return "\r\n".join(lines).encode()
