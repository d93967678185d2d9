"""Opening hours over the API, and when something is due by them."""

from __future__ import annotations

from typing import Any

import pytest

from careline.domain.calendars import commands
from careline.domain.calendars.queries import NoSuchCalendar, calendars, schedule
from careline.domain.calendars.rules.hours import Hours, Period, Span
from careline.kit import db
from tests.entrypoints.api.conftest import Caller
from tests.world import World

DAY = [{"opens_at": "09:00", "closes_at": "12:00"}, {"opens_at": "13:00", "closes_at": "17:00"}]
OFFICE: dict[str, Any] = {
    "name": "Office",
    "time_zone": "Europe/Berlin",
    "holiday_country": "DE",
    "holiday_region": "BY",
    "periods": [{"weekday": day} | span for day in range(5) for span in DAY],
    "exceptions": [
        {"on": "2026-12-24", "periods": [{"opens_at": "09:00", "closes_at": "12:00"}], "note": "Christmas Eve"},
        {"on": "2026-12-31", "periods": [], "note": ""},
    ],
}


@pytest.fixture
def office(ada: Caller) -> str:
    return str(ada("POST", "/calendars", OFFICE).json["id"])


def test_everybody_reads_the_hours_that_a_lead_sets(ada: Caller, ben: Caller) -> None:
    refused = ben("POST", "/calendars", OFFICE)
    assert (refused.status, refused.json["code"]) == (403, "forbidden.hours.manage")
    made = ada("POST", "/calendars", OFFICE)
    assert (made.status, made.headers["Location"]) == (201, f"/api/v1/calendars/{made.json['id']}")
    shown = OFFICE | {"id": made.json["id"], "is_default": True}
    assert made.json == shown
    assert ben.get(f"/calendars/{made.json['id']}") == shown
    assert ben.get("/calendars") == {"items": [shown], "next": None}
    happening = db.row("SELECT name, subject_kind, subject_key, via FROM history ORDER BY id DESC LIMIT 1")
    assert tuple(happening) == ("calendar.added", "calendar", int(made.json["id"]), "api")


def test_what_is_not_given_stays(ada: Caller, ben: Caller, office: str) -> None:
    before = ada.get(f"/calendars/{office}")
    assert ben("PATCH", f"/calendars/{office}", {"name": "Ours"}).json["code"] == "forbidden.hours.manage"
    assert ada("PATCH", f"/calendars/{office}", {"name": " Head  office "}).json == before | {"name": "Head office"}
    changed = ada(
        "PATCH", f"/calendars/{office}", {"periods": [], "holiday_country": None, "holiday_region": None}
    ).json
    assert changed == before | {
        "name": "Head office",
        "periods": [],
        "holiday_country": None,
        "holiday_region": None,
    }
    assert ada("PATCH", f"/calendars/{office}", {"periods": [], "time_zone": "Europe/Berlin"}).json == changed
    assert ada("PATCH", "/calendars/999999", {"name": "x"}).status == 404
    names = [row.name for row in db.rows("SELECT name FROM history WHERE subject_kind = 'calendar' ORDER BY id")]
    assert names == ["calendar.added", "calendar.changed", "calendar.changed"]


def test_one_calendar_is_the_default(ada: Caller, office: str) -> None:
    night = ada("POST", "/calendars", {"name": "Night", "time_zone": "UTC"}).json
    assert night["is_default"] is False
    assert ada("PATCH", f"/calendars/{office}", {"is_default": False}).fields == ["is_default"]
    assert ada("PATCH", f"/calendars/{night['id']}", {"is_default": True}).json["is_default"] is True
    assert [(c["name"], c["is_default"]) for c in ada.get("/calendars")["items"]] == [
        ("Night", True),
        ("Office", False),
    ]
    assert schedule().zone.key == "UTC"


def test_a_name_is_given_once(ada: Caller, office: str) -> None:
    again = ada("POST", "/calendars", OFFICE | {"name": "OFFICE "})
    assert (again.status, again.json["code"]) == (409, "name_taken")
    assert again.json["detail"] == "There is a calendar “OFFICE” already."
    assert len(ada.get("/calendars")["items"]) == 1


def test_a_call_made_twice_under_one_key_makes_one_calendar(ada: Caller) -> None:
    first, second = (ada("POST", "/calendars", OFFICE, key="once") for _ in range(2))
    assert (first.status, second.json) == (201, first.json)


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"time_zone": "Mars/Olympus"}, ["time_zone"]),
        ({"time_zone": "../../etc/passwd"}, ["time_zone"]),
        ({"name": " "}, ["name"]),
        ({"holiday_country": "XX"}, ["holiday_country"]),
        ({"holiday_region": "ZZ"}, ["holiday_region"]),
        ({"holiday_country": None}, ["holiday_region"]),
        ({"periods": [{"weekday": 7, "opens_at": "09:00", "closes_at": "17:00"}]}, ["periods[0].weekday"]),
        ({"periods": [{"weekday": 0, "opens_at": "24:00", "closes_at": "9"}]}, ["periods[0].opens_at", "periods[0].closes_at"]),
        ({"periods": [{"weekday": 0, "opens_at": "٠٩:٠٠", "closes_at": "17:60"}]}, ["periods[0].opens_at", "periods[0].closes_at"]),
        ({"exceptions": [{"on": "2026-02-29"}]}, ["exceptions[0].on"]),
        ({"exceptions": [{"on": "2026-12-24", "periods": [{"opens_at": "", "closes_at": "12:00"}]}]}, ["exceptions[0].periods[0].opens_at"]),
        ({"exceptions": [{"on": "2026-12-24"}, {"on": "2026-12-24"}]}, ["exceptions"]),
        ({"hours": "9 to 5"}, ["hours"]),
    ],
)  # fmt: skip
def test_wrong_hours_are_named_and_nothing_changes(ada: Caller, office: str, change: Any, fields: list[str]) -> None:
    before = ada.get(f"/calendars/{office}")
    answer = ada("PATCH", f"/calendars/{office}", change)
    assert (answer.status, answer.fields) == (422, fields)
    assert ada.get(f"/calendars/{office}") == before


