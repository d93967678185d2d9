"""Who may sign in, until when a session and a rating are open."""

from datetime import UTC, datetime, timedelta

import pytest

from careline.domain.customers.rules.portal import (
    PortalRules,
    is_over,
    masked,
    may_enter,
    may_rate,
    may_set_password,
)
from careline.domain.desk.rules.portal import standing_of

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("who", "expected"),
    [("known", (True, True)), ("company", (True, False)), ("nobody", (False, False)), ("?", (False, False))],
)
def test_a_brand_lets_in_everybody_people_of_companies_or_nobody(who: str, expected: tuple[bool, bool]) -> None:
    assert tuple(may_enter(PortalRules(who), has_company=has) for has in (True, False)) == expected


def test_a_session_ends_unused_after_thirty_days_and_at_the_latest_after_half_a_year() -> None:
    ages = [(30, 30), (31, 31), (180, 1), (181, 0)]
    assert [is_over(started_at=NOON - timedelta(days=a), last_seen_at=NOON - timedelta(days=b), at=NOON) for a, b in ages] == [
        False, True, False, True,
    ]  # fmt: skip


def test_a_password_is_set_fresh_from_a_link_only() -> None:
    found = [may_set_password(how=how, started_at=NOON - timedelta(minutes=m), at=NOON) for how, m in
             (("link", 60), ("link", 61), ("password", 0))]  # fmt: skip
    assert found == [True, False, False]


def test_a_rating_is_changed_for_a_day() -> None:
    assert [
        may_rate(rated_at=at, at=NOON) for at in (None, NOON - timedelta(days=1), NOON - timedelta(days=1, seconds=1))
    ] == [True, True, False]


def test_an_address_is_told_to_its_owner_alone() -> None:
    assert [masked(one) for one in ("carol@example.com", "é@x.example", "@", "")] == [
        "c•••@example.com",
        "é•••@x.example",
        "•••@",
        "•••",
    ]


@pytest.mark.parametrize(
    ("category", "last", "answered", "spam", "expected"),
    [
        ("open", "incoming", False, False, "received"),
        ("open", "reply", False, False, "received"),
        ("open", "incoming", True, False, "working"),
        ("waiting", "reply", True, False, "answered"),
        ("waiting", "incoming", True, False, "paused"),
        ("resolved", "reply", True, False, "solved"),
        ("resolved", "reply", True, True, "received"),
    ],
)
def test_where_a_request_stands_in_a_customers_words(
    category: str, last: str, answered: bool, spam: bool, expected: str
) -> None:
    assert standing_of(category=category, last_kind=last, is_answered=answered, is_spam=spam) == expected
