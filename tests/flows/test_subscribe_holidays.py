"""A calendar follows an address: its whole days are closed, a broken feed leaves them, and no machine of ours is asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from careline.domain.calendars.queries import calendar_by_id
from careline.domain.calendars.rules.hours import BadHours, Period, Span, SpecialDay
from careline.domain.calendars.subscriptions import earliest_subscription, subscription_of
from careline.domain.history.actor import agent
from careline.flows import subscribe_holidays as flow
from careline.flows.change_calendar import CalendarChange, add_calendar
from careline.flows.subscribe_holidays import refresh_holidays, subscribe_holidays
from careline.kit import db
from careline.kit.outgoing_http import Fetched, Refused
from tests.world import NOON, World, make_world

URL = "https://example.com/holidays.ics"
DAY = timedelta(days=1)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def office(world: World) -> int:
    """Open on weekdays; on the 24th of December until noon."""
    eve = SpecialDay(date(2026, 12, 24), (Span(540, 720),))
    week = tuple(Period(day, Span(540, 1020)) for day in range(5))
    wanted = CalendarChange("Office", True, "UTC", week, (eve,), {})
    return add_calendar(world.person(world.ada), wanted, by=agent(world.ada.pk), at=NOON)


def feed(*days: str) -> bytes:
    events = "".join(f"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{day}\r\nSUMMARY:Fair\r\nEND:VEVENT\r\n" for day in days)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n".encode()


def gives(monkeypatch: pytest.MonkeyPatch, content: bytes | Refused) -> None:
    def fetched(url: str, **_: object) -> Fetched:
        if isinstance(content, Refused):
            raise content
        return Fetched("text/calendar", content)

    monkeypatch.setattr(flow, "fetch", fetched)


def closed(office: int) -> dict[str, bool]:
    """Special days by date: whether they are closed."""
    row = calendar_by_id(office)
    assert row is not None
    return {day.on.isoformat(): not day.spans for day in row.hours.special_days}


def test_days_come_and_go_with_the_feed_and_what_somebody_wrote_stays(
    world: World, office: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe_holidays(world.person(world.ada), office, "webcal" + URL[5:], by=agent(world.ada.pk), at=NOON)
    assert (subscription_of(office).url, refresh_holidays(at=NOON - DAY)) == (URL, False)
    gives(monkeypatch, feed("20261224", "20261207", "20261208"))
    assert (refresh_holidays(at=NOON), refresh_holidays(at=NOON)) == (True, False)
    assert closed(office) == {"2026-12-07": True, "2026-12-08": True, "2026-12-24": False}
    assert earliest_subscription() == NOON + DAY

    gives(monkeypatch, feed("20261208", "20261224"))
    assert refresh_holidays(at=NOON + DAY) is True
    assert closed(office) == {"2026-12-08": True, "2026-12-24": False}
    changed = "SELECT count(*) FROM history WHERE name = 'calendar.changed'"
    assert (db.value(changed), refresh_holidays(at=NOON + 2 * DAY), db.value(changed)) == (2, True, 2)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Refused("The other server answered 500."), "The other server answered 500."),
        (Refused("It is too large."), "It is too large."),
        (b"<html>Sign in</html>", "This is no iCalendar file (.ics)."),
    ],
)
def test_a_broken_feed_says_why_and_the_days_stay(
    world: World, office: int, monkeypatch: pytest.MonkeyPatch, given: bytes | Refused, words: str
) -> None:
    subscribe_holidays(world.person(world.ada), office, URL, by=agent(world.ada.pk), at=NOON)
    gives(monkeypatch, feed("20261207"))
    refresh_holidays(at=NOON)
    before = closed(office)
    gives(monkeypatch, given)
    assert refresh_holidays(at=NOON + DAY) is True
    held = subscription_of(office)
    assert (closed(office), held.words, held.failed_at, held.refreshed_at) == (before, words, NOON + DAY, NOON)
    assert held.due_at == NOON + DAY + flow.AFTER_A_FAILURE

    gives(monkeypatch, feed("20261207"))
    refresh_holidays(at=held.due_at)
    assert (subscription_of(office).failed_at, closed(office)) == (None, before)


def test_an_address_of_our_own_network_is_not_asked(world: World, office: int) -> None:
    for url in ("http://127.0.0.1/holidays.ics", "http://[::1]/holidays.ics"):
        subscribe_holidays(world.person(world.ada), office, url, by=agent(world.ada.pk), at=NOON)
        assert refresh_holidays(at=NOON) is True
        assert subscription_of(office).words == "It lies in a private network."
    for url in ("file:///etc/passwd", "https://somebody:word@example.com/a.ics", "https://example.com:8080/a.ics"):
        with pytest.raises(BadHours):
            subscribe_holidays(world.person(world.ada), office, url, by=agent(world.ada.pk), at=NOON)


def test_who_follows_no_longer_keeps_the_days(world: World, office: int, monkeypatch: pytest.MonkeyPatch) -> None:
    subscribe_holidays(world.person(world.ada), office, URL, by=agent(world.ada.pk), at=NOON)
    gives(monkeypatch, feed("20261207"))
    refresh_holidays(at=NOON)
    subscribe_holidays(world.person(world.ada), office, " ", by=agent(world.ada.pk), at=NOON)
    assert (subscription_of(office), closed(office)) == (None, {"2026-12-07": True, "2026-12-24": False})