@pytest.mark.parametrize(
    ("asked", "due_at"),
    [
        ("from=2026-11-20T15:30:00Z&business_seconds=3600", "2026-11-23T08:30:00Z"),
        ("from=2026-11-20T16:30:00%2B01:00&business_seconds=3600", "2026-11-23T08:30:00Z"),
        ("from=2026-12-24T10:30:00Z&business_seconds=3600", "2026-12-28T08:30:00Z"),
        ("from=2026-11-20T10:30:00.5Z&business_days=1", "2026-11-23T10:30:00.500000Z"),
        ("from=2026-11-20T10:30:00Z&business_seconds=0", "2026-11-20T10:30:00Z"),
    ],
)
def test_when_something_is_due(ben: Caller, office: str, asked: str, due_at: str) -> None:
    assert ben.get(f"/calendars/{office}/due?{asked}") == {"due_at": due_at}


def test_how_long_it_was_open(ben: Caller, office: str) -> None:
    asked = "from=2026-11-20T15:30:00Z&to=2026-11-23T08:30:00Z"
    assert ben.get(f"/calendars/{office}/elapsed?{asked}") == {"business_seconds": 3600}


@pytest.mark.parametrize(
    ("asked", "fields"),
    [
        ("due?from=2026-11-20T15:30:00Z", ["business_seconds"]),
        ("due?from=2026-11-20T15:30:00Z&business_seconds=1&business_days=1", ["business_seconds"]),
        ("due?from=yesterday&business_seconds=x", ["from", "business_seconds"]),
        ("due?from=2026-11-20T15:30:00&business_seconds=1", ["from"]),
        ("due?from=1969-12-31T00:00:00Z&business_seconds=1", ["from"]),
        ("due?from=2099-11-20T15:30:00Z&business_seconds=900000000", ["business_seconds"]),
        ("due?from=2099-11-20T15:30:00Z&business_days=9000", ["business_days"]),
        ("due?business_seconds=-1", ["business_seconds"]),
        ("due?business_days=99999999999999999999", ["business_days"]),
        ("elapsed?to=2026-11-20T15:30:00Z", ["from"]),
        ("elapsed?from=2026-11-20T15:30:00Z&to=2026-11-20T15:29:59Z", ["to"]),
        ("elapsed?from=2026-11-20T15:30:00Z&to=2101-06-01T00:00:00Z", ["to"]),
        ("elapsed?from=1960-11-20T15:30:00Z&to=2001-06-01T00:00:00Z", ["from"]),
    ],
)
def test_a_wrong_question_is_told_what_is_wrong(ben: Caller, office: str, asked: str, fields: list[str]) -> None:
    answer = ben("GET", f"/calendars/{office}/{asked}")
    assert (answer.status, answer.fields) == (422, fields)


def test_a_calendar_that_never_opens_says_so(ada: Caller) -> None:
    closed = ada("POST", "/calendars", {"name": "Closed", "time_zone": "UTC"}).json["id"]
    for much in ("business_seconds=1", "business_days=1"):
        answer = ada("GET", f"/calendars/{closed}/due?{much}")
        assert (answer.status, answer.json["code"]) == (409, "never_opens")
    assert ada.get(f"/calendars/{closed}/elapsed?from=2026-01-01T00:00:00Z") == {"business_seconds": 0}


def test_without_a_moment_it_is_now(ben: Caller, office: str) -> None:
    assert ben("GET", f"/calendars/{office}/due?business_seconds=60").status == 200
    assert ben("GET", "/calendars/999999/due?business_seconds=60").status == 404
    assert ben("GET", "/calendars/999999/elapsed?from=2026-01-01T00:00:00Z").status == 404
    assert ben("GET", "/calendars/999999").status == 404


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_calendars_is_read_in_one_query(
    world: World, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    periods = tuple(Period(day, Span(540, 1020)) for day in range(5))
    for n in range(count):
        commands.add_calendar(f"Office {n}", hours=Hours("UTC", periods), notes={})
    asked: list[str] = []
    run = db._ran
    monkeypatch.setattr(db, "_ran", lambda sql, *args: asked.append(sql) or run(sql, *args))
    found = calendars()
    assert len(asked) == 1
    assert [(row.name, row.hours.periods, row.is_default) for row in found] == [
        (f"Office {n}", periods, n == 0) for n in range(count)
    ]


def test_without_a_calendar_there_is_no_default(world: World) -> None:
    with pytest.raises(NoSuchCalendar, match="There is no default calendar yet"):
        schedule()
