"""Promised times and opening hours on screen: set up without reading anything, and told beside a case."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from careline.domain.calendars.queries import calendars
from careline.domain.sla.queries.policies import policies
from careline.domain.sla.rules.policies import Target
from tests.world import World

OFFICE = {
    "name": "Office",
    "time_zone": "Europe/Berlin",
    "day_0": "09:00–12:00, 13:00-17:00",
    "country": "DE",
    "region": "BE",
}
URGENT = {
    "name": "Urgent", "priority": "4", "first_response_much": "4", "first_response_unit": "hours", "first_response_counted": "business",
    "resolution_much": "2", "resolution_unit": "days", "resolution_counted": "clock", "warn_percent": "50",
}  # fmt: skip


def test_a_promise_is_set_up_and_read_as_a_sentence(world: World, enter: Callable[..., Client]) -> None:
    ada = enter(world.ada)
    assert ada.post("/settings/promises/new", URGENT).headers["Location"] == "/settings/promises"
    kept = policies()[0]
    assert (kept.conditions, kept.warn_percent) == ({"priority": [4]}, 50)
    assert kept.targets == {"first_response": Target(4 * 3600, is_business=True), "resolution": Target(2 * 86400)}
    words = ada.get("/settings/promises").content.decode()
    assert [
        said in words for said in ("First answer within 4 business hours", "Solved within 2 days", "Priority: Urgent")
    ] == [True] * 3


def test_what_is_wrong_in_a_promise_loses_nothing(world: World, enter: Callable[..., Client]) -> None:
    answer = enter(world.ada).post("/settings/promises/new", {"name": "Nothing at all"})
    assert (
        answer.status_code,
        b"Nothing at all" in answer.content,
        b"Promise at least one thing" in answer.content,
    ) == (422, True, True)
    assert [one.is_default for one in policies()] == [True]


def test_before_it_is_saved_a_promise_shows_which_cases_it_is_meant_for(
    world: World, enter: Callable[..., Client]
) -> None:
    ada = enter(world.ada)
    everybody = {name: value for name, value in URGENT.items() if name != "priority"}
    found = [
        b"Where is my bike?" in ada.post("/settings/promises/matches", form).content for form in (URGENT, everybody)
    ]
    assert (found, len(policies())) == ([False, True], 1)


def test_opening_hours_are_typed_a_line_a_day_and_can_be_tried(world: World, enter: Callable[..., Client]) -> None:
    ada = enter(world.ada)
    page = ada.post("/settings/hours/new", OFFICE).headers["Location"]
    (row,) = calendars()
    assert [(p.weekday, p.span.opens_at, p.span.closes_at) for p in row.hours.periods] == [
        (0, 540, 720),
        (0, 780, 1020),
    ]
    told = ada.get(f"{page}/due", {"at": "2026-11-20T17:50", "much": "4", "unit": "hours"}).content.decode()
    assert "Friday 20 November, 17:50 is due Monday 23 November, 14:00" in told
    wrong = ada.post(page, OFFICE | {"day_0": "nine 9 to five"})
    assert (wrong.status_code, b"nine 9 to five" in wrong.content) == (422, True)
    assert b"Christmas" in ada.get("/settings/hours/holidays", {"country": "US"}).content
    assert (
        '<option value="BE" >Berlin</option>' in ada.get("/settings/hours/holidays", {"country": "DE"}).content.decode()
    )


def test_hours_are_understood_as_people_write_them_and_saving_says_that_it_saved(
    world: World, enter: Callable[..., Client]
) -> None:
    ada = enter(world.ada)
    page = ada.post("/settings/hours/new", OFFICE).headers["Location"]
    assert b"Saved." not in ada.get(page).content
    saved = ada.post(page, OFFICE | {"day_0": "9-12, 12.30 – 14", "day_5": "22-6"})
    (row,) = calendars()
    spans = [(p.span.opens_at, p.span.closes_at) for p in row.hours.periods if p.weekday in (0, 5)]
    assert (saved.status_code, spans) == (302, [(540, 720), (750, 840), (1320, 360)])
    assert b"Saved." in ada.get(saved.headers["Location"]).content
    for odd in ("9", "9-", "25-26", "9-12-15", "9:5-12"):
        assert ada.post(page, OFFICE | {"day_0": odd}).status_code == 422, odd


def test_beside_a_case_stands_what_was_promised_and_why(world: World, enter: Callable[..., Client]) -> None:
    words = enter(world.ben).get(f"/conversations/{world.case}/promises").content.decode()
    assert [said in words for said in ("First answer", "24 h 0 min left", "An answer within 24 hours", "Started")] == [
        True
    ] * 4
    assert enter(world.cleo).get(f"/conversations/{world.case}/promises").status_code == 404


def test_opening_hours_follow_a_calendar_on_the_web(world: World, enter: Callable[..., Client]) -> None:
    ada = enter(world.ada)
    url = ada.post("/settings/hours/new", OFFICE).headers["Location"]
    wrong = ada.post(f"{url}/feed", {"url": "ftp://example.com/a.ics"})
    assert (wrong.status_code, b"Only http and https addresses are fetched." in wrong.content) == (422, True)
    assert ada.post(f"{url}/feed", {"url": "https://example.com/a.ics"}).status_code == 302
    assert b'value="https://example.com/a.ics"' in ada.get(url).content
