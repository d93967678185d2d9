"""When something may leave for somebody."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from careline.domain.notifications.rules.choices import Choices, UnfitChoice, choices_from
from careline.domain.notifications.rules.hours import mail_at, push_at, quiet_until

BERLIN, KOLKATA = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata")
NIGHTS = {str(day): ["18:00", "08:00"] for day in range(5)} | {"5": ["00:00", "00:00"], "6": ["00:00", "00:00"]}
CALM = choices_from({"quiet": NIGHTS})


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "wanted"),
    [
        ("2026-11-18T10:00", "2026-11-18T10:00"),  # Wednesday, eleven in Berlin
        ("2026-11-18T17:00", "2026-11-19T07:00"),  # six in the evening: until eight the next morning
        ("2026-11-18T16:59:59", "2026-11-18T16:59:59"),
        ("2026-11-19T06:59:59", "2026-11-19T07:00"),
        ("2026-11-19T07:00", "2026-11-19T07:00"),
        ("2026-11-20T18:00", "2026-11-22T23:00"),  # Friday night, then the whole weekend
        ("2026-03-27T18:00", "2026-03-29T22:00"),  # the clocks go forward that night
    ],
)
def test_what_comes_in_quiet_hours_waits_until_they_end(moment: str, wanted: str) -> None:
    assert quiet_until(CALM, at=at(moment), zone=BERLIN) == at(wanted)


def test_quiet_hours_are_those_of_the_person_s_own_zone() -> None:
    assert quiet_until(CALM, at=at("2026-11-18T12:30"), zone=KOLKATA) == at("2026-11-19T02:30")
    assert quiet_until(CALM, at=at("2026-11-18T12:30"), zone=BERLIN) == at("2026-11-18T12:30")


def test_always_quiet_ends_after_a_week_of_looking() -> None:
    always = choices_from({"quiet": {str(day): ["00:00", "00:00"] for day in range(7)}})
    assert at("2026-11-24T00:00") < quiet_until(always, at=at("2026-11-18T12:00"), zone=BERLIN)


def test_only_the_urgent_comes_through_and_only_by_choice() -> None:
    evening = at("2026-11-18T20:00")
    through = choices_from({"quiet": NIGHTS, "urgent_through": True})

    def leaves(kind: str, choices: Choices) -> datetime:
        return push_at(kind, choices, at=evening, zone=BERLIN, undisturbed_until=None)

    assert leaves("escalated", through) == evening + timedelta(seconds=15)
    assert leaves("answered", through) == at("2026-11-19T07:00")
    assert leaves("escalated", CALM) == at("2026-11-19T07:00")


def test_do_not_disturb_holds_and_then_quiet_hours_may_hold_on() -> None:
    noon = at("2026-11-18T11:00")
    two, evening = at("2026-11-18T13:00"), at("2026-11-18T17:30")
    assert push_at("note", CALM, at=noon, zone=BERLIN, undisturbed_until=two) == two
    assert push_at("note", CALM, at=noon, zone=BERLIN, undisturbed_until=evening) == at("2026-11-19T07:00")


@pytest.mark.parametrize(
    ("pace", "wanted"),
    [
        ("at_once", "2026-11-18T09:32"),
        ("hourly", "2026-11-18T10:00"),
        ("daily", "2026-11-19T06:30"),
        ("away", "2026-11-20T09:30"),
    ],
)
def test_a_letter_comes_as_often_as_it_was_chosen(pace: str, wanted: str) -> None:
    choices = choices_from({"pace": pace, "daily_at": "07:30"})
    assert mail_at("note", choices, at=at("2026-11-18T09:30"), zone=BERLIN, undisturbed_until=None) == at(wanted)


def test_by_default_all_is_shown_little_is_pushed_and_letters_wait_for_two_days() -> None:
    calm = choices_from({})
    assert {kind for kind, ways in calm.ways.items() if "push" in ways} == {
        "assigned",
        "mentioned",
        "promise_near",
        "offered",
    }
    assert all("page" in ways for ways in calm.ways.values())
    assert (calm.pace, calm.says, calm.sound, calm.quiet) == ("away", "number", False, {})
    assert choices_from(calm.kept()) == calm


@pytest.mark.parametrize(
    ("kept", "name"),
    [
        ({"pace": "often"}, "pace"), ({"daily_at": "25:00"}, "daily_at"), ({"daily_at": 8}, "daily_at"),
        ({"quiet": {"7": ["08:00", "09:00"]}}, "quiet"),
        ({"quiet": {"1": ["08:00"]}}, "quiet"), ({"quiet": []}, "quiet"), ({"ways": {"birthday": []}}, "ways"),
        ({"ways": {"note": ["smoke"]}}, "ways"),
        ({"says": "all"}, "says"), ({"ways": 1}, "ways"),
    ],
)  # fmt: skip
def test_what_can_not_be_chosen_is_named(kept: dict, name: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(UnfitChoice) as refused:
        choices_from(kept)
    assert refused.value.name == name
