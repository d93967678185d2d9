"""Hours that mean nothing are refused in one sentence that names the place."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from careline.domain.calendars.rules.hours import BadHours, Hours, Period, Span, SpecialDay
from careline.domain.calendars.rules.public_holidays import countries, public_holidays, region_names, regions_of
from careline.domain.calendars.rules.schedule import schedule_of
from careline.domain.calendars.rules.zones import first_shown, shown_up_to, zone_of

GOOD = Span(540, 1020)
NO_HOLIDAYS = "No public holidays are known for “{}”; give two letters of ISO 3166-1, as in DE or US."
XMAS = date(2026, 12, 25)


@pytest.mark.parametrize(
    ("hours", "field", "sentence"),
    [
        (Hours("Europe/Atlantis"), "time_zone", "There is no time zone “Europe/Atlantis”; give a name of the IANA list, as in Europe/Berlin."),
        (Hours(""), "time_zone", "There is no time zone “”; give a name of the IANA list, as in Europe/Berlin."),
        (Hours("UTC", (Period(0, GOOD), Period(7, GOOD))), "periods[1].weekday", "A weekday is 0 (Monday) to 6 (Sunday)."),
        (Hours("UTC", (Period(0, Span(1440, 60)),)), "periods[0].opens_at", "A time to open is 00:00 to 23:59."),
        (Hours("UTC", (Period(0, Span(60, 1441)),)), "periods[0].closes_at", "A time to close is 00:00 to 24:00."),
        (Hours("UTC", (), (SpecialDay(XMAS, (GOOD, Span(-1, 60))),)), "exceptions[0].periods[1].opens_at", "A time to open is 00:00 to 23:59."),
        (Hours("UTC", (), (SpecialDay(XMAS), SpecialDay(XMAS, (GOOD,)))), "exceptions", "2026-12-25 is given twice."),
        (Hours("UTC", country="XX"), "holiday_country", NO_HOLIDAYS.format("XX")),
        (Hours("UTC", country="HolidayBase"), "holiday_country", NO_HOLIDAYS.format("HolidayBase")),
        (Hours("UTC", region="BY"), "holiday_region", "A region needs its country."),
        (Hours("UTC", country="NP", region="X"), "holiday_region", "NP has no region “X” with holidays of its own; it has none."),
    ],
)  # fmt: skip
def test_hours_that_mean_nothing_are_refused(hours: Hours, field: str, sentence: str) -> None:
    with pytest.raises(BadHours) as error:
        schedule_of(hours)
    assert (error.value.field, str(error.value)) == (field, sentence)


@pytest.mark.parametrize(
    "name", ["../etc/passwd", "right/UTC", "posix/UTC", "localtime", "Europe", "europe/berlin", "UTC\0", "x" * 5000]
)
def test_only_names_of_the_list_are_zones(name: str) -> None:
    with pytest.raises(BadHours):
        zone_of(name)


def test_a_region_that_is_not_there_is_told_which_are() -> None:
    with pytest.raises(BadHours, match="DE has no region “ZZ” with holidays of its own; there are BB, BE, BW"):
        schedule_of(Hours("UTC", country="DE", region="ZZ"))


def test_every_country_has_its_holidays() -> None:
    assert len(countries()) > 150
    assert all(isinstance(public_holidays(country, "", 2026), dict) for country in countries())
    assert regions_of("DE")[:2] == ("BB", "BE")
    assert (region_names("DE")["BE"], region_names("DE").get("Augsburg")) == ("Berlin", None)
    assert public_holidays("", "", 2026) == {}
    assert public_holidays("DE", "", 2026)[XMAS] == "Christmas Day"


def test_the_same_hours_are_made_ready_once() -> None:
    assert schedule_of(Hours("UTC", (Period(0, GOOD),))) is schedule_of(Hours("UTC", (Period(0, Span(540, 1020)),)))


def test_a_wall_time_is_the_first_moment_the_clock_shows_it_or_a_later_one() -> None:
    berlin = zone_of("Europe/Berlin")
    spring, autumn = 1774746000, 1792890000  # 2026-03-29T01:00Z and 2026-10-25T01:00Z
    wall = datetime.fromisoformat
    assert first_shown(berlin, wall("2026-03-29 02:00")) == spring
    assert first_shown(berlin, wall("2026-03-29 02:59:59")) == spring
    assert first_shown(berlin, wall("2026-03-29 03:00:01")) == spring + 1
    assert first_shown(berlin, wall("2026-10-25 02:30")) == autumn - 1800
    assert first_shown(berlin, wall("2026-10-25 03:00")) == autumn + 3600
    assert shown_up_to(berlin, autumn - 1) == wall("2026-10-25 02:59:59")
    assert shown_up_to(berlin, autumn) == shown_up_to(berlin, autumn + 3599) == wall("2026-10-25 03:00")


def test_offsets_with_odd_seconds_are_exact() -> None:
    """Liberia was 44 minutes and 30 seconds behind until 7 January 1972."""
    monrovia = zone_of("Africa/Monrovia")
    assert first_shown(monrovia, datetime.fromisoformat("1971-06-01 09:00")) % 3600 == 44 * 60 + 30
