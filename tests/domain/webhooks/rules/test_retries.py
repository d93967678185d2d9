from datetime import UTC, datetime, timedelta

import pytest

from careline.domain.webhooks.rules.retries import asked_for, is_given_up, rest_after, wait_after
from careline.domain.webhooks.rules.topics import NoSuchTopic, checked, hears, verbs_of

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def test_waits_longer_each_time_and_gives_up_after_three_days() -> None:
    waits = [wait_after(attempts) for attempts in range(1, 11)]
    assert waits[:3] == [timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30)]
    assert waits[-1] is None
    assert timedelta(days=3) < sum((wait for wait in waits if wait), timedelta()) < timedelta(days=4)


def test_a_target_rests_longer_the_more_often_it_fails_but_never_more_than_an_hour_unless_it_asks() -> None:
    assert [rest_after(failures).total_seconds() for failures in (1, 2, 7, 99)] == [5, 30, 3600, 3600]
    assert rest_after(1, asked=timedelta(hours=3)) == timedelta(hours=3)
    assert rest_after(7, asked=timedelta(seconds=1)) == timedelta(hours=1)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("", 0), ("120", 120), ("-5", 0), ("soon", 0), ("999999999999", 0), ("9999999", 86_400), ("٣", 0),
     ("Fri, 20 Nov 2026 12:10:00 GMT", 600), ("Fri, 20 Nov 2026 11:00:00 GMT", 0), ("Fri, 20 Nov 2026 12:10:00", 0)],
)  # fmt: skip
def test_reads_what_retry_after_asks_for(header: str, seconds: int) -> None:
    assert asked_for(header, at=NOON) == timedelta(seconds=seconds)


def test_is_given_up_after_three_days_without_a_good_answer() -> None:
    assert not is_given_up(NOON, at=NOON + timedelta(days=3, seconds=-1))
    assert is_given_up(NOON, at=NOON + timedelta(days=3))


def test_hears_what_its_patterns_take_in() -> None:
    assert hears(["*"], "message.received")
    assert hears(["message.*"], "message.sent")
    assert hears(["conversation.*", "message.sent"], "message.sent")
    assert not hears(["conversation.*", "message.sent"], "message.received")
    assert not hears(["*"], "token.issued")
    assert not hears([], "message.sent")


def test_what_can_be_heard_of_is_said_where_a_pattern_is_wrong() -> None:
    assert checked(["message.*", "message.*", "*"]) == ["message.*", "*"]
    for wrong in ("", "message", "token.*", "message.received.x", "Message.*", "access.refused", "*.*"):
        with pytest.raises(NoSuchTopic, match=r"message\.\*"):
            checked([wrong])


def test_choosing_takes_the_right_that_the_topic_takes() -> None:
    assert verbs_of(["message.*", "conversation.opened", "agent.*"]) == {"conversation:read", "staff:manage"}
    assert verbs_of(["*"]) == set()
