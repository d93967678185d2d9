"""A first mail is answered at once: with its number and when to expect an answer, in the sender's language, once a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from careline.domain.calendars.rules.hours import Period, Span
from careline.domain.conversations.errors import Refused
from careline.domain.sla.commands.acknowledgements import is_first_today
from careline.domain.sla.queries.expected import Expected
from careline.domain.sla.rules.acknowledgements import Words, text_in
from careline.domain.sla.rules.policies import Policy, Target
from careline.flows.acknowledge import acknowledge
from careline.flows.change_calendar import CalendarChange, add_calendar
from careline.flows.change_promise import add_promise
from careline.flows.expected_words import expected_words
from careline.flows.keep_acknowledgements import keep_words, preview_words, remove_words
from careline.kit import db
from tests.stories.desk import CAROL, DAN, LATER, Desk, all_at_once, mail

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOURS = 3600
TEXTS = {"en": "Number {number}, {expected}.", "de": "Nummer {number}, {expected}."}


def test_a_customer_is_told_the_number_and_when_to_expect_an_answer(desk: Desk) -> None:
    says(desk, TEXTS)
    number = desk.comes(mail()).number
    assert acknowledged(desk, number) == [f"Number {number}, within 24 hours."]


def test_business_hours_are_told_as_a_moment_by_the_customers_clock(desk: Desk) -> None:
    office = tuple(Period(day, Span(9 * 60, 17 * 60)) for day in range(5))
    add_calendar(
        desk.ada, CalendarChange(name="Office", time_zone="Europe/Berlin", periods=office), by=desk.by, at=LATER
    )
    add_promise(
        desk.ada, Policy(None, "All", {"first_response": Target(4 * HOURS, is_business=True)}), by=desk.by, at=LATER
    )
    says(desk, TEXTS)
    number = desk.comes(mail()).number
    db.execute("UPDATE customers_customer SET time_zone = 'Europe/Berlin'")
    assert acknowledged(desk, number) == [f"Number {number}, by Monday, 10:00."]


def test_the_old_setting_of_a_mailbox_goes_on_as_it_was(desk: Desk) -> None:
    desk.sets(acknowledge=True, acknowledgement="Thanks, {number}!")
    number = desk.comes(mail()).number
    assert acknowledged(desk, number) == [f"Thanks, {number}!"]


def test_whoever_wrote_no_words_gets_the_houses_own(desk: Desk) -> None:
    says(desk, {})
    number = desk.comes(mail()).number
    assert acknowledged(desk, number) == [
        f"We have received your message. Its number is {number}. A person will answer you within 24 hours."
    ]


def test_what_is_off_for_a_mailbox_is_off_also_where_the_old_setting_says_on(desk: Desk) -> None:
    desk.sets(acknowledge=True)
    says(desk, TEXTS, is_on=False)
    assert acknowledged(desk, desk.comes(mail()).number) == []


def test_a_sender_is_acknowledged_once_in_a_day_another_one_at_once(desk: Desk) -> None:
    says(desk, TEXTS)
    told = [
        len(
            acknowledged(
                desk, desk.comes(mail(sender, named=f"<{n}@mail.example>", subject=f"Matter {n}"), at=at).number, at=at
            )
        )
        for n, (sender, at) in enumerate(
            (
                (CAROL, LATER),
                (CAROL.upper(), LATER + timedelta(hours=23)),
                (DAN, LATER + timedelta(hours=23)),
                (CAROL, LATER + timedelta(hours=24)),
            )
        )
    ]
    assert told == [1, 0, 1, 1]


@pytest.mark.parametrize(
    "header",
    ["Auto-Submitted: auto-generated", "Precedence: bulk", "List-Id: <bells.lists.example>"],
    ids=["robot", "bulk", "list"],
)
def test_nothing_automatic_and_no_list_is_acknowledged(desk: Desk, header: str) -> None:
    says(desk, TEXTS)
    assert acknowledged(desk, desk.comes(mail(more=[header])).number) == []


def test_words_with_a_slip_in_a_variable_are_not_kept(desk: Desk) -> None:
    with pytest.raises(Refused, match="Nothing can be put in"):
        says(desk, {"en": "Your {nummer}"})


def test_removed_words_leave_the_mailbox_as_it_was(desk: Desk) -> None:
    key = says(desk, TEXTS)
    remove_words(desk.ada, key, by=desk.by, at=LATER)
    assert acknowledged(desk, desk.comes(mail()).number) == []


def test_a_preview_reads_as_the_customer_would_and_sends_nothing(desk: Desk) -> None:
    words = Words(desk.world.mailbox.id, None, True, TEXTS)
    assert preview_words(desk.ada, words, "en", at=LATER) == "Number 1234, within 24 hours."
    assert preview_words(desk.ada, words, "de-AT", at=LATER).startswith("Nummer 1234, ")
    assert db.value("SELECT count(*) FROM conversations_delivery") == 0


def test_two_first_mails_at_once_are_acknowledged_once(busy_desk: Desk) -> None:
    assert sorted(all_at_once(*[lambda: is_first_today(CAROL, at=LATER)] * 4)) == [False, False, False, True]


@pytest.mark.parametrize(
    ("promised", "said"),
    [
        (None, "as soon as we can"),
        (Expected(FRIDAY + timedelta(hours=4), 4 * HOURS, False, False, "", ""), "within 4 hours"),
        (Expected(FRIDAY + timedelta(hours=1), HOURS, False, False, "", ""), "within 1 hour"),
        (Expected(FRIDAY + timedelta(hours=2), 2 * HOURS, True, False, "", ""), "by today, 23:00"),
        (Expected(FRIDAY + timedelta(hours=4), 4 * HOURS, True, False, "", ""), "by tomorrow, 01:00"),
        (Expected(FRIDAY + timedelta(days=3), 72 * HOURS, False, False, "", ""), "by Monday, 21:00"),
        (Expected(FRIDAY - timedelta(hours=1), HOURS, False, False, "", ""), "as soon as we can"),
    ],
)
def test_when_is_said_as_people_say_it_where_the_customer_lives(promised: Any, said: str) -> None:
    assert expected_words(promised, language="en", zone="Asia/Tokyo", at=FRIDAY) == said


def test_an_unknown_language_or_zone_is_no_reason_to_say_nothing() -> None:
    promised = Expected(FRIDAY + timedelta(days=1), 30 * HOURS, True, False, "", "")
    assert expected_words(promised, language="tlh", zone="Mars/Olympus", at=FRIDAY) == "by tomorrow, 12:00"


def test_the_senders_language_comes_first_then_the_companys() -> None:
    assert text_in({"de": "Hallo", "en": "Hello"}, "de-AT", otherwise=("en",)) == ("de", "Hallo")
    assert text_in({"de": "Hallo", "en": " "}, "fr", otherwise=("en", "de")) == ("de", "Hallo")
    assert text_in({}, "fr", otherwise=("en",)) == ("", "")


def says(desk: Desk, texts: dict[str, str], *, is_on: bool = True) -> int:
    return keep_words(desk.ada, Words(desk.world.mailbox.id, None, is_on, texts), by=desk.by, at=LATER)


def acknowledged(desk: Desk, number: int | None, *, at: datetime = LATER) -> list[str]:
    """What the sender of the case's first message was told."""
    assert number is not None
    acknowledge(desk.case(number).id, desk.said_in(number)[0].id, at=at)
    return [said.text for said in desk.said_in(number) if said.auto_reply == "acknowledgement"]
