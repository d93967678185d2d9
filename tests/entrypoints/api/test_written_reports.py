"""The outlook, the written report and its letters by the API."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from careline.domain.reports.commands.facts import count_marked, go_on_recounting
from careline.kit import clock, db
from tests.entrypoints.api.conftest import Caller
from tests.world import World, writes_in

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Two cases on each of the last four Fridays, at nine and at half past."""
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    friday = datetime(2026, 11, 20, 9, tzinfo=UTC)
    for week in range(4):
        for minutes in (0, 30):
            writes_in(
                f"Week {week}",
                text=f"{minutes}",
                mailbox=world.mailbox,
                at=friday - timedelta(weeks=week, minutes=-minutes),
            )
    catch_up()
    return world


def test_the_next_friday_is_expected_to_be_like_the_last_ones(desk: World, ada: Caller) -> None:
    found = ada.get("/forecasts")
    assert (found["time_zone"], found["interval"], found["is_known"], len(found["slots"])) == ("UTC", 60, True, 672)
    nine = next(one for one in found["slots"] if one["begins_at"] == "2026-11-27T09:00:00Z")
    # The first case was on 30 October: of that day we do not know the whole.
    assert (nine["cases"], nine["of"]) == (2, ["2026-11-20", "2026-11-13", "2026-11-06"])
    half = ada.get("/forecasts?interval=30")["slots"]
    assert next(one["cases"] for one in half if one["begins_at"] == "2026-11-27T09:30:00Z") == 1
    assert [(one["begins_on"], one["came"]) for one in found["past"]] == [
        ("2026-11-16", 3),
        ("2026-11-09", 2),
        ("2026-11-02", 2),
    ]


def test_the_outlook_of_a_team_is_that_of_its_cases(desk: World, ada: Caller) -> None:
    assert ada.get("/forecasts?team=Back")["is_known"] is False
    assert [one["cases"] for one in ada.get("/forecasts?team=Back")["slots"]] == [None] * 672
    assert ada("GET", "/forecasts?team=Nobody").fields == ["team"]


def test_a_holiday_is_marked_and_not_taken_for_a_friday(desk: World, ada: Caller) -> None:
    calendar = db.value(
        """INSERT INTO calendars_calendar (name, time_zone, is_default, holiday_country, holiday_region)
           VALUES ('Shop', 'UTC', true, '', '') RETURNING id"""
    )
    db.execute(
        """INSERT INTO calendars_period (calendar_id, weekday, opens_at, closes_at)
           SELECT %s, day, 540, 1020 FROM generate_series(0, 4) day""",
        [calendar],
    )
    db.execute(
        """INSERT INTO calendars_specialday (calendar_id, "on", periods, note) VALUES (%s, '2026-12-04', '[]', '')""",
        [calendar],
    )
    slots = {one["begins_at"]: one for one in ada.get("/forecasts")["slots"]}
    nines = [slots[f"2026-{day}T09:00:00Z"] for day in ("11-27", "12-04")]
    assert [(one["cases"], one["is_special"]) for one in nines] == [(2, False), (0, True)]


def test_the_report_is_read_in_words_and_counts(desk: World, ada: Caller) -> None:
    found = ada.get("/issue-reports")
    assert (found["since"], found["until"], found["cases"], found["before"], found["judgement"]) == (
        "2026-11-16",
        "2026-11-23",
        3,
        2,
        "too_few",
    )
    assert (found["untold"], found["topics"]) == (3, [])
    assert found["sections"][1]["paragraphs"] == [
        "3 cases bear no topic: the more bear one, the more can be said here."
    ]
    assert [one["heading"] for one in found["sections"]] == [
        "The whole", "Why people wrote", "What changed", "Articles to write", "What to mend in the product",
    ]  # fmt: skip
    assert ada.get("/issue-reports?every=month&on=2026-10-09")["cases"] == 2


def test_a_sending_is_added_shown_and_dropped(desk: World, ada: Caller, ben: Caller) -> None:
    made = ada("POST", "/report-sendings", {"name": "Leads", "people": [str(desk.ben.pk)], "every": "month"})
    assert (made.status, made.json["due_at"], made.json["people"]) == (
        201,
        "2026-12-01T00:00:00Z",
        [{"id": str(desk.ben.pk), "name": "Ben"}],
    )
    assert [one["name"] for one in ada.get("/report-sendings")["items"]] == ["Leads"]
    assert (ben("GET", "/report-sendings").status, ben("DELETE", f"/report-sendings/{made.json['id']}").status) == (
        403,
        403,
    )
    assert ada("POST", "/report-sendings", {"name": "Leads", "people": ["999999"]}).status == 409
    assert ada("DELETE", f"/report-sendings/{made.json['id']}").status == 204
    assert ada.get("/report-sendings")["items"] == []


def catch_up() -> None:
    while go_on_recounting(at=MONDAY) or count_marked():
        pass


def test_a_week_before_all_calendars_is_refused_with_a_word(world: World, ada: Caller) -> None:
    for day in ("0001-01-03", "1970-12-31", "2101-01-01", "9999-12-31"):
        assert ada("GET", f"/issue-reports?on={day}").fields == ["on"]
    assert ada("GET", "/issue-reports?on=1971-01-01").status == 200
