from datetime import UTC, datetime

import pytest

from careline.domain.channels.email.mime.dates import read_date

TEN = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "Sun, 22 Nov 2026 10:00:00 +0000",
        "Sun, 22 Nov 2026 11:00:00 +0100 (CET)",
        "Sun, 22 Nov 2026 10:00:00 GMT",
        "22 Nov 2026 10:00 +0000",
        "Sun, 22 Nov 26 05:00:00 EST",
        "2026-11-22T10:00:00Z",
        "22 Nov 2026 09(comment) : 30 : 00 -0030",
    ],
)
def test_reads_a_moment_in_utc(written):
    assert read_date(written) == (TEN, "")


@pytest.mark.parametrize("written", ["Sun, 22 Nov 2026 10:00:00", "Sun, 22 Nov 2026 10:00:00 +9900"])
def test_reads_utc_where_the_zone_is_missing_or_impossible(written):
    moment, defect = read_date(written)
    assert moment == TEN
    assert "UTC" in defect


@pytest.mark.parametrize(
    "written",
    [
        "Sat, 01 Jan 0000 00:00:00 +0000",
        "Fri, 31 Dec 9999 23:59:59 -1200",
        "Mon, 32 Foo 2026 99:99:99 +0000",
        "yesterday",
        "1" * 5000,
        "Thu, 01 Jan 99999999999 00:00:00 +0000",
    ],
)
def test_has_no_date_where_nobody_can_have_written_on_it(written):
    moment, defect = read_date(written)
    assert moment is None
    assert defect.startswith("The date cannot be")


def test_says_nothing_about_a_missing_date():
    assert read_date("  ") == (None, "")
