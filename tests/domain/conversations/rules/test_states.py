"""What a message does to the state of its case, and how long an answer of ours waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from careline.domain.conversations.rules.states import (
    State,
    after_incoming,
    after_reply,
    held_until,
    retry_after,
    snippet_of,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
AN_HOUR_AGO = NOON - timedelta(hours=1)


@pytest.mark.parametrize("category", ["open", "waiting", "resolved"])
def test_a_customers_message_opens_the_case_and_somebody_waits(category: str) -> None:
    state = after_incoming(State(category, None), at=NOON, is_automatic=False)
    assert state == State("open", NOON)


def test_a_customer_who_writes_again_has_waited_since_the_first_message() -> None:
    waiting = State("open", AN_HOUR_AGO)
    assert after_incoming(waiting, at=NOON, is_automatic=False) == waiting


@pytest.mark.parametrize("category", ["open", "waiting", "resolved"])
def test_an_automatic_answer_of_theirs_moves_nothing(category: str) -> None:
    state = State(category, AN_HOUR_AGO)
    assert after_incoming(state, at=NOON, is_automatic=True) == state


def test_an_answer_of_ours_hands_the_turn_to_the_customer() -> None:
    assert after_reply(State("open", AN_HOUR_AGO)) == State("waiting", None)


def test_a_word_after_the_end_leaves_a_resolved_case_resolved() -> None:
    assert after_reply(State("resolved", None)) == State("resolved", None)


def test_a_server_that_is_away_is_tried_ever_more_rarely_for_two_days() -> None:
    waits = [wait for tries in range(1, 100) if (wait := retry_after(tries)) is not None]
    assert waits[:4] == [timedelta(minutes=n) for n in (1, 2, 4, 8)]
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=6)
    assert sum(waits, timedelta()) == timedelta(days=2, hours=2, minutes=31)


def test_undo_and_send_cannot_race() -> None:
    assert held_until(NOON, 10) > NOON + timedelta(seconds=10)
    assert held_until(NOON, 0) == NOON


def test_a_snippet_is_the_beginning_in_one_line() -> None:
    assert snippet_of("Good day,\n\n  my bell\tis gone. ") == "Good day, my bell is gone."
    long = snippet_of("bell " * 100)
    assert (len(long) <= 140, long[-1]) == (True, "…")
